"""Commitments on the pages of the sections that they rest on, and on the work lists of changes."""

from collections import defaultdict

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from law.impact_reviews import under_review
from law.references import Backlink, Description, Reference, Referrer
from portal.accounts.roles import PROGRAMME
from portal.languages import in_words

from .following import KIND
from .models import Commitment, CommitmentSection
from .permissions import may_review


def backlinks(sections, user, language):
    """The commitments that rest on each of the sections: one query."""
    links = (
        CommitmentSection.objects.filter(
            section__in=sections, commitment__in=Commitment.objects.visible_to(user).public()
        )
        .select_related("commitment__organisation")
        .annotate(under_review=under_review(KIND, "commitment"))
    )
    found = defaultdict(list)
    with override(language):
        for link in links:
            row = link.commitment
            found[link.section_id].append(
                Backlink(
                    kind=KIND,
                    title=row.title,
                    url=row.get_absolute_url(),
                    note=in_words(row.organisation, "name"),
                    under_review=link.under_review,
                    summary=row.change[:200],
                )
            )
    return found


def references(sections):
    """The commitments in progress that rest on the sections: one row whatever the language."""
    links = CommitmentSection.objects.filter(
        section__in=sections, commitment__in=Commitment.objects.running()
    )
    for section_pk, pk in links.values_list("section", "commitment").distinct():
        yield Reference(section_pk, str(pk), str(pk), PROGRAMME)


def describe(subjects, user, language):
    """The commitments that `user` may see; the programme team may confirm them."""
    with override(language):
        return {
            str(row.pk): Description(
                title=row.title,
                url=row.get_absolute_url(),
                language=row.language,
                may_confirm=may_review(user),
            )
            for row in Commitment.objects.visible_to(user).filter(pk__in=subjects)
        }


REFERRER = Referrer(_("Commitments"), backlinks, references, describe, word="commitments")
