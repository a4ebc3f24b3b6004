from django.urls import path

from reports.views import audit, city, closing, counting, home, monthly, ward

app_name = "reports"
urlpatterns = [
    path("", home.home, name="home"),
    # 月次実績
    path("reports/monthly/", monthly.monthly, name="monthly"),
    path("reports/monthly/<uuid:center>/<str:month>/", monthly.monthly_center, name="monthly_center"),
    path(
        "reports/monthly/<uuid:center>/<str:month>/records/<slug:table>/<str:code>/",
        monthly.monthly_records,
        name="monthly_records",
    ),
    path("reports/monthly/<uuid:center>/<str:month>/close/", closing.monthly_close, name="monthly_close"),
    path(
        "reports/monthly/<uuid:center>/<str:month>/versions/",
        closing.monthly_versions,
        name="monthly_versions",
    ),
    path("consultations/<uuid:pk>/counting/", counting.record_counting, name="record_counting"),
    path("help/counting/", counting.counting_rules, name="counting_rules"),
    # 市・区・監査
    path("city/", city.city, name="city"),
    path("city/export.csv", city.city_csv, name="city_csv"),
    path("city/centers/<uuid:pk>/", city.city_center, name="city_center"),
    path("wards/<slug:code>/", ward.ward, name="ward"),
    path("audit/", audit.audit, name="audit"),
    path("audit/glass/", audit.audit_glasses, name="audit_glasses"),
]
