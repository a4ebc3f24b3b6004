from django.http import HttpRequest, HttpResponse
from django.urls import path


def hello(request: HttpRequest) -> HttpResponse:
    """One word, once the session and the user are read from the database."""
    return HttpResponse("hello" if request.user.is_authenticated else "", content_type="text/plain")


urlpatterns = [path("hello/", hello, name="hello")]
