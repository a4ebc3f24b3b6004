"""A browser behind the TLS proxy: it sends what the proxy adds, and keeps cookies by name."""

import http.client
import re
import time
from dataclasses import dataclass, field
from http.cookies import SimpleCookie
from urllib.parse import urlencode

HOST = "soudan.example.jp"
PROXY = {
    "Host": HOST,
    "X-Forwarded-Proto": "https",
    "X-Forwarded-For": "203.0.113.7",
    "Referer": f"https://{HOST}/",
}


@dataclass
class Answer:
    status: int
    headers: http.client.HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    def hidden(self, name: str) -> str:
        """The value of a hidden input of the page."""
        return re.search(rf'name="{name}" value="([^"]*)"', self.text)[1]


@dataclass
class Visitor:
    port: int
    headers: dict[str, str] = field(default_factory=lambda: dict(PROXY))
    cookies: SimpleCookie = field(default_factory=SimpleCookie)

    def at(self, port: int) -> "Visitor":
        """The same browser, led to the other process by the proxy."""
        return Visitor(port, self.headers, self.cookies)

    def get(self, path: str, **headers: str) -> Answer:
        return self._ask("GET", path, None, headers)

    def post(self, path: str, fields: dict) -> Answer:
        """Posts with the token of the form that stands on the page of the same address."""
        token = self.get(path).hidden("csrfmiddlewaretoken")
        body = urlencode({"csrfmiddlewaretoken": token, **fields}, doseq=True)
        return self._ask("POST", path, body, {"Content-Type": "application/x-www-form-urlencoded"})

    def _ask(self, method: str, path: str, body: str | None, headers: dict[str, str]) -> Answer:
        link = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            cookies = "; ".join(f"{name}={cookie.value}" for name, cookie in self.cookies.items())
            link.request(method, path, body, {**self.headers, "Cookie": cookies, **headers})
            answer = link.getresponse()
            for line in answer.headers.get_all("Set-Cookie", []):
                self.cookies.load(line)
            return Answer(answer.status, answer.headers, answer.read())
        finally:
            link.close()

    def sign_in(self, login: str, password: str, code) -> None:
        """`code(counter)` gives the one-time code of a half minute."""
        asked = self.post("/accounts/login/", {"login": login, "password": password})
        assert asked.headers["Location"] == "/accounts/login/code/", asked.text
        done = self.post("/accounts/login/code/", {"code": code(int(time.time()) // 30)})
        assert (done.status, done.headers["Location"]) == (302, "/"), done.text
