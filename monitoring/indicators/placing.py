"""Where indicators show on pages of the portal's own: areas, and sections of the law."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from law.impact_reviews import under_review
from law.references import Backlink, Description, Reference, Referrer
from portal.accounts.roles import STATISTICIAN
from portal.places.area_sections import AreaSection

from .latest import latest_values
from .models import Indicator, IndicatorSection
from .models.indicators import EDIT
from .services import KEY


def of_area(area, user):
    """The indicators that have a value for the area, with the latest; None when there is none."""
    indicators = Indicator.objects.visible_to(user).with_latest(area.key)
    rows = latest_values(indicators.filter(latest_value__isnull=False))
    return {"rows": sorted(rows, key=lambda row: row.indicator.name.casefold())} if rows else None


def of_sections(sections, user, language):
    """The indicators that tell about each of the sections."""
    links = IndicatorSection.objects.filter(
        section__in=sections, indicator__in=Indicator.objects.visible_to(user)
    ).select_related("indicator")
    links = links.annotate(under_review=under_review(KEY, "indicator"))
    found = defaultdict(list)
    for link in links:
        row = link.indicator
        found[link.section_id].append(
            Backlink(
                kind=KEY,
                title=row.name,
                url=row.get_absolute_url(),
                note=row.source,
                under_review=link.under_review,
                summary=row.purpose,
            )
        )
    return found


def references(sections):
    """The published indicators that tell about the sections: one row whatever the language."""
    links = IndicatorSection.objects.filter(section__in=sections, indicator__published=True)
    for section_pk, pk in links.values_list("section", "indicator").distinct():
        yield Reference(section_pk, str(pk), str(pk), STATISTICIAN)


def describe(subjects, user, language):
    """The indicators that `user` may see; those who edit indicators may confirm them."""
    may_edit = user.has_perm(EDIT)
    with override(language):
        return {
            str(row.pk): Description(
                title=row.name,
                url=row.get_absolute_url(),
                edit_url=reverse("indicators:edit", args=[row.pk]) if may_edit else "",
                may_confirm=may_edit,
            )
            for row in Indicator.objects.visible_to(user).filter(pk__in=subjects)
        }


AREA_SECTION = AreaSection(
    "indicators", _("Indicators"), "monitoring/panel.html", of_area, order=25
)
REFERRER = Referrer(_("Indicators"), of_sections, references, describe, word="indicators")
