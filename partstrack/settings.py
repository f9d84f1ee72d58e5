"""Settings. Everything that differs between installations comes from the environment.

The names, their defaults and their meaning are listed in README.md; `manage.py check --deploy`
names each missing or dangerous value and its remedy.
"""

import os
from datetime import date, time
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name, default):
    """Return the truth of an environment variable written 0/1, no/yes, false/true."""
    return os.environ.get(name, default).strip().lower() in {"1", "true", "yes", "on"}


def number(name, default):
    """Return an environment variable as a whole number; a wrong one stops the start with its name."""
    raw = os.environ.get(name, str(default))
    if not raw.strip().isdigit():
        raise ImproperlyConfigured(f"{name} must be a whole number, not {raw!r}. Correct it or unset it.")
    return int(raw)


def day(name):
    """Return an environment variable that is a day or empty, as text; a wrong one stops the start with its name."""
    raw = os.environ.get(name, "").strip()
    try:
        return raw and date.fromisoformat(raw).isoformat()
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a day like 2026-09-22, not {raw!r}. Correct it.") from None


def chosen(name, known):
    """Return the words of an environment variable, separated by commas; one that is not known stops the start with its name."""
    said = {word.strip().lower() for word in os.environ.get(name, "").split(",") if word.strip()}
    if said - known:
        wrong, may = ", ".join(sorted(said - known)), ", ".join(sorted(known))
        raise ImproperlyConfigured(f"{name} knows {may}, not {wrong}. Correct it or unset it.")
    return frozenset(said)


def hour(name, default):
    """Return an environment variable as a time of the day, None when it is empty; a wrong one stops the start with its name."""
    raw = os.environ.get(name, default).strip()
    try:
        return time.fromisoformat(raw) if raw else None
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a time like 02:30, not {raw!r}. Correct it.") from None


def database(url):
    """Turn postgresql://user:password@host:port/name?option=value into Django's dictionary."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"} or not parts.path.strip("/"):
        raise ImproperlyConfigured(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name. "
            "To work without a database of your own use bin/run and bin/manage: they bring one."
        )
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"connect_timeout": "2", **dict(parse_qsl(parts.query))},
        "CONN_MAX_AGE": number("PARTSTRACK_CONN_MAX_AGE", 600),
        "CONN_HEALTH_CHECKS": True,
        "ATOMIC_REQUESTS": False,
    }


HOME = Path(os.environ.get("PARTSTRACK_HOME") or BASE_DIR / "var").absolute()
DEBUG = flag("PARTSTRACK_DEBUG", "0")
SECRET_KEY = os.environ.get("PARTSTRACK_SECRET_KEY", "")
if not SECRET_KEY:
    # Development and tests only: partstrack/checks.py refuses this key in a deployment.
    SECRET_KEY = "insecure-development-key-" + "x" * 40
ALLOWED_HOSTS = [host for host in os.environ.get("PARTSTRACK_HOSTS", "127.0.0.1,localhost,[::1]").split(",") if host]
CSRF_TRUSTED_ORIGINS = [origin for origin in os.environ.get("PARTSTRACK_ORIGINS", "").split(",") if origin]

DATABASE_ROLE = os.environ.get("PARTSTRACK_DB_ROLE", "app")
EMBEDDED = flag("PARTSTRACK_EMBEDDED", "0")  # set by the doors: the database is the one they bring along
DATABASE_URLS = {
    "app": os.environ.get("DATABASE_URL", ""),
    "owner": os.environ.get("DATABASE_OWNER_URL", ""),
    "worker": os.environ.get("DATABASE_WORKER_URL", ""),
}
DATABASES = {
    "default": database(DATABASE_URLS.get(DATABASE_ROLE) or DATABASE_URLS["app"] or "postgresql:///partstrack")
}

INSTALLED_APPS = [
    "partstrack",
    "accounts",
    "office",
    "places",
    "catalogue",
    "intake",
    "suppliers",
    "production",
    "integration",
    "workshops",
    "exports",
    "reports",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "bootstrap",
    "django_filters",
    "django_htmx",
    "lucide",
    "django_tables2",
    "pgtrigger",
    "pghistory",
]

MIDDLEWARE = [
    "partstrack.middleware.Faults",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "partstrack.middleware.Compressed",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "partstrack.middleware.Language",
    "office.middleware.Now",
    "accounts.middleware.SessionLimits",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "accounts.middleware.FactorFirst",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "partstrack.middleware.Private",
]

ROOT_URLCONF = "partstrack.urls"
WSGI_APPLICATION = "partstrack.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "office.context.frame",
            ],
            "builtins": ["partstrack.templatetags.show"],
        },
    }
]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# People -------------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
PASSWORD_HASHERS = ["accounts.passwords.Argon2", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.MinimumLength"},
    {"NAME": "accounts.passwords.MaximumLength"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_RATE_LIMITS = {"login": "30/m/ip", "login_failed": "10/m/ip,5/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if flag("PARTSTRACK_BEHIND_PROXY", "0") else 0
ACCOUNT_REAUTHENTICATION_TIMEOUT = 300  # seconds for which it is known who sits there
# The roles that must have a second factor, and what it is: an application's code, or a recovery code.
SECOND_FACTOR = chosen("PARTSTRACK_SECOND_FACTOR", {"analyst", "admin", "manager", "supplier", "system"})
MFA_ADAPTER = "accounts.adapter.FactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_FORMS = {"authenticate": "accounts.factor_forms.CodeForm", "reauthenticate": "accounts.factor_forms.CodeAgainForm"}
MFA_TOTP_ISSUER = "partstrack"
MFA_TOTP_TOLERANCE = 1  # thirty seconds before and after: clocks of phones differ
MFA_RECOVERY_CODES_SHOW_ONCE = True
KEEP_SENDERS_MONTHS = number("PARTSTRACK_KEEP_SENDERS_MONTHS", 60)  # who sent a file; see bin/manage forget
KEEP_SIGN_INS_MONTHS = number("PARTSTRACK_KEEP_SIGN_INS_MONTHS", 12)
SESSION_COOKIE_AGE = 60 * number("PARTSTRACK_IDLE_MINUTES", 30)
SESSION_SAVE_EVERY_REQUEST = False
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "partstrack_cache"}}
KEPT_ROWS = number("PARTSTRACK_KEPT_ROWS", 50_000)  # a process: about 25 MB at the most

# Mail: written to the console until a server is named -------------------------------------------------
EMAIL_HOST = os.environ.get("PARTSTRACK_MAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = number("PARTSTRACK_MAIL_PORT", 587)
EMAIL_HOST_USER = os.environ.get("PARTSTRACK_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("PARTSTRACK_MAIL_PASSWORD", "")
EMAIL_USE_SSL = EMAIL_PORT == 465
EMAIL_USE_TLS = not EMAIL_USE_SSL and flag("PARTSTRACK_MAIL_TLS", "1")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("PARTSTRACK_MAIL_FROM", "partstrack@localhost")
ADDRESS = (CSRF_TRUSTED_ORIGINS or [""])[0].rstrip("/")  # before the links of a mail

# Every day, by the worker -----------------------------------------------------------------------------
DAILY = flag("PARTSTRACK_DAILY", "1")
BACKUP_AT = hour("PARTSTRACK_BACKUP_AT", "02:00")
FORGET_AT = hour("PARTSTRACK_FORGET_AT", "03:00")
REMIND_AT = hour("PARTSTRACK_REMIND_AT", "07:00")

# Browser ------------------------------------------------------------------------------------------
HTTPS = flag("PARTSTRACK_HTTPS", "0")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("PARTSTRACK_BEHIND_PROXY", "0") else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Words, days, files ---------------------------------------------------------------------------------
LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "Français"), ("ar", "العربية"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = os.environ.get("PARTSTRACK_TIME_ZONE", "Africa/Algiers")
TODAY = day("PARTSTRACK_TODAY")

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "build" / "collected"
BUILD_DIR = BASE_DIR / "build" / "static"
STATICFILES_DIRS = [BASE_DIR / "static", *([BUILD_DIR] if BUILD_DIR.exists() else [])]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": HOME / "files", "base_url": None},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").exists()
UPLOAD_LIMIT_MIB = number("PARTSTRACK_UPLOAD_LIMIT_MIB", 50)
UPLOAD_MEMBERS = number("PARTSTRACK_UPLOAD_MEMBERS", 200)
UPLOAD_UNPACKED_MIB = number("PARTSTRACK_UPLOAD_UNPACKED_MIB", 500)
UPLOAD_RATIO = number("PARTSTRACK_UPLOAD_RATIO", 100)
UPLOAD_ROWS = number("PARTSTRACK_UPLOAD_ROWS", 500_000)
UPLOAD_COLUMNS = number("PARTSTRACK_UPLOAD_COLUMNS", 200)
UPLOAD_CELL_CHARS = number("PARTSTRACK_UPLOAD_CELL_CHARS", 32_767)
UPLOAD_MEMORY_MIB = number("PARTSTRACK_UPLOAD_MEMORY_MIB", 2048)
UPLOAD_SECONDS = number("PARTSTRACK_UPLOAD_SECONDS", 60)
UPLOAD_WAIT_KIB = number("PARTSTRACK_UPLOAD_WAIT_KIB", 1024)  # longer files are the worker's
# A worksheet ends at 1,048,576 rows: head and control lines need some. A longer list is refused, never cut.
DOWNLOAD_ROWS = min(number("PARTSTRACK_DOWNLOAD_ROWS", 1_048_000), 1_048_000)
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000  # a month grid of 1,000 references, with every measure
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

DJANGO_TABLES2_TEMPLATE = "parts/table.html"
FILTERS_EMPTY_CHOICE_LABEL = _("All")
FORM_RENDERER = "partstrack.forms.Renderer"

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "partstrack.logs.JsonLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json"}},
    "root": {"handlers": ["console"], "level": os.environ.get("PARTSTRACK_LOG_LEVEL", "WARNING")},
    "loggers": {"django": {"handlers": [], "level": "WARNING", "propagate": True}},
}
