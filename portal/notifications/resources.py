"""Following has addresses of its own; what can be followed, each room says."""

from portal.resources import ResourceType, register

from .models import Follow

register(ResourceType("follow", models=(Follow,)))
