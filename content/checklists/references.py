"""Items of checklists on the sections that they rest on; a change of the law reopens them."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from law.impact_reviews import under_review
from law.references import Backlink, Description, Reference, Referrer
from portal.accounts.roles import EDITOR, roles_of

from .models import Checklist, Item
from .services import reopen

KIND = "checklist"


def backlinks(sections, user, language):
    """The items of published checklists that rest on each of the sections: one query."""
    rows = Item.objects.filter(
        section__in=sections, checklist__in=Checklist.objects.visible_to(user)
    )
    found = defaultdict(list)
    with override(language):
        for row in rows.select_related("checklist").annotate(under_review=under_review(KIND, "pk")):
            found[row.section_id].append(
                Backlink(
                    kind=KIND,
                    title=row.checklist.name,
                    url=f"{row.checklist.get_absolute_url()}#{row.key}",
                    under_review=row.under_review,
                    summary=row.text,
                )
            )
    return found


def references(sections):
    """Each item that rests on the sections: one row whatever the language."""
    rows = Item.objects.filter(section__in=sections, checklist__published=True)
    for section, pk in rows.values_list("section", "pk"):
        yield Reference(section, str(pk), str(pk), EDITOR)


def describe(subjects, user, language):
    """The items as work lists show them; the editors may confirm them."""
    rows = Item.objects.filter(
        pk__in=subjects, checklist__in=Checklist.objects.visible_to(user)
    ).select_related("checklist")
    may = user.is_superuser or EDITOR in roles_of(user)
    with override(language):
        return {
            str(row.pk): Description(
                title=f"{row.checklist.name}: {row.text}",
                url=f"{row.checklist.get_absolute_url()}#{row.key}",
                language=language,
                may_confirm=may,
            )
            for row in rows
        }


REFERRER = Referrer(_("Checklists"), backlinks, references, describe, opened=reopen)
