"""pg_dump, pg_restore and tar as streams. Passwords go by the environment, never on a command line."""

import contextlib
import os
import subprocess
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connections

from kumamoto_soudan.launcher.binaries import installed
from kumamoto_soudan.launcher.process import tail
from reports.backup.problems import Failed

# Names of libpq's connection settings in the environment.
_VARIABLES = {
    "HOST": "PGHOST",
    "PORT": "PGPORT",
    "USER": "PGUSER",
    "PASSWORD": "PGPASSWORD",
    "NAME": "PGDATABASE",
    "sslmode": "PGSSLMODE",
    "sslrootcert": "PGSSLROOTCERT",
    "sslcert": "PGSSLCERT",
    "sslkey": "PGSSLKEY",
}


_PLAIN = {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C"}


def _environment(using: str) -> dict[str, str]:
    chosen = connections[using].settings_dict
    chosen = chosen | chosen["OPTIONS"]
    variables = {variable: str(chosen[name]) for name, variable in _VARIABLES.items() if chosen.get(name)}
    return _PLAIN | {"PGCONNECT_TIMEOUT": "10"} | variables


@contextlib.contextmanager
def dump(using: str, snapshot: str, *, without_data: Iterable[str]) -> Iterator[BinaryIO]:
    """The archive of a database as of an exported snapshot; tables in `without_data` come empty.

    Roles and rights are not in it: they belong to the server that it is restored to. Nor are extensions, which an
    administrator makes there. Raises Failed at the end of the block when pg_dump did not come to its end.
    """
    command = [str(installed().tool("pg_dump")), "--format=custom", f"--snapshot={snapshot}"]
    command += ["--no-owner", "--no-privileges", "--exclude-extension=*", "--no-password"]
    command += [f"--exclude-table-data=public.{table}" for table in without_data]
    with _running(command, env=_environment(using), stdout=subprocess.PIPE) as process:
        yield process.stdout


@contextlib.contextmanager
def restore(using: str) -> Iterator[BinaryIO]:
    """Takes an archive and restores it in one transaction: at the end of the block all is there, or nothing."""
    command = [str(installed().tool("pg_restore")), "--single-transaction", "--exit-on-error"]
    command += [
        "--no-owner",
        "--no-privileges",
        "--no-password",
        f"--dbname={_environment(using)['PGDATABASE']}",
    ]
    with _running(command, env=_environment(using), stdin=subprocess.PIPE) as process:
        yield process.stdin


@contextlib.contextmanager
def pack(folder: Path) -> Iterator[BinaryIO]:
    """The files below a folder as a tar stream; a missing folder is an empty one.

    Each is named, since tar gives up when a folder gets a new file while it is read.
    """
    with tempfile.TemporaryDirectory() as empty, tempfile.NamedTemporaryFile() as names:
        source = folder if folder.is_dir() else Path(empty)
        files = sorted(path.relative_to(source) for path in source.rglob("*") if path.is_file())
        names.write(b"".join(os.fsencode(f"./{path}") + b"\0" for path in files))
        names.flush()
        command = ["tar", "-C", str(source), "-cf", "-", "--null", "-T", names.name]
        with _running(command, env=_PLAIN, stdout=subprocess.PIPE) as process:
            yield process.stdout


@contextlib.contextmanager
def unpack(folder: Path) -> Iterator[BinaryIO]:
    """Takes a tar stream and lays its files below an existing folder."""
    command = ["tar", "-C", str(folder), "--no-same-owner", "-xf", "-"]
    with _running(command, env=_PLAIN, stdin=subprocess.PIPE) as process:
        yield process.stdin


@contextlib.contextmanager
def _running(command: list[str], **arguments: Any) -> Iterator[Any]:
    """Kills the program when the block fails, and raises Failed with its last words when itself it does."""
    name = Path(command[0]).name
    with tempfile.NamedTemporaryFile() as words:
        process = subprocess.Popen(command, stderr=words, **arguments)
        try:
            with contextlib.suppress(BrokenPipeError):  # it has read enough, or failed: its exit code tells
                yield process
        except BaseException:
            process.kill()
            raise
        finally:
            with contextlib.suppress(BrokenPipeError), process:
                pass  # closes the streams and waits
        if process.returncode:
            raise Failed(f"{name} が終わりませんでした。\n{tail(Path(words.name))}")
