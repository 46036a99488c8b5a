"""How an installation is set up: everything that differs between two of them comes from the environment."""

from __future__ import annotations

import json
import os
from datetime import timedelta
from pathlib import Path
from typing import Any

import dj_database_url
from cryptography.fernet import Fernet
from csp.constants import NONE, SELF
from dj_database_url import DBConfig
from django.core.exceptions import ImproperlyConfigured

PACKAGE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("DATA") or PACKAGE.parent / "var").resolve()
KEYS = DATA / "keys.env"  # a demo's own keys, made once by ./run; the environment wins over it

if KEYS.exists():
    for line in KEYS.read_text().split():
        os.environ.setdefault(*line.split("=", maxsplit=1))

# PostgreSQL plans what it was asked three times, and then no more; a DATABASE_URL may say otherwise in its query.
PLANNED_ONCE = {"server_side_binding": True, "prepare_threshold": 3}


def _flag(name: str) -> bool:
    return os.environ.get(name, "").lower() in {"1", "true", "yes", "on"}


def _words(name: str, default: str = "") -> list[str]:
    return os.environ.get(name, default).replace(",", " ").split()


def _json(name: str) -> dict[str, Any]:
    try:
        return dict(json.loads(os.environ.get(name) or "{}"))
    except (ValueError, TypeError):
        raise ImproperlyConfigured(f"{name} is not a JSON object.") from None


def _secret(name: str) -> str:
    if not (value := os.environ.get(name, "")):
        message = f"{name} is not set. A production installation sets its own; ./run makes one for a demo."
        raise ImproperlyConfigured(message)
    return value


def _number(name: str, default: int) -> int:
    try:
        return int(os.environ.get(name) or default)
    except ValueError:
        message = f"{name} is not a number."
        raise ImproperlyConfigured(message) from None


def _field_keys() -> list[str]:
    keys = _secret("FIELD_KEYS").replace(",", " ").split()
    try:
        for key in keys:
            Fernet(key)
    except ValueError:
        message = "FIELD_KEYS holds something that is no Fernet key: 32 random bytes in URL-safe base64."
        raise ImproperlyConfigured(message) from None
    return keys


def _database(url: str) -> DBConfig:
    try:
        found = dj_database_url.parse(url, conn_max_age=60, conn_health_checks=True)
    except ValueError:
        message = "DATABASE_URL is not one. It looks like postgresql://user:password@host/name."
        raise ImproperlyConfigured(message) from None
    if "postgresql" in found["ENGINE"]:
        found["OPTIONS"] = PLANNED_ONCE | found.get("OPTIONS", {})
    return found


# What kind of installation this is.
DEMO = _flag("BAIXING_DEMO")  # invented data, demo accounts and sign-in without a telephone
DEBUG = _flag("DEBUG")

# Secrets. The first of FIELD_KEYS seals; all of them open.
SECRET_KEY = _secret("SECRET_KEY")
FIELD_KEYS = _field_keys()
INDEX_KEY = _secret("INDEX_KEY").encode()
# The first signs credentials; those behind it signed once and still verify. `baixing credential_key` makes one.
CREDENTIAL_KEYS = _words("CREDENTIAL_KEYS")

# Where it is reached.
ALLOWED_HOSTS = _words("ALLOWED_HOSTS", "localhost 127.0.0.1 [::1]")
CSRF_TRUSTED_ORIGINS = _words("CSRF_TRUSTED_ORIGINS")
TRUSTED_PROXIES = _words("TRUSTED_PROXIES")  # addresses or networks whose X-Forwarded-For is believed
HTTPS = not (DEMO or DEBUG)  # a demo is read over plain http on its own machine

ROOT_URLCONF = "baixing.urls"
WSGI_APPLICATION = "baixing.wsgi.application"
ANY_CORE = _flag("ANY_CORE")  # else a web worker stays on one core
AUTH_USER_MODEL = "people.Person"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LOGIN_URL = "people:sign_in"
CSRF_FAILURE_VIEW = "baixing.look.views.csrf_failure"
CENTRE_PHONE = os.environ.get("CENTRE_PHONE", "")  # the number to call when a page fails

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "csp",
    "baixing.kernel",
    "baixing.look",
    "baixing.journal",
    "baixing.notices",
    "baixing.people",
    "baixing.network",
    "baixing.teams",
    "baixing.menu",
    "baixing.schedule",
    "baixing.hours",
    "baixing.orders",
    "baixing.programme",
    "baixing.dispatching",
    "baixing.desks",
    "baixing.exchange",
    "baixing.operations",
    "baixing.demo",
]

MIDDLEWARE = [
    "csp.middleware.CSPMiddleware",
    "baixing.kernel.http.HeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",  # against BREACH: docs/performance.md, "Weight"
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "baixing.kernel.kept.KeptPagesMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "baixing.people.sessions.SessionsMiddleware",
    "baixing.kernel.http.RefusalMiddleware",
    "baixing.kernel.http.DatabaseDownMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "baixing.look.context.frame",
            ],
        },
    },
]

# Rows. SQLite unless DATABASE_URL says otherwise; PostgreSQL in a city's production.
if url := os.environ.get("DATABASE_URL"):
    DATABASES = {"default": _database(url)}
else:
    DATABASES = {
        "default": {
            "ENGINE": "baixing.kernel.sqlite",
            "NAME": str(DATA / "baixing.sqlite3"),
            "CONN_MAX_AGE": None,  # the last one to close a database folds its whole log into it
            "TEST": {"NAME": str(DATA / "test.sqlite3")},  # a file: one in memory locks under threads
        },
    }

# Words and time.
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

# Files.
STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
HASHED = "baixing.kernel.statics.Storage"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": os.environ.get("STATIC_STORAGE", HASHED)},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200

# Signing in.
AUTHENTICATION_BACKENDS = ["django.contrib.auth.backends.ModelBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
SESSION_ENGINE = "baixing.kernel.sessions"
SESSION_COOKIE_AGE = 30 * 24 * 3600
MESSAGE_STORAGE = "baixing.look.messages.Cookie"

# Cookies: never read by a script, never sent from another site, bound to this host alone.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
MESSAGES_COOKIE_NAME = f"{_PREFIX}said"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"

# What every answer tells the browser.
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUSTED_PROXIES else None
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SILENCED_SYSTEM_CHECKS = ["security.W021"]  # whether browsers list the host is for its owner to ask
WHITENOISE_ALLOW_ALL_ORIGINS = False  # files too are for our own pages alone
X_FRAME_OPTIONS = "DENY"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    },
}

# How long the words, addresses and numbers of an order are kept after it has ended, and what was told of it.
WORDS_KEPT = timedelta(days=int(os.environ.get("WORDS_KEPT_DAYS", "180")))

# Ways to reach people. Outside a demo nothing is assumed: doctor says what is missing.
_CONSOLE = "baixing.notices.channels.Console" if DEMO else ""
SMS_PROVIDER = os.environ.get("SMS_PROVIDER", _CONSOLE)
SMS_URL, SMS_TOKEN = os.environ.get("SMS_URL", ""), os.environ.get("SMS_TOKEN", "")  # for notices.channels.HttpSms
MAIL_PROVIDER = os.environ.get("MAIL_PROVIDER", _CONSOLE)
DEFAULT_FROM_EMAIL = os.environ.get("MAIL_FROM", "baixing@localhost")
EMAIL_HOST, EMAIL_PORT = os.environ.get("MAIL_HOST", "localhost"), _number("MAIL_PORT", 25)
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = os.environ.get("MAIL_USER", ""), os.environ.get("MAIL_PASSWORD", "")
EMAIL_USE_TLS = _flag("MAIL_TLS")
PUSH_PROVIDER = os.environ.get(
    "PUSH_PROVIDER", "baixing.notices.channels.push.WebPush" if os.environ.get("VAPID_KEY") else ""
)
VAPID_KEY = os.environ.get("VAPID_KEY", "")
if VAPID_KEY and len(VAPID_KEY.rstrip("=")) != 43:  # noqa: PLR2004 - the letters of 32 bytes
    raise ImproperlyConfigured("VAPID_KEY is not 32 bytes in base64url. tools/keys.py makes one.")
VAPID_SUBJECT = os.environ.get("VAPID_SUBJECT", "mailto:baixing@localhost" if DEMO else "")
_BROWSER_MAKERS = (
    "fcm.googleapis.com jmt17.google.com updates.push.services.mozilla.com .push.apple.com .notify.windows.com"
)
PUSH_HOSTS = _words("PUSH_HOSTS", _BROWSER_MAKERS)  # a name, .name for all below it, name:port
WECHAT_APP_ID, WECHAT_SECRET = os.environ.get("WECHAT_APP_ID", ""), os.environ.get("WECHAT_SECRET", "")
WECHAT_PROVIDER = os.environ.get("WECHAT_PROVIDER", "baixing.notices.channels.wechat.WeChat" if WECHAT_APP_ID else "")
WECHAT_URL = os.environ.get("WECHAT_URL", "https://api.weixin.qq.com")
WECHAT_TEMPLATES = _json("WECHAT_TEMPLATES")
PUBLIC_URL = os.environ.get("PUBLIC_URL", "").rstrip("/")  # where residents reach it, with https://
BOOKING_REMINDER = timedelta(hours=_number("BOOKING_REMINDER_HOURS", 24))  # before a booked time; 0: none
CODES_ALARM = _number("CODES_ALARM", 300)  # sign-in codes in ten minutes that are worth a look

# The ledger of hours: what a certificate is called, and how this installation signs what it moves to another system.
CERTIFICATE_TITLE = os.environ.get("CERTIFICATE_TITLE", "平台记录")  # a recording organisation: 志愿服务记录证明
LEDGER_CODE = os.environ.get("LEDGER_CODE", "baixing")  # how other systems call this one
LEDGER_KEY = os.environ.get("LEDGER_KEY", "")  # Ed25519, 32 bytes in base64; without it nothing goes out

# Logs go to standard error and name addresses of pages, never people.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": os.environ.get("LOG_LEVEL", "WARNING")},
}
