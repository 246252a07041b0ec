"""The portal's settings: production by default, each difference one variable.

Every variable read here is listed in .env.example. PORTAL_DEMO=1 loosens what a
try-out on one's own machine needs loosened, and nothing else does.
"""

import tomllib
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

from portal import logs

BASE_DIR = Path(__file__).resolve().parent.parent
VERSION = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
VAR_DIR = BASE_DIR / "var"
VAR_DIR.mkdir(exist_ok=True)

env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

# --- What kind of run this is -------------------------------------------------

DEMO = env.bool("PORTAL_DEMO", False)
DEBUG = False
SECRET_KEY = env("SECRET_KEY", default="demo-only-not-a-secret" if DEMO else "")
if not SECRET_KEY:
    raise ImproperlyConfigured("Set SECRET_KEY (or PORTAL_DEMO=1 to try the portal out).")

SITE_URL = env("SITE_URL", default="http://127.0.0.1:8000" if DEMO else "")
if not SITE_URL:
    raise ImproperlyConfigured("Set SITE_URL, the public address that letters link to.")
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS",
    default=["127.0.0.1", "localhost", "[::1]"] if DEMO else [urlsplit(SITE_URL).hostname],
)
ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

# --- Apps: left to right, each imports only from its left ----------------------

INSTALLED_APPS = [
    "portal",
    "portal.mail",
    "portal.accounts",
    "portal.media",
    "portal.notifications",
    "portal.topics",
    "portal.places",
    "portal.feedback",
    "portal.operations",
    "law",
    "law.glossary",
    "law.duties",
    "monitoring.indicators",
    "monitoring.datasets",
    "monitoring.areas",
    "partnership.organisations",
    "partnership.authorities",
    "partnership.programme",
    "partnership.commitments",
    "partnership.meetings",
    "content.pages",
    "content.editorial",
    "content.translation",
    "content.approvals",
    "content.bundles",
    "content.questions",
    "content.reports",
    "content.certificates",
    "content.materials",
    "content.skills",
    "content.checklists",
    "content.events",
    "content.practices",
    "content.situation",
    "search",
    "wagtail_localize",
    "wagtail_localize.locales",
    "wagtail.contrib.settings",
    "wagtail.contrib.redirects",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "django_tasks",
    "django_tasks_db",
    "django_prometheus",
    "csp",
    "lucide",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.forms",
]

MIDDLEWARE = [
    "django_prometheus.middleware.PrometheusBeforeMiddleware",
    "portal.operations.middleware.request_log",
    "portal.page_cache.kept_answers",
    "portal.middleware.no_cookies_in_frames",
    "portal.middleware.security_headers",
    "portal.middleware.ContentSecurityPolicy",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "portal.api.middleware.open_to_all",
    "portal.request_validation.refuse_junk",
    "portal.middleware.words_as_typed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.middleware.usual_spelling",
    "portal.accounts.middleware.ReaderMiddleware",
    "portal.middleware.language_of_the_reader",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.accounts.middleware.LimitedSignIn",
    "portal.accounts.middleware.second_factor_for_staff",
    "portal.accounts.middleware.cms_for_those_who_work_here",
    "portal.media.middleware.DiskFullMiddleware",
    "wagtail.contrib.redirects.middleware.RedirectMiddleware",
    "django_prometheus.middleware.PrometheusAfterMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "lucide.templatetags.lucide",
                "portal.templatetags.portal",
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.context_processors.frame",
            ],
        },
    }
]
FORM_RENDERER = "portal.forms.Renderer"

# --- Data ---------------------------------------------------------------------

DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'db.sqlite3'}")}
if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728;"
        ),
    }
else:
    DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
    # Django's own statements are never prepared: the one that is, is asked for each answer.
    given = DATABASES["default"].setdefault("OPTIONS", {})
    DATABASES["default"]["OPTIONS"] = {"connect_timeout": 5, "prepare_threshold": 0, **given}
DATABASES["default"]["CONN_MAX_AGE"] = 60  # opening one costs more than a kept answer
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

FRAGMENTS = env.cache("CACHE_URL", default="locmemcache://")
if FRAGMENTS["BACKEND"] == "django.core.cache.backends.redis.RedisCache":
    FRAGMENTS["BACKEND"] = "portal.caching.redis_cache.Cache"
CACHES = {
    "default": {"BACKEND": "portal.caching.counters.Counters"},  # the one that allauth asks
    "fragments": FRAGMENTS,
    "renditions": FRAGMENTS,
}
KEPT_ANSWERS_BYTES = env.int("KEPT_ANSWERS_MB", 16) * 1_000_000  # in each process; 0: none
TASKS = {
    "default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"},
    "jobs": {"BACKEND": "django_tasks_db.DatabaseBackend"},
}
ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="")
ELASTICSEARCH_CA_FILE = env("ELASTICSEARCH_CA_FILE", default="")
ELASTICSEARCH_API_KEY = env("ELASTICSEARCH_API_KEY", default="")

# --- Files --------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
FONTS_DIR = VAR_DIR / "fonts"  # cut by `manage.py cut_fonts`; system fonts until then
STATICFILES_DIRS = [BASE_DIR / "static", *([("fonts", FONTS_DIR)] if FONTS_DIR.is_dir() else [])]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "portal.stylesheet.StylesheetFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = env.path("MEDIA_ROOT", default=VAR_DIR / "media")
STORAGES: dict[str, dict[str, Any]] = {
    "default": {"BACKEND": "portal.media.storage.WholeFiles"},
    "staticfiles": {
        "BACKEND": "portal.operations.static.QuickStorage"
        if DEMO
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
if env("S3_BUCKET", default=""):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": env("S3_BUCKET"),
            "endpoint_url": env("S3_ENDPOINT", default=None),
            "region_name": env("S3_REGION", default=None),
            "access_key": env("S3_ACCESS_KEY", default=None),
            "secret_key": env("S3_SECRET_KEY", default=None),
            "default_acl": "private",
            "querystring_auth": True,
        },
    }
CLAMAV_URL = env("CLAMAV_URL", default="")  # no file is scanned when unset
FILE_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# --- Language and time --------------------------------------------------------

LANGUAGE_CODE = "fi"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
# The second has the words of /cms/ that Wagtail has not translated.
LOCALE_PATHS = [BASE_DIR / "locale", BASE_DIR / "locale" / "cms"]
LANGUAGE_COOKIE_NAME = "language"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
USE_I18N = True
USE_TZ = True
FORMAT_MODULE_PATH = "portal.formats"
TIME_ZONE = "Europe/Helsinki"

# --- People and sign-in: allauth alone ------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "portal.accounts.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = False
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300
ACCOUNT_REAUTHENTICATION_METHODS = ("password", "mfa", "code")  # a code: see AccountAdapter
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if DEMO else "https"
ACCOUNT_FORMS = {"signup": "portal.accounts.forms.SignupForm"}
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)
MFA_TOTP_TOLERANCE = 1  # a code sent as its 30 seconds end still counts (RFC 6238, section 5.2)
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_PASSKEY_SIGNUP_ENABLED = False
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEMO
SOCIALACCOUNT_ADAPTER = "portal.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {}
if env("OIDC_SERVER_URL", default=""):
    SOCIALACCOUNT_PROVIDERS["openid_connect"] = {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": env("OIDC_PROVIDER_ID", default="sso"),
                "name": env("OIDC_NAME", default="SSO"),
                "client_id": env("OIDC_CLIENT_ID"),
                "secret": env("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": env("OIDC_SERVER_URL")},
            }
        ],
    }
STAFF_NEED_SECOND_FACTOR = not DEMO
SIGN_IN_SERVICES = [  # browsers hold a form's redirect to the policy's form-action
    "{0.scheme}://{0.netloc}".format(urlsplit(app["settings"]["server_url"]))
    for provider in SOCIALACCOUNT_PROVIDERS.values()
    for app in provider["APPS"]
]

# --- Security ------------------------------------------------------------------

SESSION_ENGINE = "django.contrib.sessions.backends.db"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_NAME = "session" if DEMO else "__Host-session"
CSRF_COOKIE_NAME = "csrf" if DEMO else "__Host-csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = not DEMO
CSRF_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.cookie.CookieStorage"  # no session to read
CSRF_FAILURE_VIEW = "portal.views.errors.csrf_failure"
SECURE_SSL_REDIRECT = not DEMO
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$", r"^metrics$"]
SECURE_HSTS_SECONDS = 0 if DEMO else 2 * 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not DEMO
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXY_COUNT", 0) else None
)
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF, *SIGN_IN_SERVICES],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
API_REQUESTS_A_MINUTE = env.int("API_REQUESTS_A_MINUTE", 600)  # of one network address
PERMISSIONS_POLICY: dict[str, list[str]] = {
    name: []
    for name in ("camera", "geolocation", "microphone", "payment", "usb", "interest-cohort")
}

# --- Mail -----------------------------------------------------------------------

EMAIL_CONFIG = env.email(
    "EMAIL_URL", default=f"filemail:///{VAR_DIR / 'mail'}" if DEMO else "smtp://localhost:25"
)
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 10
LETTER_CLAIM_SECONDS = env.int("LETTER_CLAIM_SECONDS", 300)  # longer than any sending takes
INBOX_URL = env("INBOX_URL", default="")  # no folder is read when unset
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env("DEFAULT_FROM_EMAIL", default="portal@example.org")

# --- Finlex ----------------------------------------------------------------------

FINLEX_URL = env("FINLEX_URL", default="").rstrip("/")  # nothing is fetched when it is empty
FINLEX_CONTACT = env("FINLEX_CONTACT", default="")
FINLEX_ACTS = env.list("FINLEX_ACTS", default=["681/2023", "380/2023", "935/2025"])
FINLEX_PAUSE_SECONDS = 1.0

# --- The business register ---------------------------------------------------------

BUSINESS_REGISTER_URL = env("BUSINESS_REGISTER_URL", default="").rstrip("/")  # asked when set

# --- Wagtail ---------------------------------------------------------------------

WAGTAIL_SITE_NAME = _("Integration portal")
WAGTAILADMIN_BASE_URL = SITE_URL
WAGTAIL_I18N_ENABLED = True
WAGTAILIMAGES_IMAGE_MODEL = "media.PortalImage"
WAGTAILDOCS_DOCUMENT_MODEL = "media.PortalDocument"
WAGTAILDOCS_SERVE_METHOD = "serve_view"
WAGTAILDOCS_EXTENSIONS = ["csv", "docx", "ods", "odt", "pdf", "pptx", "txt", "xlsx"]
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 10 * 1024 * 1024
WAGTAILIMAGES_IMAGE_FORM_BASE = "portal.media.forms.ImageForm"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "portal.media.forms.DocumentForm"
WAGTAILDOCS_MAX_UPLOAD_SIZE = 25 * 1024 * 1024
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}
WAGTAILADMIN_LOGIN_URL = WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAILEMBEDS_FINDERS: list[dict[str, Any]] = []
WAGTAIL_PRIVATE_PAGE_OPTIONS = {"SHARED_PASSWORD": False}  # a password can be guessed
WAGTAILDOCS_PRIVATE_COLLECTION_OPTIONS = {"SHARED_PASSWORD": False}
WAGTAILADMIN_PERMITTED_LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English")]
WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {
        "WIDGET": "wagtail.admin.rich_text.DraftailRichTextArea",
        "OPTIONS": {
            "features": ["bold", "italic", "ol", "ul", "link", "document-link", "section-link"]
        },
    }
}
WAGTAIL_WORKFLOW_ENABLED = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
TAGGIT_CASE_INSENSITIVE = True

# --- Logs, errors, metrics ---------------------------------------------------------

LOGGING = logs.configuration(human=DEMO, level=env("LOG_LEVEL", default="INFO"))
METRICS_TOKEN = env("METRICS_TOKEN", default="")
PROMETHEUS_EXPORT_MIGRATIONS = False
SENTRY_DSN = env("SENTRY_DSN", default="")
SECURITY_CONTACT = env("SECURITY_CONTACT", default="mailto:security@example.org")

SILENCED_SYSTEM_CHECKS = ["wagtailadmin.W003"]
