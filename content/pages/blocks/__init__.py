"""What the body of a page is made of: one block a kind of thing an editor writes."""

from .body import BodyBlock
from .shortcuts import TasksBlock

__all__ = ["BodyBlock", "TasksBlock"]
