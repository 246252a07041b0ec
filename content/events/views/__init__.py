"""An event, registering for it, and one's own registration."""

from .own import registration
from .public import event, register, sent

__all__ = ["event", "register", "registration", "sent"]
