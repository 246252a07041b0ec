"""What the worker does for bundles: in every turn, so that a minute is met within seconds."""

from portal.scheduling import Turn

EACH_TURN = [Turn(5, "content.bundles.services.publish_due")]
