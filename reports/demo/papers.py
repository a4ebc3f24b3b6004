"""Invented papers kept outside: what the tab 文書 shows at the first start. Files themselves are not invented."""

from datetime import date, timedelta
from random import Random

from cases.models import PaperOriginal
from centers.enums import Role
from reports.demo.identity import seeded_uuid
from reports.demo.persons import People

_KEPT = (
    ("01", "療育手帳の写し", "相談室の鍵付き書庫 1段目"),
    ("02", "主治医の意見書", "相談室の鍵付き書庫 2段目"),
    ("03", "個人情報の同意書(署名)", "事務室の金庫"),
    ("04", "サービス等利用計画の控え", "相談室の鍵付き書庫 2段目"),
)


def leave_papers(rng: Random, people: People, today: date) -> None:
    """Some for the first people of the center; one of them was given back."""
    rows = []
    for place, client in enumerate(people.clients[:6]):
        kind, what, where = _KEPT[place % len(_KEPT)]
        since = today - timedelta(days=rng.randrange(20, 200))
        handed = place == 1
        rows.append(
            PaperOriginal(
                id=seeded_uuid(rng),
                center=people.team.center,
                client=client,
                kind=kind,
                what=what,
                place=where,
                since=since,
                handed_to="本人" if handed else "",
                handed_on=since + timedelta(days=10) if handed else None,
                added_by=people.team.users[Role.SOUDAN],
            )
        )
    PaperOriginal.unscoped.bulk_create(rows)
