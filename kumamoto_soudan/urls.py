from django.urls import include, path

from kumamoto_soudan.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("", include("centers.urls")),
    path("", include("cases.urls")),
    path("", include("reports.urls")),
]
