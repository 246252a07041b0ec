"""What checklists bring to the portal: found, listed, offered, and reopened by the law."""

from collections.abc import Iterator

from django.db.models import Count, Q
from django.utils.translation import gettext as translated
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, override

from content.pages.learning import Card, Offered
from partnership.organisations.owned import Owned
from partnership.organisations.personal import ACT
from portal.inbox import Inbox, Task
from portal.languages import LANGUAGES, in_words
from portal.personal import Held, Personal
from portal.resources import Listed, ResourceType, register
from portal.search_api import Entry, Searchable
from portal.sitemaps import Rows, Views

from .merging import MERGE
from .models import Checklist, ItemAnswer, OwnChecklist
from .permissions import own_of
from .references import KIND, REFERRER

OWN = "What the organisation has on the portal: it has it as CSV, from its own page."


def cards(language: str) -> list[Card]:
    """The first few checklists: one query."""
    rows = Checklist.objects.filter(published=True)[:6]
    with override(language):
        return [Card(row.name, row.get_absolute_url(), row.summary) for row in rows]


def documents(rows) -> Iterator[Entry]:
    """One a language, with the words of its items."""
    for row in rows.prefetch_related("items"):
        for language in LANGUAGES:
            with override(language):
                yield Entry(
                    kind=KIND,
                    key=row.slug,
                    language=language,
                    title=in_words(row, "name", language),
                    path=row.get_absolute_url(),
                    thing=row.slug,
                    summary=in_words(row, "summary", language),
                    body="\n".join(in_words(item, "text", language) for item in row.items.all()),
                )


def tasks(user) -> Iterator[Task]:
    """The own checklists of which the law has reopened something: one query."""
    reopened = Count("answers", filter=Q(answers__reopened_by__isnull=False))
    rows = own_of(user).annotate(reopened=reopened).filter(reopened__gt=0)
    for row in rows.select_related("checklist", "area", "organisation"):
        words = ngettext("%(number)s item reopened", "%(number)s items reopened", row.reopened)
        yield Task(
            what=translated("The law has changed"),
            title=f"{row}: {words % {'number': row.reopened}}",
            url=row.get_absolute_url(),
            on_behalf=row.organisation.name,
        )


register(
    ResourceType(
        KIND,
        models=(Checklist,),
        can=(
            REFERRER,
            Searchable(name=_("Checklist"), plural=_("Checklists"), documents=documents, order=45),
            Offered(_("Checklists"), 40, cards, view="checklists:index"),
            Listed(
                sitemaps={
                    "checklists": Views("checklists:index"),
                    "each-checklist": Rows(lambda user: Checklist.objects.filter(published=True)),
                }
            ),
            Inbox(_("Checklists"), tasks),
            Personal(
                Held(OwnChecklist, ("signed_by",), stays=ACT),
                Held(ItemAnswer, ("by",), stays=ACT),
            ),
            MERGE,
            Owned(leaves={OwnChecklist: OWN, ItemAnswer: OWN}),
        ),
    )
)
