"""Sealed files, written and read as streams: the memory used does not grow with the data."""

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

import pyrage
from pyrage.x25519 import Identity, Recipient

from reports.backup.problems import Failed, Refused

CHUNK = 1024 * 1024


@dataclass(frozen=True)
class Seal:
    """What a file must be, as it lies on the disk: bytes, and their SHA-256 in hexadecimal."""

    size: int
    sha256: str


class _Counted:
    """A file to write to that also knows what went through it, and why it stopped."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file
        self.size = 0
        self.sum = hashlib.sha256()
        self.problem: OSError | None = None

    def write(self, data: bytes) -> int:
        try:
            self.file.write(data)
        except OSError as error:
            self.problem = error
            raise
        self.size += len(data)
        self.sum.update(data)
        return len(data)

    def flush(self) -> None:
        self.file.flush()


def seal(source: Any, path: Path, recipients: Sequence[Recipient]) -> Seal:
    """Encrypt a readable stream into a new file that is on the disk when this returns. Raises Failed."""
    try:
        with path.open("xb") as file:
            path.chmod(0o600)
            counted = _Counted(file)
            try:
                pyrage.encrypt_io(source, counted, recipients)
            except pyrage.EncryptError as error:
                raise counted.problem or Failed(f"{path.name} を暗号化できませんでした({error})。") from None
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise Failed(
            f"{path.name} を書けませんでした({error.strerror})。{path.parent.parent} のディスクの空きと"
            "書き込みの権利を確かめてください。前のバックアップはそのまま残っています。"
        ) from error
    return Seal(counted.size, counted.sum.hexdigest())


def seal_of(path: Path) -> Seal:
    """Read a file again from its beginning to its end."""
    with path.open("rb") as file:
        total = hashlib.file_digest(file, "sha256")
        return Seal(file.tell(), total.hexdigest())


def unseal(path: Path, sink: Any, identities: Sequence[Identity]) -> None:
    """Decrypt a file into a writable stream. Raises Refused when the key is another one or the file is spoilt,
    OSError when the stream takes no more."""
    counted = _Counted(sink)
    with path.open("rb") as file:
        try:
            pyrage.decrypt_io(file, counted, identities)
        except (pyrage.DecryptError, OSError) as error:
            if counted.problem:
                raise counted.problem from None
            if "matching keys" in str(error):
                raise Refused(
                    f"この鍵では {path.name} を開けません。このバックアップの時に使っていた鍵のファイルを"
                    "指定してください。"
                ) from None
            raise Refused(
                f"{path.name} を開けません(中身が壊れています)。ほかのバックアップを使ってください。"
            ) from None
