"""The product's pages with `hello` among them."""

from django.urls import include, path

from benchmarks import hello
from centers.access import PAGES, SIGNED_IN

PAGES["hello"] = SIGNED_IN

urlpatterns = [*hello.urlpatterns, path("", include("kumamoto_soudan.urls"))]
