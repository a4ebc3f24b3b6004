from django.urls import include, path

urlpatterns = [
    path("", include("centers.urls")),
    path("", include("cases.urls")),
    path("", include("reports.urls")),
]
