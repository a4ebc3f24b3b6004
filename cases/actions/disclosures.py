"""開示請求: begun, and marked for what is to be blacked out."""

from collections.abc import Collection, Sequence
from datetime import date
from uuid import UUID

import pghistory
from django.db import transaction

from cases.enums import DisclosureAsker
from cases.models import Client, Disclosure
from centers.models import User


class StaleDisclosure(Exception):
    """Somebody has marked it since it was opened."""


def open_disclosure(
    *, pk: UUID, client: Client, by: User, asked_on: date, asker: DisclosureAsker
) -> Disclosure:
    """`pk` is the form's token: sent twice is begun once."""
    with pghistory.context(user=str(by.pk)):
        asked, _ = Disclosure.unscoped.get_or_create(
            pk=pk,
            defaults={
                "client": client,
                "center": client.center,
                "opened_by": by,
                "asked_on": asked_on,
                "asker": asker,
            },
        )
    return asked


@transaction.atomic
def mark(
    *,
    asked: Disclosure,
    by: User,
    version: int,
    names: Collection[str],
    hidden: Collection[str],
    passages: Sequence[str],
) -> Disclosure:
    """Of the pieces `names` (those of one page) exactly `hidden` are marked; marks on others stay.

    Raises StaleDisclosure when `version` is not the standing one.
    """
    standing = Disclosure.unscoped.select_for_update(of=("self",)).get(pk=asked.pk)
    if standing.version != version:
        raise StaleDisclosure
    marked = (set(standing.hidden) - set(names)) | (set(hidden) & set(names))
    standing.hidden, standing.passages = sorted(marked), list(passages)
    standing.version += 1
    with pghistory.context(user=str(by.pk)):
        standing.save(update_fields=["hidden", "passages", "version"])
    return standing
