"""In whose name an import runs on the command line."""

from django.db.models import Q

from centers.access import Right, rights_of
from centers.enums import Role
from centers.models import Center, RoleGrant, User
from centers.models.base import in_force
from centers.periods import today


class NoWriter(ValueError):
    """Said to the person at the command line, in Japanese."""


def writer_of(center: Center, username: str | None) -> User:
    """The user named, who must be a caseworker of the center today; else the center's one センター管理者.

    地域支援員 reads what they wrote, and would have written a whole ledger.
    """
    return _named(center, username) if username else _manager(center)


def _named(center: Center, username: str) -> User:
    user = User.objects.filter(username=username.strip(), is_active=True).first()
    if user is None:
        raise NoWriter(
            f"--by の「{username}」という利用者名はありません。ログインの利用者名で入れてください。"
        )
    if center.pk not in set(rights_of(user).center_ids(Right.CLIENT_EDIT)):
        raise NoWriter(
            f"--by の「{username}」には、{center}に取り込む権限がありません。"
            "このセンターの相談員・機能強化員・センター管理者のだれかにしてください。"
        )
    return user


def _manager(center: Center) -> User:
    grants = RoleGrant.objects.filter(in_force(today()), Q(role=Role.KANRI), center=center)
    managers = list(User.objects.filter(grants__in=grants, is_active=True).distinct().order_by("username"))
    if len(managers) != 1:
        names = "、".join(user.username for user in managers) or "なし"
        raise NoWriter(
            f"だれの名前で取り込むかが決まりません(センター管理者: {names})。--by 利用者名 で入れてください。"
        )
    return managers[0]
