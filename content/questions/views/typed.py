"""What has been typed into the form of a question, and the draft that it is kept as."""

import uuid
from dataclasses import asdict, dataclass, replace
from typing import Any

from content.questions.errors import DraftElsewhere
from content.questions.forms import AskForm
from content.questions.models import Draft, Question
from content.questions.services import asking
from portal.accounts.models import User
from portal.errors import BadParameter

IN_SESSION = "questions.draft"  # what was typed when the session had ended
LENGTH_OF_A_KEY = 36


@dataclass(frozen=True)
class Typed:
    """A form as it was filled in: its key, its fields, and the windows that asking.save_draft asks.

    The key is that of the draft that it fills in, or the one that the form was shown with.
    """

    key: uuid.UUID
    fields: dict[str, Any]
    window: str = ""
    opened: str = ""

    @classmethod
    def posted(cls, request) -> "Typed":
        """The form of a request. BadParameter without a key."""
        value = request.POST.get("key", "")
        try:
            key = uuid.UUID(value)
        except ValueError as error:
            raise BadParameter("key", value) from error
        window, opened = (
            request.POST.get(name, "")[:LENGTH_OF_A_KEY] for name in ("window", "opened")
        )
        return cls(key, AskForm.typed(request.POST), window, opened)

    @classmethod
    def taken_from_session(cls, request) -> "Typed | None":
        """What was typed when the session had ended, once; nothing of somebody else's.

        Another person may have used this browser before: what has become their draft stays theirs.
        """
        kept = request.session.get(IN_SESSION)
        if kept is None or Draft.objects.filter(key=kept["key"]).exclude(user=request.user):
            return None
        del request.session[IN_SESSION]
        windows = {name: kept.get(name, "") for name in ("window", "opened")}
        return cls(uuid.UUID(kept["key"]), kept["fields"], **windows)

    def leave_in_session(self, request) -> bool:
        """Keep it for who signs in next in this browser; whether it is the first time."""
        first = IN_SESSION not in request.session  # a script comes each time that it keeps a draft
        request.session[IN_SESSION] = asdict(self) | {"key": str(self.key)}
        return first

    def keep(self, *, by: User) -> tuple[Draft | None, Draft | None]:
        """The draft as it is kept now; and, when it is not kept, the one that stands in its way.

        Neither when the form has been sent as a question.
        """
        try:
            draft = asking.save_draft(
                by=by, key=self.key, fields=self.fields, window=self.window, opened=self.opened
            )
        except DraftElsewhere as error:
            return None, error.draft
        return draft, None

    def sent(self, *, by: User) -> Question | None:
        """The question that it has become."""
        return asking.sent_from(self.key, by=by)

    def is_in(self, question: Question) -> bool:
        """Whether the question says what was typed."""
        return question.says(self.fields.get("title", ""), self.fields.get("text", ""))

    def as_a_new_one(self) -> "Typed":
        """The same words under a key of their own, for when the form was sent with others."""
        return replace(self, key=uuid.uuid4())
