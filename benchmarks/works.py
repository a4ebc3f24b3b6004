"""The works that are measured: what a person does with a page, and what it may cost at most."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import uuid4

from django.urls import reverse

from benchmarks.client import Act, Request
from benchmarks.scene import CITY, LONG, MANAGER, WRITER, Scene
from centers.periods import wareki_short


@dataclass(frozen=True)
class Work:
    """`goal` is its CPU time as a multiple of hello's, none where no goal was set; `user` does it."""

    key: str
    label: str
    goal: float | None
    user: str
    act: Act


HELLO = Work("hello", "hello(ログイン済みの最小のページ)", None, WRITER, lambda number: [Request("/hello/")])


def works_of(scene: Scene) -> list[Work]:
    """In the order of the report; saving comes last, since it adds records."""
    client = reverse("cases:client", args=[scene.long_client])
    month = reverse("reports:monthly_center", args=[scene.center.pk, str(scene.month)])
    more = f"&after={scene.list_after}" if scene.list_after else ""
    return [
        Work("frame", "hello を製品のミドルウェアの中で", None, WRITER, HELLO.act),
        Work("find_kana", "人を探す: セイの先頭", 2, WRITER, _find([_reading(one) for one in scene.clients])),
        Work(
            "find_name", "人を探す: 姓名の一部", 2, WRITER, _find([one.given_name for one in scene.clients])
        ),
        Work("find_birth", "人を探す: 生年月日", 2, WRITER, _find(scene.births)),
        Work("find_phone", "人を探す: 電話の下4けた", 2, WRITER, _find(scene.phones)),
        Work("list_1", "ケース一覧 1ページ目", 2, WRITER, _get(_list())),
        Work("list_far", f"ケース一覧 {scene.list_page}ページ目", 2, WRITER, _get(_list() + more)),
        Work("timeline_50", "経過の最初の50件", 2, WRITER, _get(client)),
        Work("timeline_all", f"経過{LONG}件を終わりまで", 5, WRITER, _get(client, *_parts(scene))),
        Work("note_often", "記録の言葉を探す: よくある言葉", 10, WRITER, _find_notes("不安")),
        Work("note_rare", "記録の言葉を探す: まれな言葉の組", 10, WRITER, _find_notes("発作 写真")),
        Work("home", "センターのホーム", 4, WRITER, _get(reverse("reports:home"))),
        Work("month_center", "1センターの月次実績", 4, MANAGER, _get(month)),
        Work(
            "month_city",
            "市全体の月次実績",
            4,
            CITY,
            _get(reverse("reports:monthly") + f"?month={scene.month}"),
        ),
        Work("city", "9センターの状況", 4, CITY, _get(reverse("reports:city"))),
        Work("save", "相談を1件保存", 5, WRITER, _save(scene)),
    ]


def _get(*paths: str) -> Act:
    requests = [Request(path) for path in paths]
    return lambda number: requests


def _list() -> str:
    return reverse("cases:client_list") + "?view=all&state=any"


def _parts(scene: Scene) -> list[str]:
    address = reverse("cases:client_timeline", args=[scene.long_client])
    return [f"{address}?after={part}" for part in scene.long_parts]


def _find(texts: Sequence[str]) -> Act:
    """The list of candidates under the search field, for one text after another."""
    address = reverse("cases:suggest")
    return lambda number: [Request(address, [("q", texts[number % len(texts)])])]


def _find_notes(words: str) -> Act:
    requests = [Request(reverse("cases:note_search"), [("q", words)])]
    return lambda number: requests


def _reading(client) -> str:
    return client.family_kana[:3]


def _save(scene: Scene) -> Act:
    """The post of the quick log: every check, history, roll-up and read log as in real use."""
    address, day = reverse("cases:log"), wareki_short(scene.on)

    def act(number: int) -> Sequence[Request]:
        client = scene.clients[number % len(scene.clients)]
        fields = {
            "group": str(uuid4()), "page": "one", "subject": "client", "clients": str(client.pk), "method": "4",
            "part": "consult", "date": day, "start": "10:05", "act": "save",
            "facts": "本人から電話。夜になると不安が強くなると話す。ゆっくり聞き、今週の過ごし方を決めた。" * 3,
        }  # fmt: skip
        return [Request(address, [*fields.items(), ("contents", "01"), ("contents", "04")])]

    return act
