"""Following has addresses of its own; what can be followed, each room says."""

from portal.personal import Held, Personal
from portal.resources import ResourceType, register

from .models import Follow, Follower

register(
    ResourceType(
        "follow",
        models=(Follow,),
        can=(
            Personal(
                Held(Follow, ("follower__user", "follower__email")),
                Held(Follower, ("user", "email"), hides=("key",)),
            ),
        ),
    )
)
