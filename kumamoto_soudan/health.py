"""GET /healthz: for load balancers and people on call; no log-in, no personal data."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db import Error, connection, transaction
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from kumamoto_soudan.heartbeat import worker_alive


@login_not_required
@transaction.non_atomic_requests  # else a lost database would be an exception before this view is entered
@never_cache
@require_safe
def healthz(request: HttpRequest) -> JsonResponse:
    """200 ok; 200 degraded while only broker or worker are away (logging goes on); 503 without the database."""
    if not database_answers():
        return JsonResponse({"status": "down", "parts": ["database"]}, status=503)
    if not worker_alive(settings.CELERY_BROKER_URL):
        return JsonResponse({"status": "degraded", "parts": ["broker"]})
    return JsonResponse({"status": "ok"})


def database_answers() -> bool:
    """Asks twice, since a kept connection may have died with a server that is back by now."""
    for _ in range(2):
        try:
            with connection.cursor() as cursor:
                cursor.execute("SELECT 1")
                return cursor.fetchone() == (1,)
        except Error:
            connection.close()
    return False
