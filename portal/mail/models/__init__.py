"""The outbox, whether the mail server takes what is in it, and what comes back."""

from .letters import Letter, LetterQuerySet
from .received import ReaderMailbox, ReceivedMail
from .server import MailTrouble

__all__ = ["Letter", "LetterQuerySet", "MailTrouble", "ReaderMailbox", "ReceivedMail"]
