"""What the outbox and the inbox hold of people."""

from portal.personal import Held, Mentioned, Personal
from portal.resources import ResourceType, register

from .models import Letter, MailTrouble, ReaderMailbox, ReceivedMail

register(
    ResourceType(
        "mail",
        models=(Letter, ReceivedMail, ReaderMailbox),
        can=(
            Personal(
                Held(Letter, ("to",), hides=("text", "html", "calendar"), hides_where="holds_key"),
                Held(ReceivedMail, ("sender",), hides=("fingerprint",)),
                Held(ReaderMailbox, ("address",)),
                Mentioned(Letter, ("subject", "text", "html", "calendar", "headers", "error")),
                Mentioned(ReceivedMail, ("sender", "subject", "text")),
                Mentioned(MailTrouble, ("error",)),
            ),
        ),
    )
)
