"""The suite's settings with one line more: a room that the portal's own packages do not know."""

import tests.settings as suite

globals().update({name: each for name, each in vars(suite).items() if name.isupper()})

INSTALLED_APPS = [*suite.INSTALLED_APPS, "tests.room.workshops"]
