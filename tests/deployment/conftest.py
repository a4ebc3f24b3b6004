import secrets
import shutil
from collections.abc import Iterator

import psycopg2
import pytest

from kumamoto_soudan.launcher.process import STOP
from tests.deployment.stack import Stack, ended
from tests.deployment.visitor import HOST
from tests.launcher.conftest import open_folder


@pytest.fixture(autouse=True)
def not_stopping(monkeypatch):
    monkeypatch.setattr(STOP, "stopping", False)


@pytest.fixture(scope="module")
def values() -> dict[str, str]:
    """.env, made as .env.example tells."""
    names = ("SECRET_KEY", "ADMIN_PASSWORD", "OWNER_PASSWORD", "APP_PASSWORD", "BROKER_PASSWORD")
    return {name: secrets.token_urlsafe(48) for name in names} | {
        "ALLOWED_HOSTS": HOST,
        "CSRF_TRUSTED_ORIGINS": f"https://{HOST}",
        "SOUDAN_REDELIVERY_SECONDS": "8",
    }


@pytest.fixture(scope="module")
def stack(values) -> Iterator[Stack]:
    """All services: one database, one broker, `migrate` done, two webs, two workers, one beat."""
    with open_folder() as folder, ended(Stack(folder, values)) as running:
        running.start("postgres")
        running.start("valkey")
        running.wait_healthy("postgres")
        running.wait_healthy("valkey")
        assert running.start("migrate").wait(timeout=300) == 0, running.logged("migrate")
        running.running.pop("migrate")
        for service, name in (
            *(("web", "web1"), ("web", "web2")),
            *(("worker", "worker1"), ("worker", "worker2"), ("beat", "beat")),
        ):
            running.start(service, name)
        for service, name in (("web", "web1"), ("web", "web2"), ("worker", "worker1")):
            running.wait_healthy(service, name)
        running.wait_logged("ready.", "worker1")
        running.wait_logged("ready.", "worker2")
        yield running
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def database(stack, values):
    """database("app") → connection with the rights of that role; autocommit."""
    links = []

    def connect(role: str):
        link = psycopg2.connect(
            host="127.0.0.1",
            port=stack.ports["postgres"],
            dbname="soudan",
            user=f"soudan_{role}",
            password=values[f"{role.upper()}_PASSWORD"],
        )
        link.autocommit = True
        links.append(link)
        return link

    yield connect
    for link in links:
        link.close()
