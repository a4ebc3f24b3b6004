"""The key pair: the server knows the public half, the recipient; the identity file is kept apart from it."""

import os
from collections.abc import Iterable
from pathlib import Path

from django.utils import timezone
from pyrage import IdentityError, RecipientError
from pyrage.x25519 import Identity, Recipient

from reports.backup.problems import Refused

SECRET = "AGE-SECRET-KEY-"  # noqa: S105 (how every identity begins)


def new_identity(file: Path) -> str:
    """Write a new identity file (mode 600, never over another) and return its recipient. Raises Refused."""
    identity = Identity.generate()
    recipient = str(identity.to_public())
    text = f"# created: {timezone.now():%Y-%m-%dT%H:%M:%SZ}\n# public key: {recipient}\n{identity}\n"
    try:
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise Refused(f"{file} はもうあります。別の名前を指定してください(鍵は上書きしません)。") from None
    except OSError as error:
        raise Refused(
            f"{file} に書けません({error.strerror})。書き込めるフォルダーを指定してください。"
        ) from None
    with os.fdopen(descriptor, "w", encoding="ascii") as written:
        written.write(text)
        written.flush()
        os.fsync(written.fileno())
    return recipient


def read_recipients(texts: Iterable[str]) -> list[Recipient]:
    """At least one. Raises Refused; a secret key given by mistake is not repeated in the text."""
    recipients = []
    for text in texts:
        if text.upper().startswith(SECRET):
            raise Refused(
                "公開鍵のところに秘密鍵(AGE-SECRET-KEY-…)が入っています。サーバーに置くのは age1… の公開鍵だけです。"
                "この秘密鍵は設定から消し、新しい鍵を作り直してください。"
            )
        try:
            recipients.append(Recipient.from_str(text))
        except RecipientError:
            raise Refused(
                f"「{text}」は公開鍵として読めません。soudan_backup_key が表示した age1… を入れてください。"
            ) from None
    if not recipients:
        raise Refused(
            "公開鍵がありません。soudan_backup_key で鍵を作り、表示された age1… を SOUDAN_BACKUP_RECIPIENTS に"
            "入れてください。"
        )
    return recipients


def read_identities(file: Path) -> list[Identity]:
    """The identities in a file of the age format (lines with # are comments). Raises Refused."""
    try:
        lines = [line.strip() for line in file.read_text(encoding="ascii").splitlines()]
        identities = [Identity.from_str(line) for line in lines if line and not line.startswith("#")]
    except OSError as error:
        raise Refused(f"鍵のファイル {file} を読めません({error.strerror})。") from None
    except (IdentityError, UnicodeError):
        identities = []
    if not identities:
        raise Refused(
            f"{file} に秘密鍵がありません。soudan_backup_key が作ったファイル(AGE-SECRET-KEY-1… の行があるもの)を"
            "指定してください。"
        )
    return identities
