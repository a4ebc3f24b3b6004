"""PostgreSQL and Valkey together, as one thing to start, describe and stop."""

import dataclasses
import json
import os
import signal
from pathlib import Path
from typing import Self

from kumamoto_soudan.launcher.credentials import Credentials, load_or_create
from kumamoto_soudan.launcher.database import APP, OWNER, Server
from kumamoto_soudan.launcher.family import SERVERS, Child, Family
from kumamoto_soudan.launcher.home import find_home
from kumamoto_soudan.launcher.paths import write_private
from kumamoto_soudan.launcher.postgres import Postgres
from kumamoto_soudan.launcher.process import Ledger
from kumamoto_soudan.launcher.roles import Role
from kumamoto_soudan.launcher.valkey import Valkey

STATE_FILE = "servers.json"


@dataclasses.dataclass(frozen=True)
class Endpoints:
    """Where running servers are reached; kept in ``servers.json`` while they run.

    ``pid`` is their launcher's, ``web_port`` 0 unless that launcher also runs the web. A server given from outside
    is empty (host "", port 0).
    """

    pid: int
    database_host: str = ""
    database_port: int = 0
    broker_port: int = 0
    web_port: int = 0

    @classmethod
    def read(cls, data: Path) -> Self | None:
        try:
            return cls(**json.loads((data / STATE_FILE).read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def write(self, data: Path) -> None:
        write_private(data / STATE_FILE, json.dumps(dataclasses.asdict(self)))

    def environment(self, data: Path, credentials: Credentials, role: Role) -> dict[str, str]:
        """Variables by which settings and tools reach the servers; what is given from outside is kept."""
        variables = {
            "SECRET_KEY": os.environ.get("SECRET_KEY") or credentials.secret_key,
            "SOUDAN_DATA_DIR": str(data),
        }
        if self.database_host and not os.environ.get("DATABASE_URL"):
            user, password = (
                (OWNER, credentials.owner_password) if role == "owner" else (APP, credentials.app_password)
            )
            variables["DATABASE_URL"] = Server(self.database_host, self.database_port).url(user, password)
        if self.broker_port and not os.environ.get("REDIS_URL"):
            variables["REDIS_URL"] = f"redis://:{credentials.broker_password}@127.0.0.1:{self.broker_port}/0"
        return variables


class Servers:
    """The servers that are not given from outside. The caller holds the lock of the data folder.

    ``durable=False`` is for throw-away data only.
    """

    def __init__(self, data: Path, *, durable: bool = True, web_port: int = 0) -> None:
        self.data = data
        self.durable = durable
        self.family = Family(Ledger(data / "children.json"))
        self.family.ledger.end_leftovers()
        self.endpoints = Endpoints(os.getpid(), web_port=web_port)
        self.credentials: Credentials

    def start(self) -> None:
        """Start what is missing and tell where it is. Raises Failure; ``stop`` is the caller's then too."""
        self.credentials = load_or_create(self.data)
        given = {name for name in ("DATABASE_URL", "REDIS_URL") if os.environ.get(name)}
        if len(given) == 2:
            return
        home = find_home(self.data)
        if "DATABASE_URL" not in given:
            self._start_database(Postgres(home, self.credentials, durable=self.durable))
        if "REDIS_URL" not in given:
            self._start_broker(Valkey(home, self.credentials))

    def _start_database(self, postgres: Postgres) -> None:
        postgres.initialise()
        process = postgres.start()
        signals = (signal.SIGINT, signal.SIGQUIT)  # "fast", then "immediate"
        child = Child("postgres", "データベース", postgres.spawn, process, SERVERS, signals, patience=30)
        self.family.add(child)
        server = postgres.server
        self.endpoints = dataclasses.replace(
            self.endpoints, database_host=server.host, database_port=server.port
        )

    def _start_broker(self, valkey: Valkey) -> None:
        process = valkey.start()
        child = Child("valkey", "待ち行列(Valkey)", valkey.spawn, process, SERVERS, (signal.SIGTERM,))
        self.family.add(child)
        self.endpoints = dataclasses.replace(self.endpoints, broker_port=valkey.port)

    def announce(self) -> None:
        """From now on other commands may join."""
        self.endpoints.write(self.data)

    def environment(self, role: Role) -> dict[str, str]:
        return self.endpoints.environment(self.data, self.credentials, role)

    def stop(self) -> None:
        (self.data / STATE_FILE).unlink(missing_ok=True)
        self.family.stop()
