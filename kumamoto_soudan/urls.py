from django.urls import include, path

from kumamoto_soudan.health import healthz

handler500 = "kumamoto_soudan.request_log.server_error"
urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("kumamoto_soudan.urls_accounts")),
    path("", include("centers.urls")),
    path("", include("cases.urls")),
    path("", include("reports.urls")),
]
