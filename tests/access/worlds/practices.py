from partnership.organisations.models import Organisation
from tests.factories.practices import PracticeFactory


def build(people):
    """A published practice of `partner`, and a draft."""
    partner = Organisation.objects.get(slug="partner")
    draft = PracticeFactory(organisation=partner, slug="a-draft", state="draft")
    return {
        "practice": PracticeFactory(organisation=partner, slug="a-practice").slug,
        "draft_practice": draft.slug,
        "draft_practice_pk": draft.pk,
    }
