"""Which rows of commitments are their leading organisation's own."""

from partnership.organisations.owned import Owned, Table
from portal.media.models import Attachment

from .models import (
    Ask,
    BillNotice,
    Comment,
    Commitment,
    CommitmentSection,
    Confirmation,
    Entry,
    Milestone,
    Report,
    Share,
)


def of(model, way="commitment__organisation"):
    """The rows of a model whose commitment the organisation leads."""
    return lambda organisation: model.objects.filter(**{way: organisation})


def files(organisation):
    """What was told with a file."""
    told = Report.objects.filter(share__commitment__organisation=organisation)
    return Attachment.objects.filter(pk__in=told.values("attachment"))


OWNED = Owned(
    Table(Commitment, of(Commitment, "organisation")),
    Table(CommitmentSection, of(CommitmentSection)),
    Table(Milestone, of(Milestone)),
    Table(Share, of(Share)),
    Table(Attachment, files),
    Table(Report, of(Report, "share__commitment__organisation"), without=("ask",)),
    Table(
        Confirmation,
        of(Confirmation, "report__share__commitment__organisation"),
        without=("key",),
    ),
    Table(Entry, of(Entry)),
    Table(Comment, of(Comment)),
    leaves={
        Ask: "The key of a letter to a person: it opens a form, and goes with the person.",
        BillNotice: "That a letter was written.",
    },
)
