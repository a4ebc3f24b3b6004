from django.urls import path

from reports.views import monthly

app_name = "reports"
urlpatterns = [
    # 月次実績
    path("reports/monthly/", monthly.monthly, name="monthly"),
    path("reports/monthly/<uuid:center>/<str:month>/", monthly.monthly_center, name="monthly_center"),
    path(
        "reports/monthly/<uuid:center>/<str:month>/records/<slug:table>/<str:code>/",
        monthly.monthly_records,
        name="monthly_records",
    ),
]
