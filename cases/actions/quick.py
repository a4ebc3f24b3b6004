"""定型文 of a user and of a center."""

from django.db import transaction

from cases.models import QuickText
from centers.access import Right, rights_of
from centers.models import Center, User


class TooMany(ValueError):
    """As many as the きまり allows stand already; the text says so in Japanese."""


class KeyTaken(ValueError):
    """Another one in the same list bears the name."""


def editable_texts(user: User):
    """The user's own, and the center's for who keeps those."""
    mine = QuickText.visible_to(user).filter(owner=user)
    return mine | QuickText.visible_to(user).filter(
        owner__isnull=True, center__in=rights_of(user).center_ids(Right.QUICK_TEXT_CENTER)
    )


@transaction.atomic
def save_quick_text(
    *,
    center: Center,
    by: User,
    shared: bool,
    key: str,
    text: str,
    limit: int,
    standing: QuickText | None = None,
) -> QuickText:
    """A new one, or new words for `standing`, which stays in its list. `limit`: how many a list holds.

    Raises TooMany and KeyTaken.
    """
    owner = by
    if standing:
        center, shared, owner = standing.center, standing.owner_id is None, standing.owner or by
    Center.objects.select_for_update().get(pk=center.pk)  # two saves at once must not pass the limit together
    same_list = QuickText.unscoped.filter(center=center, owner=None if shared else owner)
    others = same_list.exclude(pk=standing.pk) if standing else same_list
    if others.filter(key=key).exists():
        raise KeyTaken("同じ短い名前の定型文があります。別の名前にしてください。")
    if not standing and others.count() >= limit:
        raise TooMany(f"定型文は{limit}個までです。使わないものを消してから足してください。")
    quick = standing or QuickText(center=center, owner=None if shared else owner)
    quick.key, quick.text = key, text
    quick.save()
    return quick


@transaction.atomic
def delete_quick_text(*, quick: QuickText) -> None:
    """What was written with it stays as it is."""
    QuickText.unscoped.filter(pk=quick.pk).delete()
