"""Settings; everything a hub sets comes from the environment.

``PEJL_DATA`` names the data folder (default ``var/``), ``DATABASE_URL`` the database (default
SQLite in the data folder), ``PEJL_SECRET_KEY`` the signing key (made and kept in the data folder
when absent), ``PEJL_HOSTS`` the host names served, ``PEJL_CONTRACTS`` the folder of contracts.
"""

import contextlib
import os
from datetime import timedelta
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.management.utils import get_random_secret_key
from django.utils.translation import gettext_lazy as _

from pejl_hub.config.demo import is_demo
from pejl_hub.config.folder import data_folder
from pejl_hub.config.served import served
from pejl_hub.core.logs import settings_for

HUB = Path(__file__).resolve().parent.parent
DATA = data_folder(os.environ)
CONTRACTS = Path(
    os.environ.get("PEJL_CONTRACTS", HUB.parent.parent / "contracts" / "hovedstaden")
).resolve()


def _secret_key() -> str:
    """The signing key: from the environment, else made once and kept in the data folder."""
    if key := os.environ.get("PEJL_SECRET_KEY"):
        return key
    kept = DATA / "secret_key"
    if not kept.exists():
        # Whole at once, and the first of several processes has the word.
        fresh = DATA / f".secret_key-{os.getpid()}"
        fresh.touch(mode=0o600)
        fresh.write_text(get_random_secret_key())
        with contextlib.suppress(FileExistsError):
            os.link(fresh, kept)
        fresh.unlink()
    return kept.read_text()


SECRET_KEY = _secret_key()
# PEJL_URL, DEBUG, ALLOWED_HOSTS, SECURE_* and *_COOKIE_SECURE: what follows from the address.
globals().update(served(os.environ))

INSTALLED_APPS = [
    "pejl_hub.core",
    "pejl_hub.accounts",
    "pejl_hub.audit",
    "pejl_hub.closing",
    "pejl_hub.contracts",
    "pejl_hub.drafting",
    "pejl_hub.codes",
    "pejl_hub.companies",
    "pejl_hub.guidance",
    "pejl_hub.events",
    "pejl_hub.programmes",
    "pejl_hub.outreach",
    "pejl_hub.communication",
    "pejl_hub.referrals",
    "pejl_hub.surveys",
    "pejl_hub.evidence",
    "pejl_hub.bodies",
    "pejl_hub.sources",
    "pejl_hub.snapshots",
    "pejl_hub.desk",
    "pejl_hub.efforts",
    "pejl_hub.publishing",
    "pejl_hub.status",
    "pejl_hub.interpretations",
    "pejl_hub.reporting",
    "pejl_hub.narrative",
    "pejl_hub.evaluation",
    "pejl_hub.demand",
    "pejl_hub.governance",
    "pejl_hub.agreements",
    "pejl_hub.trail",
    "pejl_hub.privacy",
    "pejl_hub.quality",
    "pejl_hub.api",
    "pejl_hub.wheel",
    "pejl_hub.planning",
    "pejl_hub.alerts",
    "django_tasks",
    "django_tasks_db",
    "django_htmx",
    "django_filters",
    "django_tables2",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "csp",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "pejl_hub.core.headers.guarded",
    "pejl_hub.core.requestid.numbered",
    "pejl_hub.core.measured.measured",
    "csp.middleware.CSPMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "pejl_hub.core.middleware.chosen_language",
    "pejl_hub.core.middleware.without_nul",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "pejl_hub.accounts.door.HoldToRights",
    "pejl_hub.core.middleware.FormsWithoutNul",
    "pejl_hub.audit.exports.note_exports",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pejl_hub.accounts.middleware.keep_sessions_short",
    "pejl_hub.accounts.middleware.AskForCode",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pejl_hub.contracts.scored.once_a_request",
    "axes.middleware.AxesMiddleware",
]

NAVIGATION = "pejl_hub.config.navigation.NAVIGATION"
RIGHTS = "pejl_hub.config.rights.RIGHTS"  # what every address asks of whoever opens it
WHEEL = "pejl_hub.wheel.queries.wheel"  # what the reports' page is told of what is due
# What a contract's version must satisfy before it is adopted, besides the check of its file.
ADOPTION_NEEDS = ("pejl_hub.drafting.queries.require_decided",)

ROOT_URLCONF = "pejl_hub.config.urls"
WSGI_APPLICATION = "pejl_hub.config.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "pejl_hub.accounts.context.access",
                "pejl_hub.alerts.context.unread",
                "pejl_hub.wheel.context.own_overdue",
            ],
        },
    },
]

DATABASES = {
    "default": dj_database_url.config(
        default=f"sqlite:///{DATA / 'pejl.sqlite3'}", conn_max_age=60, conn_health_checks=True
    )
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"].setdefault("OPTIONS", {}).update(
        transaction_mode="IMMEDIATE",
        timeout=20,
        # 64 MB of pages: an import touches the indexes all over, and 2 MB keep reading them anew.
        init_command="PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;"
        "PRAGMA cache_size=-65536;",
    )
else:
    # Compiling a query takes longer than the short ones that pages ask.
    DATABASES["default"].setdefault("OPTIONS", {}).setdefault("options", "-c jit=off")

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "status:overview"
LANDING = {"adviser": "desk:home"}  # role -> where it lands instead
LOGOUT_REDIRECT_URL = "accounts:sign_in"

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_CLIENT_IP_CALLABLE = "pejl_hub.accounts.sessions.address_of"

# Users of the demo, whose password stands on the sign-in page, are let in where this says so.
PEJL_DEMO = is_demo(os.environ)
# The second step of signing in. allauth keeps its secrets and knows its sums; its own pages are not
# served: each address under which somebody signs in is the hub's, with the hub's limits (ADR 17).
MFA_ADAPTER = "pejl_hub.accounts.sealing.SealedSecrets"
MFA_TOTP_ISSUER = "Pejl"
MFA_TOTP_TOLERANCE = 1  # clocks of telephones differ: the code before and after hold as well
ACCOUNT_EMAIL_VERIFICATION = "none"
# Whoever may see what is told of persons signs in with a code beside the password.
PEJL_REQUIRE_TOTP = os.environ.get("PEJL_REQUIRE_TOTP", "1") == "1"
# The hub's identity provider: docs/how-to/oidc.md.
PEJL_OIDC = {
    "issuer": os.environ.get("PEJL_OIDC_ISSUER", ""),
    "client_id": os.environ.get("PEJL_OIDC_CLIENT_ID", ""),
    "client_secret": os.environ.get("PEJL_OIDC_CLIENT_SECRET", ""),
    "groups": os.environ.get("PEJL_OIDC_GROUPS", ""),
    "group_claim": os.environ.get("PEJL_OIDC_GROUP_CLAIM", "groups"),
    "municipality_claim": os.environ.get("PEJL_OIDC_MUNICIPALITY_CLAIM", ""),
    "scopes": os.environ.get("PEJL_OIDC_SCOPES", "openid profile email"),
    "name": os.environ.get("PEJL_OIDC_NAME", "Microsoft"),
}
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_REQUESTS_TIMEOUT = 10  # seconds
# A session ends after so long without a sign of life, and so long after its beginning.
PEJL_SESSION_IDLE_MINUTES = int(os.environ.get("PEJL_SESSION_IDLE_MINUTES", "480"))
PEJL_SESSION_MINUTES = int(os.environ.get("PEJL_SESSION_MINUTES", "720"))
SESSION_COOKIE_AGE = PEJL_SESSION_MINUTES * 60

LANGUAGE_CODE = "da"
LANGUAGES = [("da", _("Danish")), ("en", _("English"))]
# Of the apps, each has its own beside its code; the library has its phrases' translations.
LOCALE_PATHS = [HUB / "config" / "locale", HUB.parent / "pejl" / "locale"]
TIME_ZONE = "Europe/Copenhagen"
USE_TZ = True

STATIC_URL = "static/"
WHITENOISE_ALLOW_ALL_ORIGINS = False
WHITENOISE_USE_FINDERS = True  # the files of the package are served as they stand; none are copied
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": DATA / "files"},
    },
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}

UPLOAD_MOST_BYTES = 210 * 1024**2  # the largest room takes 200 MB; what a proxy lets pass, or more
FILE_UPLOAD_HANDLERS = [
    "pejl_hub.core.quota.Quota",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# Who writes it down when a job is given up because its worker was killed in it twice.
WHEN_GIVEN_UP = {
    "pejl_hub.sources.tasks.import_file": "pejl_hub.sources.tasks.give_up",
    "pejl_hub.sources.cvr.jobs.refresh_companies": "pejl_hub.sources.cvr.jobs.give_up",
    "pejl_hub.publishing.tasks.make": "pejl_hub.publishing.tasks.give_up",
}

# E-mail goes to the server that EMAIL_HOST names; without one, what would be sent is printed.
EMAIL_HOST = os.environ.get("EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = int(os.environ.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = os.environ.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = os.environ.get("EMAIL_USE_TLS") == "1"
EMAIL_USE_SSL = os.environ.get("EMAIL_USE_SSL") == "1"
EMAIL_TIMEOUT = 60
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "pejl@localhost")
# Where `pejl backup` puts its files, and where `pejl doctor` looks for the newest.
PEJL_BACKUPS = Path(os.environ.get("PEJL_BACKUPS", DATA / "backups"))
# Where measuring takes long, pages show figures at most about so many seconds old; 0: never old.
PEJL_FIGURES_LAG = float(os.environ.get("PEJL_FIGURES_LAG", "60"))
# Open data: whether everybody may take it without signing in, and under which licence.
PEJL_OPEN_DATA_PUBLIC = os.environ.get("PEJL_OPEN_DATA_PUBLIC") == "1"
PEJL_OPEN_DATA_LICENCE = os.environ.get("PEJL_OPEN_DATA_LICENCE", "CC-BY-4.0")
# So many days after a month's end it should have been closed.
PEJL_CLOSE_DAYS = int(os.environ.get("PEJL_CLOSE_DAYS", "10"))
# The contract names no day: how many working days after its months a duty is due, the yearly ones'
# own number, and how many months lie between what is done "as it goes". A hub plans each by page.
PEJL_DUTY_DAYS = int(os.environ.get("PEJL_DUTY_DAYS", "10"))
PEJL_DUTY_YEARLY_DAYS = int(os.environ.get("PEJL_DUTY_YEARLY_DAYS", "60"))
PEJL_DUTY_MONTHS = int(os.environ.get("PEJL_DUTY_MONTHS", "3"))
PEJL_MAIL_LOG = os.environ.get("PEJL_MAIL_LOG", "")  # the mail server's log of what it took
# The search API of the CVR register, and the user that the Danish Business Authority gave the hub.
PEJL_CVR_URL = os.environ.get(
    "PEJL_CVR_URL", "http://distribution.virk.dk/cvr-permanent/virksomhed/_search"
)
PEJL_CVR_USER = os.environ.get("PEJL_CVR_USER", "")
PEJL_CVR_PASSWORD = os.environ.get("PEJL_CVR_PASSWORD", "")
# A service recorded more than so many days after it took place was recorded late, and says so.
PEJL_LATE_AFTER_DAYS = int(os.environ.get("PEJL_LATE_AFTER_DAYS", "7"))
# Behind a proxy, the header that it writes the client's address to, as HTTP_X_REAL_IP.
PEJL_CLIENT_ADDRESS = os.environ.get("PEJL_CLIENT_ADDRESS", "REMOTE_ADDR")

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
# Lines of JSON on stderr in production, else faults alone in plain words.
LOGGING = settings_for(os.environ.get("PEJL_LOG", "json" if SECURE_SSL_REDIRECT else "text"))  # noqa: F821
# Who may read /metrics: whoever has the token, or asks from these addresses without a proxy.
PEJL_METRICS_TOKEN = os.environ.get("PEJL_METRICS_TOKEN", "")
PEJL_METRICS_ADDRESSES = os.environ.get("PEJL_METRICS_ADDRESSES", "")
SILENCED_SYSTEM_CHECKS: list[str] = []
