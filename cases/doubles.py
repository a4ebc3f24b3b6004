"""Persons of a center who may be registered already (cases.rules.agreement)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from cases.enums import DatePrecision
from cases.models import Client, ClientPhone
from cases.rules import SAME_PERSON, Traits, agreement
from cases.scoping import merged_clients
from centers.models import Center, User
from centers.periods import Birth
from centers.text import digits, kana_key, name_key, phone_tail

SHOWN = 3


@dataclass(frozen=True)
class Double:
    """`why`: カナと生年月日."""

    client: Client
    why: str

    def __str__(self) -> str:
        return f"{self.client.number}({self.why}が同じ)"


def traits(*, kana: str, name: str = "", birth: Birth | None = None, phones: Iterable[str] = ()) -> Traits:
    """As people type them; a birth date counts only when it is known to the day."""
    return Traits(
        kana=kana_key(kana),
        name=name_key(name),
        birth=birth.day if birth and birth.precision == DatePrecision.DAY else None,
        phones=frozenset(digits(phone) for phone in phones if phone_tail(phone)),
    )


def traits_of(client: Client) -> Traits:
    """Of a client whose phones are prefetched."""
    return traits(
        kana=client.family_kana + client.given_kana,
        name=client.family_name + client.given_name,
        birth=client.birth,
        phones=[phone.number for phone in client.phones.all()],
    )


def possible_doubles(
    user: User, center: Center, wanted: Traits, *, besides: UUID | None = None
) -> list[Double]:
    """Clients of the center that the user sees and that agree in enough; most agreement first. Two queries."""
    if wanted.known < SAME_PERSON:
        return []
    phones = ClientPhone.visible_to(user).filter(tail__in={phone_tail(phone) for phone in wanted.phones})
    near = Q(pk__in=phones.values("client"))
    if wanted.birth:
        near |= Q(birth_date=wanted.birth)
    clients = Client.visible_to(user).filter(near, center=center).exclude(pk=besides)
    return DoubleFinder(clients.prefetch_related("phones").order_by("number")).find(wanted)[:SHOWN]


def finder_of(center: Center) -> "DoubleFinder":
    """Of all clients of the center, for many questions at once."""
    clients = Client.unscoped.filter(center=center).exclude(pk__in=merged_clients())
    return DoubleFinder(clients.prefetch_related("phones").order_by("number"))


class DoubleFinder:
    """Answers for many persons without a further query."""

    def __init__(self, clients: QuerySet[Client]):
        self._near: dict[object, list[tuple[Client, Traits]]] = defaultdict(list)
        for client in clients:
            known = traits_of(client)
            for key in (known.birth, *known.phones):
                if key:
                    self._near[key].append((client, known))

    def find(self, wanted: Traits) -> list[Double]:
        """Whoever agrees in two of three agrees in the birth date or in a phone."""
        near = {
            client.pk: (client, known)
            for key in (wanted.birth, *wanted.phones)
            if key
            for client, known in self._near.get(key, ())
        }
        found = [(client, agreement(wanted, known)) for client, known in near.values()]
        found = [(client, same) for client, same in found if len(same) >= SAME_PERSON]
        return [Double(client, "と".join(same)) for client, same in sorted(found, key=_most_first)]


def _most_first(found: tuple[Client, Sequence[str]]) -> tuple[int, str]:
    client, same = found
    return -len(same), client.number
