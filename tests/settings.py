"""The suite's settings: production's, with fast hashing, an outbox in memory and no manifest."""

import os

os.environ.setdefault("SECRET_KEY", "only-for-tests")
os.environ.setdefault("SITE_URL", "https://portal.example.org")
os.environ.setdefault("ALLOWED_HOSTS", "testserver,localhost,127.0.0.1,portal.example.org")
os.environ.setdefault("LOG_LEVEL", "ERROR")
os.environ["PORTAL_DEMO"] = "0"

from portal import settings as production
from portal.settings import BASE_DIR, CACHES, DATABASES, STORAGES

globals().update({name: each for name, each in vars(production).items() if name.isupper()})

SECURE_SSL_REDIRECT = False
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CACHES["fragments"] = CACHES["renditions"] = {
    "BACKEND": "django.core.cache.backends.locmem.LocMemCache"
}
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
KEPT_ANSWERS_BYTES = 0
MEDIA_ROOT = BASE_DIR / "var" / "test-media"
STORAGES["default"] = {"BACKEND": "django.core.files.storage.InMemoryStorage"}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["TEST"] = {"NAME": BASE_DIR / "var" / "test.sqlite3"}
