"""Settings: everything that differs between installations comes from the environment (see env.py)."""

from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from kumamoto_soudan import logs
from kumamoto_soudan.env import (
    env_bool,
    env_database,
    env_date,
    env_int,
    env_list,
    env_mail,
    env_seconds,
    env_site,
    env_str,
    env_time,
)

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = Path(env_str("SOUDAN_DATA_DIR", str(BASE_DIR / "var")))

DEBUG = env_bool("DEBUG", False)
SOUDAN_DEMO = env_bool("SOUDAN_DEMO", False)
SECRET_KEY = env_str("SECRET_KEY")
SECRET_KEY_FALLBACKS = env_list("SECRET_KEY_FALLBACKS")  # former ones, until soudan_files --rewrap has run
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = env_list("CSRF_TRUSTED_ORIGINS")

# The product's own settings
SOUDAN_TODAY = env_date("SOUDAN_TODAY")
if SOUDAN_TODAY and not (SOUDAN_DEMO or DEBUG):
    raise ImproperlyConfigured("SOUDAN_TODAY はデモか DEBUG のときだけ使えます。設定から外してください。")
# The time of day on that fixed day, for deadlines in hours; without SOUDAN_TODAY it says nothing.
SOUDAN_TIME = env_time("SOUDAN_TIME")
SOUDAN_REQUIRE_MFA = env_bool("SOUDAN_REQUIRE_MFA", not SOUDAN_DEMO)
SOUDAN_IDLE_SECONDS = env_int("SOUDAN_IDLE_SECONDS", 15 * 60)
SOUDAN_SESSION_SECONDS = env_int("SOUDAN_SESSION_SECONDS", 10 * 60 * 60)

# What a later release lets people attach; every backup takes the folder along.
FILES_DIR = DATA_DIR / "files"
# The nightly backup: where to, and the public keys (age1…) that it is sealed for. Without a folder there is none.
SOUDAN_BACKUP_DIR = env_str("SOUDAN_BACKUP_DIR", "")
SOUDAN_BACKUP_RECIPIENTS = env_list("SOUDAN_BACKUP_RECIPIENTS")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "centers",
    "cases",
    "meetings",
    "outreach",
    "reports",
]

MIDDLEWARE = [
    "kumamoto_soudan.request_log.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "centers.middleware_sessions.SessionLimitsMiddleware",
    "centers.middleware_sessions.SignInAgainMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "centers.middleware_sessions.SecondStepMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "centers.middleware.AccessMiddleware",
    "centers.middleware.PrivacyHeadersMiddleware",
]

ROOT_URLCONF = "kumamoto_soudan.urls"
WSGI_APPLICATION = "kumamoto_soudan.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kumamoto_soudan.context.frame",
            ],
        },
    },
]

_database = env_database()
# Told nothing, the triggers of the history learn at every row by an exception that none is to be left out: several
# times the cost of the row.
_none_left_out = "-c pgtrigger.ignore={}"
DATABASES = {
    "default": {
        **_database,
        "OPTIONS": {
            **_database["OPTIONS"],
            "options": f"{_database['OPTIONS'].get('options', '')} {_none_left_out}".strip(),
        },
        "ATOMIC_REQUESTS": True,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Login attempts are counted in the database, so that a restart of the broker does not reset them.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache_entries",
        # Beyond this the oldest entries go, counted attempts among them: far more than an attacker can make.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
}

REDIS_URL = env_str("REDIS_URL")
CELERY_BROKER_URL = REDIS_URL
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 20
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A task whose worker is lost goes to another one after this long: longer than the longest task takes.
SOUDAN_REDELIVERY_SECONDS = env_seconds("SOUDAN_REDELIVERY_SECONDS", 300)
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": SOUDAN_REDELIVERY_SECONDS}
CELERY_TIMEZONE = "Asia/Tokyo"
CELERY_ENABLE_UTC = True

# Login
AUTH_USER_MODEL = "centers.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "centers.validators.LengthValidator"},
    {"NAME": "centers.validators.CommonValidator"},
    {"NAME": "centers.validators.LocalWordsValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_RATE_LIMITS = {
    "login": "60/m/ip",
    "login_failed": "30/10m/ip,5/10m/key",
    "reauthenticate": "10/m/user",
    "invitation": "30/10m/ip",  # one-time links that are none
}
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_ADAPTER = "centers.adapters.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "centers.account_forms.LoginForm",
    "reauthenticate": "centers.account_forms.ReauthenticateForm",
    "change_password": "centers.account_forms.ChangePasswordForm",
}
MFA_ADAPTER = "centers.adapters.MFAAdapter"
MFA_FORMS = {
    "authenticate": "centers.account_forms.AuthenticateForm",
    "reauthenticate": "centers.account_forms.ReauthenticateCodeForm",
    "activate_totp": "centers.account_forms.ActivateTOTPForm",
}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
# One step of 30 seconds before and after: the code is still good while it is being typed (RFC 6238, 5.2).
MFA_TOTP_TOLERANCE = 1
MFA_TOTP_ISSUER = "熊本市 障がい者相談支援"

# Sessions and cookies
SECURE_COOKIES = env_bool("SECURE_COOKIES", not (DEBUG or SOUDAN_DEMO))
SESSION_COOKIE_NAME = "__Host-soudan" if SECURE_COOKIES else "soudan"
CSRF_COOKIE_NAME = "__Host-soudan-csrf" if SECURE_COOKIES else "soudan-csrf"
SESSION_COOKIE_AGE = SOUDAN_SESSION_SECONDS
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
# A message may name a person, so it is kept in the session, never in a cookie.
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
SECURE_SSL_REDIRECT = SECURE_COOKIES
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_COOKIES
TRUST_PROXY = env_bool("TRUST_PROXY", False)
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if TRUST_PROXY else None
# Attempts are counted by the visitor's address, not by the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(TRUST_PROXY)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

# Language, time, files
LANGUAGE_CODE = "ja"
TIME_ZONE = "Asia/Tokyo"
USE_TZ = True
USE_I18N = True
STATIC_URL = "static/"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("guide", BASE_DIR / "docs" / "利用の手引き" / "画面"),  # the pictures of the guides
]
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FORM_RENDERER = "centers.form_renderer.Renderer"
CRISPY_ALLOWED_TEMPLATE_PACKS = CRISPY_TEMPLATE_PACK = "bootstrap5"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
# Of all files of one request; what an attachment may have is a dated setting below it.
FILE_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024 * 1024
FILE_UPLOAD_HANDLERS = ["centers.uploads.BoundedUpload"]

LOGGING = logs.configuration()
LOGGING_CONFIG = "kumamoto_soudan.logs.configure"

# Mail: お知らせ only, and only where a server is given
SOUDAN_SITE_URL = env_site("SOUDAN_SITE_URL")
_mail = env_mail("EMAIL_URL", sender="DEFAULT_FROM_EMAIL", site="SOUDAN_SITE_URL")
SOUDAN_MAIL = _mail is not None
globals().update(_mail or {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"})
