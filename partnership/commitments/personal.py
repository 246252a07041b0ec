"""What commitments hold of people: whom letters asked, who told and who commented."""

from django.utils.translation import gettext_lazy as _

from portal.personal import Held, Personal

from .models import (
    Ask,
    BillNotice,
    Comment,
    Commitment,
    Confirmation,
    Report,
    Share,
)

REPORT = _("What was told is the organisation's and public; who of its people told it goes.")
COMMENT = _("The comment is the programme's; who of its team wrote it is taken off.")


PERSONAL = Personal(
    Held(Ask, ("to",), hides=("key",)),
    Held(Report, ("by",), stays=REPORT, words=("sentence",)),
    Held(Confirmation, ("to",), stays=REPORT),
    Held(Confirmation, ("answered_by",), stays=REPORT, words=("words",)),
    Held(Share, ("invited_by",), stays=REPORT),
    Held(BillNotice, ("to",), stays=REPORT),
    Held(Commitment, ("assignee",), stays=COMMENT),
    Held(Comment, ("author",), stays=COMMENT, words=("text",)),
)
