from django.urls import include, path

from kumamoto_soudan.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("kumamoto_soudan.urls_accounts")),
    path("", include("centers.urls")),
    path("", include("cases.urls")),
    path("", include("reports.urls")),
]
