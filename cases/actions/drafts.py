"""下書き of the quick log: saved while one types, gone with the saved entry or after some days."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.actions.entries import AlreadyRecorded, OtherWriter
from cases.models import Client, Consultation, Draft
from centers.models import Center, User
from centers.periods import JST


class NewerDraft(Exception):
    """Another tab has saved the same draft since; `draft` is what stands."""

    def __init__(self, draft: Draft):
        super().__init__()
        self.draft = draft


@transaction.atomic
def save_draft(
    *,
    group: UUID,
    by: User,
    center: Center,
    content: dict,
    client: Client | None = None,
    seen: datetime | None = None,
    overwrite: bool = False,
) -> Draft:
    """Keep the content of a form under its token.

    `seen` is the time of the draft that the form was opened from or has saved last (None: it has none yet).
    Raises NewerDraft when another one stands and `overwrite` is not asked for; AlreadyRecorded when the entry is
    saved; OtherWriter for somebody else's token.
    """
    records = list(Consultation.unscoped.filter(group=group))
    if records:
        raise AlreadyRecorded(records)
    fields = {"center": center, "content": content, "client": client}
    draft, created = Draft.unscoped.select_for_update().get_or_create(
        group=group, defaults={"user": by, **fields}
    )
    if draft.user_id != by.pk:
        raise OtherWriter
    if created:
        return draft
    if draft.updated_at != seen and not overwrite:
        raise NewerDraft(draft)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def open_drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, newest first, without one that a late autosave left beside its saved entry."""
    saved = Consultation.unscoped.filter(group=OuterRef("group"))
    return Draft.visible_to(user).filter(~Exists(saved)).select_related("client").order_by("-updated_at", "group")


def discard_draft(draft: Draft) -> None:
    draft.delete()


def purge_drafts(*, on: date, days: int) -> int:
    """Delete the drafts that were last touched more than `days` days before `on`; returns how many."""
    limit = datetime.combine(on - timedelta(days=days), time.min, tzinfo=JST)
    return Draft.unscoped.filter(updated_at__lt=limit).delete()[0]
