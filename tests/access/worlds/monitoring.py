"""A published indicator and a draft, a release, and a file that the statistician has sent."""

from tests.factories.monitoring import (
    IndicatorFactory,
    ObservationFactory,
    ReleaseFactory,
    UploadFactory,
)


def build(people):
    published = ObservationFactory(indicator=IndicatorFactory(slug="published-indicator")).indicator
    draft = ObservationFactory(
        indicator=IndicatorFactory(slug="draft-indicator", published=False)
    ).indicator
    for indicator in (published, draft):
        ObservationFactory(indicator=indicator, time="2024M07")
    return {
        "published_indicator": published.pk,
        "draft_indicator": draft.pk,
        "drawn_indicator": published.slug,  # one value alone has no picture
        "drawn_draft": draft.slug,
        "release": ReleaseFactory().pk,
        "sent_file": UploadFactory(user=people["statistician"]).pk,
    }
