"""Django's settings. What a company may change comes from the environment; everything else is decided here.

``KEGUAN_HOME``          folder for the database, keys, uploads and locks (``./var``)
``KEGUAN_DATABASE_URL``  ``postgresql://…``; empty means SQLite in the home folder
``KEGUAN_POOL``          ``0`` switches the PostgreSQL pool off (the worker does so by itself)
``KEGUAN_PACKS``         folder of the policy packs (``./packs``, else those that came with the program)
``KEGUAN_HOSTS``         host names served, separated by commas
``KEGUAN_ORIGINS``       origins trusted behind a proxy, separated by commas (``https://crm.example.com``)
``KEGUAN_HTTPS``         ``1``: cookies over HTTPS only, HSTS, the proxy's ``X-Forwarded-Proto`` is believed
``KEGUAN_DEBUG``         ``1``: Django's debug pages, never on a real system
``KEGUAN_DEMO``          ``1``: every page says that its data are invented
``KEGUAN_DRILL``         ``1``: the system's time may run ahead (``keguan drill``); never on a real system
``KEGUAN_WORKERS``       job processes of one worker (1)
``KEGUAN_BROKER``        ``redis://…``: Redis wakes the workers; empty: the database does
``KEGUAN_ADDRESS``       where people open the system (``https://crm.example.com``), for links in messages
``KEGUAN_PORTAL_HOSTS``  host names of the customers' pages alone; the staff's pages are not on them then
``KEGUAN_PORTAL_ADDRESS``  where customers open theirs, for links in surveys (``KEGUAN_ADDRESS``)
``KEGUAN_API_DOCS``      ``0``: only who is signed in sees what the API says of itself (``0`` with HTTPS, else ``1``)
``KEGUAN_RECEIVERS``     the only hosts that messages and anchors may go to, with commas; empty: any outside the house
``KEGUAN_PRIVATE_RECEIVERS``  ``1``: messages may go to addresses inside the house, and without HTTPS
``KEGUAN_PUBLISHING``    ``signed``: three people draft, review and sign a policy; ``direct``: one may do it all
``KEGUAN_ANCHORS``       where the ledger is anchored besides the home folder, with commas (``dir:/mnt/witness``)
``KEGUAN_ANCHOR_MINUTES``  minutes between two anchors (60)
``KEGUAN_CIPHER``        ``aes-256-gcm`` or ``sm4-gcm`` for what is sealed from now on
``KEGUAN_PASSWORD_DAYS`` and the like  the figures of sign-in (docs/reference/settings.md)
``KEGUAN_SECOND_FACTOR`` who must have one: ``none``, ``separated``, ``sensitive`` or ``all``
``KEGUAN_OIDC_…``        a provider that people sign in at (docs/howto/sign-in-with-oidc.md)
``KEGUAN_LDAP_…``        a directory that checks passwords (docs/howto/sign-in-with-ldap.md)
"""

from __future__ import annotations

import os
import secrets
import warnings
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from keguan.config.database import database
from keguan.config.log import LOGGING as LOGGING  # noqa: PLC0414 - a setting, made elsewhere
from keguan.runtime.keyring.file import read
from keguan.runtime.keyring.kms import KeyringError


def _flag(name: str) -> bool:
    return os.environ.get(name, "") in {"1", "true", "yes"}


def _words(name: str, default: str = "") -> list[str]:
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def _number(name: str, default: int) -> int:
    """A whole number that is not negative."""
    given = os.environ.get(name, "") or str(default)
    if not (given.isascii() and given.isdigit()):
        raise ImproperlyConfigured(f"{name} is {given!r}: write a whole number, or leave it out")
    return int(given)


def _secret(name: str, file_name: str) -> str:
    """A secret from the file that the second variable names, else from the first."""
    path = os.environ.get(file_name, "")
    return Path(path).read_text("utf-8").strip() if path else os.environ.get(name, "")


def _secret_key() -> str:
    """The session key, or one for this process alone until ``keguan setup`` has made the key file."""
    try:
        return next(key.secret.hex() for key in reversed(read(KEYRING_PATH)) if key.purpose == "session")
    except (KeyringError, StopIteration):
        return secrets.token_hex(32)


def _packs() -> Path:
    """The packs in this folder, else those that came with the program: inside a wheel, at the top of a clone."""
    named = os.environ.get("KEGUAN_PACKS", "")
    here = Path(named or "packs").absolute()
    inside = Path(__file__).resolve().parent.parent / "packs"
    return here if named or here.is_dir() else inside if inside.is_dir() else inside.parents[2] / "packs"


HOME = Path(os.environ.get("KEGUAN_HOME", "var")).absolute()
PACKS = _packs()
KEYRING_PATH = HOME / "keyring.json"
DEBUG = _flag("KEGUAN_DEBUG")
SECRET_KEY = _secret_key()
DEMO = _flag("KEGUAN_DEMO")
HTTPS = _flag("KEGUAN_HTTPS")
DRILL = _flag("KEGUAN_DRILL")
if DRILL and HTTPS and not DEMO:
    raise ImproperlyConfigured(
        "KEGUAN_DRILL moves the time of everything that is written, so it is refused together with KEGUAN_HTTPS: "
        "a system that serves a company cannot drill. Leave it out, or set KEGUAN_DEMO=1 if all data are invented"
    )
KEGUAN_CIPHER = os.environ.get("KEGUAN_CIPHER", "aes-256-gcm")
if KEGUAN_CIPHER not in {"aes-256-gcm", "sm4-gcm"}:
    raise ImproperlyConfigured(f"KEGUAN_CIPHER is {KEGUAN_CIPHER!r}: set it to aes-256-gcm or sm4-gcm, or leave it out")
PUBLISHING = os.environ.get("KEGUAN_PUBLISHING", "signed")
if PUBLISHING not in {"signed", "direct"}:
    raise ImproperlyConfigured(f"KEGUAN_PUBLISHING is {PUBLISHING!r}: set it to signed or direct, or leave it out")
ADDRESS = os.environ.get("KEGUAN_ADDRESS", "")
LEDGER_ANCHORS = tuple(_words("KEGUAN_ANCHORS"))
if not all(target.startswith(("dir:/", "https://", "http://", "mailto:")) for target in LEDGER_ANCHORS):
    raise ImproperlyConfigured("KEGUAN_ANCHORS takes dir:/folder, https://address and mailto:address, with commas")
LEDGER_ANCHOR_MINUTES = max(_number("KEGUAN_ANCHOR_MINUTES", 60), 1)
PRIVATE_RECEIVERS = _flag("KEGUAN_PRIVATE_RECEIVERS")
BROKER = os.environ.get("KEGUAN_BROKER", "")
if BROKER and not BROKER.startswith(("redis://", "rediss://", "unix://")):
    raise ImproperlyConfigured(f"KEGUAN_BROKER is {BROKER!r}: write redis://host:6379/0, or leave it out")
PORTAL_HOSTS = frozenset(word.lower() for word in _words("KEGUAN_PORTAL_HOSTS"))
PORTAL_ADDRESS = os.environ.get("KEGUAN_PORTAL_ADDRESS", "") or ADDRESS
RECEIVERS = frozenset(word.lower() for word in _words("KEGUAN_RECEIVERS"))
ALLOWED_HOSTS = [*_words("KEGUAN_HOSTS", "localhost,127.0.0.1,[::1]"), *sorted(PORTAL_HOSTS)]
CSRF_TRUSTED_ORIGINS = _words("KEGUAN_ORIGINS")

DATABASES = {
    "default": database(os.environ.get("KEGUAN_DATABASE_URL", ""), HOME, pool=os.environ.get("KEGUAN_POOL", "1") != "0")
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django_htmx",
    "django_q",
    "ninja",
    "keguan.config",
    "keguan.runtime.ledger",
    "keguan.runtime.jobs",
    "keguan.runtime.calendars",
    "keguan.runtime.org",
    "keguan.runtime.tokens",
    "keguan.runtime.policies",
    "keguan.runtime.access",
    "keguan.runtime.attachments",
    "keguan.runtime.records",
    "keguan.runtime.keys",
    "keguan.runtime.decisions",
    "keguan.runtime.notifications",
    "keguan.runtime.duties",
    "keguan.runtime.processes",
    "keguan.runtime.metrics",
    "keguan.runtime.consequences",
    "keguan.runtime.allocations",
    "keguan.runtime.permits",
    "keguan.runtime.exports",
    "keguan.runtime.surveys",
    "keguan.runtime.intake",
    "keguan.runtime.departures",
    "keguan.runtime.reviews",
    "keguan.runtime.retention",
    "keguan.runtime.imports",
    "keguan.connectors",
    "keguan.web",
    "keguan.portal",
    "keguan.api",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "keguan.web.shell.request_id.RequestId",
    "keguan.config.headers.ResponseHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "keguan.runtime.policies.middleware.OnePolicyPerRequest",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "keguan.runtime.org.sessions.middleware.LiveSession",
    "keguan.config.language.ChosenLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "keguan.runtime.calendars.middleware.OneCalendarPerRequest",
    "keguan.config.hosts.HostsApart",
    "keguan.config.public_requests.SmallPublicRequests",
    "keguan.web.account.gate.FirstThingsFirst",
]
ROOT_URLCONF = "keguan.config.urls"
WSGI_APPLICATION = "keguan.config.wsgi.application"
APPEND_SLASH = True

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.template.context_processors.i18n",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "中文"), ("en", "English")]
LOCALE_PATHS = [Path(__file__).resolve().parent.parent / "locale"]
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = HOME / "static"
WHITENOISE_USE_FINDERS = True  # pages work straight from a clone, before collectstatic
WHITENOISE_AUTOREFRESH = DEBUG
warnings.filterwarnings("ignore", message="No directory at", category=UserWarning)  # … whose folder may not exist then

AUTH_USER_MODEL = "org.Staff"
AUTHENTICATION_BACKENDS = ["keguan.runtime.org.backend.StaffBackend"]
LOGIN_URL = "/sign-in"
# The figures of sign-in; the policy in force may say the first five in a 参数 block (runtime/org/passwords/figures.py).
SIGN_IN_PASSWORD_DAYS = _number("KEGUAN_PASSWORD_DAYS", 90)
SIGN_IN_PASSWORD_LENGTH = _number("KEGUAN_PASSWORD_LENGTH", 8)
SIGN_IN_LOCK_FAILURES = _number("KEGUAN_LOCK_FAILURES", 5)
SIGN_IN_LOCK_MINUTES = _number("KEGUAN_LOCK_MINUTES", 30)
SIGN_IN_IDLE_MINUTES = _number("KEGUAN_IDLE_MINUTES", 30)
SIGN_IN_SESSION_HOURS = _number("KEGUAN_SESSION_HOURS", 12)
SIGN_IN_SESSIONS = _number("KEGUAN_SESSIONS", 5)  # of one person at once; 0: any number
SIGN_IN_PASSWORD_HISTORY = 5
SIGN_IN_CONFIRMED_MINUTES = 10
SECOND_FACTOR = os.environ.get("KEGUAN_SECOND_FACTOR", "sensitive" if HTTPS and not DEMO else "none")
if SECOND_FACTOR not in {"none", "separated", "sensitive", "all"}:
    raise ImproperlyConfigured(
        f"KEGUAN_SECOND_FACTOR is {SECOND_FACTOR!r}: set it to none, separated, sensitive or all, or leave it out"
    )
OIDC = {
    "issuer": os.environ.get("KEGUAN_OIDC_ISSUER", ""),
    "client": os.environ.get("KEGUAN_OIDC_CLIENT", ""),
    "secret": _secret("KEGUAN_OIDC_SECRET", "KEGUAN_OIDC_SECRET_FILE"),
    "label": os.environ.get("KEGUAN_OIDC_LABEL", ""),
}
LDAP = {
    "url": os.environ.get("KEGUAN_LDAP_URL", ""),
    "base": os.environ.get("KEGUAN_LDAP_BASE", ""),
    "bind": os.environ.get("KEGUAN_LDAP_BIND", ""),
    "password": _secret("KEGUAN_LDAP_PASSWORD", "KEGUAN_LDAP_PASSWORD_FILE"),
    "name": os.environ.get("KEGUAN_LDAP_NAME", "uid"),
    "subject": os.environ.get("KEGUAN_LDAP_SUBJECT", "entryUUID"),
    "certificates": os.environ.get("KEGUAN_LDAP_CERTIFICATES", ""),
}

CSRF_FAILURE_VIEW = "keguan.config.problems.stale_form"
SESSION_COOKIE_AGE = SIGN_IN_SESSION_HOURS * 3600
API_DOCS = os.environ.get("KEGUAN_API_DOCS", "0" if HTTPS else "1") == "1"
SESSION_COOKIE_NAME = "__Host-sessionid" if HTTPS else "sessionid"  # the prefix: of this very host, over HTTPS only
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
LANGUAGE_COOKIE_NAME = "__Host-language" if HTTPS else "django_language"
CSRF_COOKIE_HTTPONLY = True  # scripts find the token in the page
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
# What is uploaded is sealed as it comes, or held in memory only: Django's other handler would write it to a temporary
# file, in clear.
FILE_UPLOAD_HANDLERS = [
    "keguan.runtime.attachments.receiving.SealedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
]
FILE_UPLOAD_MAX_MEMORY_SIZE = 64 * 1024 * 1024  # a larger request arrives without its files

# Messages of django-q2 only wake a worker; runtime.jobs decides whether there is work (docs/adr/0003-jobs.md).
# So a second delivery after `retry` seconds is harmless, and long jobs need no time limit: its warning is moot.
warnings.filterwarnings("ignore", message="Retry and timeout are misconfigured")
Q_CLUSTER = {
    "name": "keguan",
    **({"broker_class": "keguan.runtime.jobs.redis_broker.RedisBroker"} if BROKER else {"orm": "default"}),
    "workers": int(os.environ.get("KEGUAN_WORKERS", "1")),
    "poll": 0.5,
    "guard_cycle": 0.5,
    "timeout": None,
    "retry": 60,
    "max_attempts": 3,
    "ack_failures": True,
    "save_limit": 50,
    "recycle": 200,
    "catch_up": False,
    "log_level": "WARNING",
}
