"""The least that a logged-in Django page needs: what `hello` is measured with."""

from benchmarks.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.hello"
MIDDLEWARE = [
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",  # the log-in package does not start without it
]
