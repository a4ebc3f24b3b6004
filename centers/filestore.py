"""Files that people hand in: kept encrypted under random names below SOUDAN_DATA_DIR/files, as part of the backup.

Each file has a key of its own (AES-256-GCM in chunks, the STREAM construction), which lies in the file's head,
wrapped by the key that SECRET_KEY gives. A new SECRET_KEY so needs new heads only (`rewrap`). A file is written
once and never changed; a row with a FileKeyField says that it belongs to something.
"""

import os
import secrets
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.fernet import InvalidToken
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.apps import apps
from django.conf import settings
from django.db import models

from centers.keyring import fernet

_MAGIC = b"soudan-file/1\n"
_CHUNK = 64 * 1024
_TAG = 16
_LENGTH = 2  # bytes that hold how long the wrapped key is
KEY_LENGTH = 40


class FileLost(Exception):
    """The file is not there, or is not what was stored."""


class FileKeyField(models.CharField):
    """The key of a stored file. A file that no row of any model names is swept away a day later."""


def put(data: bytes) -> str:
    """Encrypt and store; returns the key. On the disk when this returns, under its name only when it is whole."""
    key = secrets.token_hex(KEY_LENGTH // 2)
    _write(key, _head(own := AESGCM.generate_key(256)) + b"".join(_sealed(AESGCM(own), key, data)))
    return key


def read(key: str) -> bytes:
    """The whole file. Raises FileLost."""
    try:
        with _path(key).open("rb") as file:
            return b"".join(_opened(AESGCM(_own_key(file)), key, file))
    except (OSError, InvalidTag, InvalidToken) as error:
        raise FileLost(key) from error


def remove(key: str) -> None:
    _path(key).unlink(missing_ok=True)


def sweep(*, before: datetime) -> int:
    """Remove files that were written before the moment and belong to no row, and what a crash left half written."""
    used = keys_in_use()
    left = [path for path in _stored() if path.name not in used]
    left += [path for path in _incoming().glob("*") if path.is_file()]
    gone = [path for path in left if path.stat().st_mtime < before.timestamp()]
    for path in gone:
        path.unlink(missing_ok=True)
    return len(gone)


def missing() -> list[str]:
    """Keys that a row names and that cannot be read whole."""
    return [key for key in sorted(keys_in_use()) if not _readable(key)]


def rewrap() -> int:
    """Wrap every file's key by the standing SECRET_KEY; returns how many there were. Raises FileLost."""
    done = 0
    for path in _stored():
        try:
            with path.open("rb") as file:
                head = _head(_own_key(file))
                _write(path.name, head + file.read())
        except (OSError, InvalidToken) as error:
            raise FileLost(path.name) from error
        done += 1
    return done


def keys_in_use() -> set[str]:
    """The keys that the rows of all models name; the change history aside."""
    found: set[str] = set()
    for model in apps.get_models():
        for field in model._meta.local_fields:
            if isinstance(field, FileKeyField) and not hasattr(model, "pgh_tracked_model"):
                found.update(model._base_manager.values_list(field.name, flat=True))
    return found


def _readable(key: str) -> bool:
    try:
        read(key)
    except FileLost:
        return False
    return True


def _path(key: str) -> Path:
    return settings.FILES_DIR / key[:2] / key


def _incoming() -> Path:
    """Beside the files, so that a backup meets whole ones alone."""
    return settings.FILES_DIR.with_name(settings.FILES_DIR.name + ".incoming")


def _stored() -> Iterator[Path]:
    return (path for path in sorted(settings.FILES_DIR.glob("??/*")) if path.is_file())


def _write(key: str, data: bytes) -> None:
    path, incoming = _path(key), _incoming()
    for folder in (path.parent, incoming):
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    partial = incoming / f"{key}.{secrets.token_hex(4)}"
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    partial.rename(path)
    folder_descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder_descriptor)
    finally:
        os.close(folder_descriptor)


def _head(own: bytes) -> bytes:
    wrapped = fernet("files").encrypt(own)
    return _MAGIC + len(wrapped).to_bytes(_LENGTH, "big") + wrapped


def _own_key(file: BinaryIO) -> bytes:
    if file.read(len(_MAGIC)) != _MAGIC:
        raise InvalidToken
    return fernet("files").decrypt(file.read(int.from_bytes(file.read(_LENGTH), "big")))


def _sealed(cipher: AESGCM, key: str, data: bytes) -> Iterator[bytes]:
    starts = range(0, len(data), _CHUNK) or range(1)
    for number, start in enumerate(starts):
        last = start + _CHUNK >= len(data)
        yield cipher.encrypt(_nonce(number, last=last), data[start : start + _CHUNK], key.encode())


def _opened(cipher: AESGCM, key: str, file: BinaryIO) -> Iterator[bytes]:
    number, chunk = 0, file.read(_CHUNK + _TAG)
    while True:
        following = file.read(_CHUNK + _TAG)
        yield cipher.decrypt(_nonce(number, last=not following), chunk, key.encode())
        if not following:
            return
        number, chunk = number + 1, following


def _nonce(number: int, *, last: bool) -> bytes:
    """Where the chunk stands, and whether it is the last one: none can be moved or cut off unnoticed."""
    return number.to_bytes(11, "big") + bytes([last])
