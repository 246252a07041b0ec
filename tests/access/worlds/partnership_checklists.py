from content.checklists import services
from content.checklists.models import Checklist, Item
from partnership.organisations.models import Organisation


def build(people):
    """A published checklist, and two own ones of `partner`: one of them is shown to everybody."""
    checklist = Checklist.objects.create(
        slug="list", name_fi="L", name_sv="L", name_en="L", summary_fi="L", published=True
    )
    Item.objects.create(checklist=checklist, key="one", position=1, who="together", text_fi="Yksi")
    partner = Organisation.objects.get(slug="partner")
    own = services.begin(checklist, partner, None, 2026)
    shown = services.begin(checklist, partner, None, 2027)
    shown.public = True
    shown.save()
    return {
        "checklist": "list",
        "own_checklist": own.pk,
        "shown_checklist": shown.pk,
        "checklist_answer": shown.answers.get().pk,
    }
