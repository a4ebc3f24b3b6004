"""A small HTTP client: signed-in visitors, and many of them at once over kept connections."""

import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from threading import Lock
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse

from reports.demo.words import PASSWORD


class WrongAnswer(Exception):
    """A page that did not answer as it should: its time would mean nothing."""


@dataclass(frozen=True)
class Request:
    path: str
    form: Sequence[tuple[str, str]] = ()

    @property
    def method(self) -> str:
        return "POST" if self.form else "GET"


# An act: the requests of one use of a page, for the n-th time.
Act = Callable[[int], Sequence[Request]]


class Visitor:
    """Somebody signed in by the log-in page of the product."""

    def __init__(self, port: int, username: str):
        self.port, self.cookies = port, SimpleCookie()
        connection = HTTPConnection("127.0.0.1", port, timeout=60)
        self.send(connection, Request(reverse("account_login")))
        self.send(
            connection, Request(reverse("account_login"), [("login", username), ("password", PASSWORD)])
        )
        connection.close()
        if settings.SESSION_COOKIE_NAME not in self.cookies:
            raise WrongAnswer(f"{username} was not let in")

    def send(self, connection: HTTPConnection, request: Request) -> bytes:
        """The body of the answer. Raises WrongAnswer for anything but a page or a redirect after a form."""
        headers = {"Cookie": "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())}
        body = None
        if request.form:
            token = self.cookies[settings.CSRF_COOKIE_NAME].value
            body = urlencode([*request.form, ("csrfmiddlewaretoken", token)])
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(request.method, request.path, body, headers)
        response = connection.getresponse()
        page = response.read()
        self._keep_cookies(response)
        if response.status not in ((200, 302, 303) if request.form else (200,)):
            raise WrongAnswer(f"{request.method} {request.path}: {response.status}")
        return page

    def _keep_cookies(self, response: HTTPResponse) -> None:
        for value in response.headers.get_all("Set-Cookie") or []:
            self.cookies.load(value)


def use(
    visitor: Visitor, port: int, act: Act, *, threads: int, seconds: float, numbers: Iterator[int]
) -> list[float]:
    """Do the act again and again on so many connections for so long; the milliseconds of each time."""
    lock, until = Lock(), time.perf_counter() + seconds

    def work() -> list[float]:
        taken: list[float] = []
        with closing(HTTPConnection("127.0.0.1", port, timeout=120)) as connection:
            while not taken or time.perf_counter() < until:
                with lock:
                    number = next(numbers)
                requests = act(number)
                begin = time.perf_counter()
                for request in requests:
                    visitor.send(connection, request)
                taken.append((time.perf_counter() - begin) * 1000)
        return taken

    with ThreadPoolExecutor(threads) as pool:
        return [ms for done in [pool.submit(work) for _ in range(threads)] for ms in done.result()]
