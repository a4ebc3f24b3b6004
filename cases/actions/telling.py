"""お知らせ about what goes between centers. No name, no number of a person stands in them."""

from collections.abc import Iterable

from centers.enums import Role, Severity
from centers.models import Center
from centers.notices import tell_role

EVERY_CASEWORKER = (Role.SOUDAN, Role.KINOU, Role.KANRI)
KIND = "between"


def tell_center(center: Center, roles: Iterable[Role], *, title: str, body: str, path: str) -> None:
    """To everybody of these roles in the center; `path` is the page that they open."""
    for role in roles:
        tell_role(
            role,
            center_id=center.pk,
            severity=Severity.INFO,
            icon="swap",
            kind=KIND,
            title=title,
            body=body,
            path=path,
        )
