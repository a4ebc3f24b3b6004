"""下書き of the quick log: saved while one types, gone with the saved entry or after some days."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from cases.actions.entries import AlreadyRecorded, OtherWriter
from cases.models import Client, Consultation, Draft
from centers.models import Center, User
from centers.periods import JST

# From then on a draft is shown as lying about.
OLD_AFTER = timedelta(hours=24)
_PAGE = "page"


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
    page: str = "",
    seen: datetime | None = None,
    overwrite: bool = False,
) -> Draft:
    """Keep the content of a form under its token.

    `page` names the open page that saves; `seen` is the time of the draft that it was opened from, or saved last.
    Raises NewerDraft when another page has saved since and `overwrite` is not asked for; AlreadyRecorded when the
    entry is saved; OtherWriter for somebody else's token.
    """
    records = list(Consultation.unscoped.filter(group=group))
    if records and records[0].written_by_id != by.pk:
        raise OtherWriter
    if records:
        raise AlreadyRecorded(records)
    fields = {"center": center, "content": content | {_PAGE: page}, "client": client}
    draft, created = Draft.unscoped.select_for_update().get_or_create(
        group=group, defaults={"user": by, **fields}
    )
    if draft.user_id != by.pk:
        raise OtherWriter
    if created:
        return draft
    # The page's own last save counts as seen even when its answer was lost on the way.
    own = bool(page) and draft.content.get(_PAGE) == page
    if not (own or draft.updated_at == seen or overwrite):
        raise NewerDraft(draft)
    for name, value in fields.items():
        setattr(draft, name, value)
    draft.save()
    return draft


def open_drafts(user: User) -> QuerySet[Draft]:
    """The user's own drafts, newest first, without one that a late autosave left beside its saved entry."""
    saved = Consultation.unscoped.filter(group=OuterRef("group"))
    return (
        Draft.visible_to(user)
        .filter(~Exists(saved))
        .select_related("client")
        .order_by("-updated_at", "group")
    )


def discard_draft(draft: Draft) -> None:
    draft.delete()


def purge_drafts(*, on: date, days: int) -> int:
    """Delete the drafts that were last touched more than `days` days before `on`; returns how many."""
    limit = datetime.combine(on - timedelta(days=days), time.min, tzinfo=JST)
    return Draft.unscoped.filter(updated_at__lt=limit).delete()[0]
