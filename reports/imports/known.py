"""What the center knows on each day: codes, 業務項目, staff, clients. Loaded in a fixed number of queries."""

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, timedelta
from functools import cached_property, lru_cache

from cases.doubles import finder_of
from cases.enums import Part
from cases.models import Client, ClientMerge
from cases.rules import proposed_business_item
from cases.scoping import not_handed_over
from centers.characters import ONE_HYPHEN
from centers.contracts import setting
from centers.enums import CodeList
from centers.models import BusinessItem, Center, CodeEntry, ContractTerm, StaffAssignment, StaffMember
from centers.periods import covers
from centers.text import clean_line, name_key
from reports.imports.rows import Vocabulary

NUMBER_LIMIT = 20
STAFF_SHOWN = 30
_DAY = timedelta(days=1)


@lru_cache(maxsize=4096)
def client_number(text: str) -> str:
    """利用者番号 in the form in which it is stored and searched: half width, upper case, plain hyphens."""
    line = clean_line(text, limit=NUMBER_LIMIT)
    plain = "".join(unicodedata.normalize("NFKC", line).split()).translate(ONE_HYPHEN).upper()
    return clean_line(plain, limit=NUMBER_LIMIT)


class Codes:
    """The code lists by day. A list changes on few days, so each state is made once."""

    def __init__(self):
        self._entries = list(CodeEntry.objects.order_by("list", "code"))
        turns = {entry.starts_on for entry in self._entries}
        turns |= {entry.ends_on + _DAY for entry in self._entries if entry.ends_on}
        self._turns = sorted(turns)
        self._made: dict[tuple[CodeList, int], Vocabulary] = {}

    def on(self, kind: CodeList, day: date) -> Vocabulary:
        """The codes of the list in force on the day."""
        state = (kind, bisect_right(self._turns, day))
        if state not in self._made:
            entries = {
                entry.code: (entry.label, entry.short_label)
                for entry in self._entries
                if entry.list == kind and covers(entry.starts_on, entry.ends_on, day)
            }
            self._made[state] = Vocabulary(f"{kind.label}の区分", entries)
        return self._made[state]


class Items:
    """The 業務項目 by day, of the catalogue of the center's term."""

    def __init__(self, center: Center):
        terms = ContractTerm.objects.filter(center=center).select_related("generation")
        self._terms = [(term.starts_on, term.ends_on, term.generation.catalogue_id) for term in terms]
        self._items: dict[str, list[BusinessItem]] = {}
        for item in BusinessItem.objects.order_by("position"):
            self._items.setdefault(item.catalogue_id, []).append(item)
        self._proposed: dict[tuple[str, str], BusinessItem | None] = {}
        self._words = {catalogue: _item_words(items) for catalogue, items in self._items.items()}

    def on(self, day: date) -> list[BusinessItem]:
        """In the catalogue's order; none without a term."""
        return self._items.get(self._catalogue(day), [])

    def proposed(self, day: date, subject: str) -> BusinessItem | None:
        """What the quick log would propose for a consultation."""
        key = (self._catalogue(day), subject)
        if key not in self._proposed:
            self._proposed[key] = proposed_business_item(Part.CONSULT, subject=subject, items=self.on(day))
        return self._proposed[key]

    def words(self, day: date) -> Vocabulary:
        """Codes and words of the day's catalogue. KeyError without a term: ask `on` first."""
        return self._words[self._catalogue(day)]

    def _catalogue(self, day: date) -> str:
        return next((catalogue for start, end, catalogue in self._terms if covers(start, end, day)), "")


class Staff:
    """Who worked in the center on a day, by name or user name."""

    def __init__(self, center: Center):
        rows = StaffAssignment.objects.filter(center=center).select_related("staff__user")
        self._periods: dict[str, list[tuple[StaffMember, date, date | None]]] = {}
        self._names: dict[str, None] = {}
        for row in rows.order_by("starts_on", "staff__name"):
            keys = {name_key(row.staff.name), row.staff.user.username if row.staff.user else ""} - {""}
            for key in keys:
                self._periods.setdefault(key, []).append((row.staff, row.starts_on, row.ends_on))
            self._names[row.staff.name] = None

    def on(self, text: str, day: date) -> StaffMember:
        """Raises ValueError for nobody and for two of one name."""
        periods = self._periods.get(name_key(text), [])
        found = {staff for staff, start, end in periods if covers(start, end, day)}
        if len(found) == 1:
            return found.pop()
        if found:
            raise ValueError("同じ氏名の職員が2人以上います。利用者名(ログインの名前)で入れてください。")
        if periods:
            raise ValueError(
                f"{day:%Y-%m-%d}にはこのセンターに配置がありません。配置か日付を確かめてください。"
            )
        names = list(self._names)
        known = "、".join(names[:STAFF_SHOWN]) + ("…" if len(names) > STAFF_SHOWN else "")
        raise ValueError(f"このセンターの職員にありません。職員: {known or '(登録がありません)'}")


class Known:
    """All of it, for one center and one day of import."""

    def __init__(self, center: Center, on: date):
        self.center, self.on = center, on
        self.clients: dict[str, Client] = {}

    codes = cached_property(lambda self: Codes())
    items = cached_property(lambda self: Items(self.center))
    staff = cached_property(lambda self: Staff(self.center))
    doubles = cached_property(lambda self: finder_of(self.center))
    oldest_age = cached_property(lambda self: setting("import_oldest_age", self.on))

    def load_clients(self, numbers: Iterable[str]) -> None:
        """Whoever was merged into another is the other; without who has moved on. Two queries, whatever their number."""
        ours = Client.unscoped.filter(not_handed_over(self.on, "pk"), center=self.center)
        rows = ours.filter(number__in=set(numbers))
        self.clients = {client.number: client for client in rows.only("number", "center_id")}
        merges = ClientMerge.unscoped.standing().filter(loser__in=self.clients.values())
        self.clients |= {
            merge.loser.number: merge.winner for merge in merges.select_related("winner", "loser")
        }

    def client(self, text: str) -> Client:
        """Of those that load_clients found. Raises ValueError."""
        number = client_number(text)
        if number not in self.clients:
            raise ValueError(
                "この利用者番号の利用者はこのセンターにいません。先に利用者を取り込むか、番号を直してください。"
            )
        return self.clients[number]


def _item_words(items: list[BusinessItem]) -> Vocabulary:
    return Vocabulary("その日の業務項目表", {i.code: (i.short_label, i.label, i.mark) for i in items})
