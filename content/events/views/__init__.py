"""An event, registering for it, and one's own registration."""

from .listing import index, mine
from .own import registration
from .public import event, register, sent

__all__ = ["event", "index", "mine", "register", "registration", "sent"]
