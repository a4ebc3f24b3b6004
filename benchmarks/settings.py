"""The product's settings, with `hello` beside its pages."""

from kumamoto_soudan.settings import *  # noqa: F403
from kumamoto_soudan.settings import DATABASES

ROOT_URLCONF = "benchmarks.urls"
# A backend that ends while it is counted would take its CPU time with it.
DATABASES["default"]["CONN_MAX_AGE"] = None
