"""Settings of `make dev`: the try-out's, with static files and answers as they are this moment."""

from portal import settings as try_out
from portal.settings import STORAGES

globals().update({name: each for name, each in vars(try_out).items() if name.isupper()})

STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
KEPT_ANSWERS_BYTES = 0
