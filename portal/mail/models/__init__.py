"""The outbox, and whether the mail server takes what is in it."""

from .letters import Letter, LetterQuerySet
from .server import MailTrouble

__all__ = ["Letter", "LetterQuerySet", "MailTrouble"]
