"""Person search: one text, read as a name, a reading, a birth date, a phone's last four figures or a number."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import models
from django.db.models import Q, QuerySet, Value, When
from django.db.models.functions import Length

from cases.enums import CaseState, DatePrecision
from cases.merges import numbered_before
from cases.models import Case, Client, ClientPhone
from cases.people import birth_text, latest_cases
from centers.access import Right, rights_of
from centers.periods import Birth
from centers.text import SearchQuery, classify
from centers.text.search import MAX_LENGTH

CANDIDATES = 7
RESULTS = 50

_MAX_WORDS = 6
_FIGURES = re.compile(r"[0-9]+")
_HEAD_AND_FIGURES = re.compile(r"(.*-)([0-9]+)")


@dataclass(frozen=True)
class Candidate:
    """One line of a list of candidates: just enough to tell two people apart."""

    client_id: UUID
    number: str
    name: str
    kana: str
    birth: str
    town: str
    state: str
    responsible: str
    last_contact_on: date | None
    last_contact_method: str
    center: str


def find_clients(user, text: str, *, on: date, limit: int = CANDIDATES) -> list[Candidate]:
    """The visible clients that fit the text, best first, at most `limit`; none for an empty text.

    Order: the surname itself, then names that begin so, then names that hold it; within each by kana.
    Words may be mixed (「ヨシダ S60.5.10」): every one must fit. `last_contact_method` is a code of the method list;
    `center` names the center of a client that belongs to another one. Two queries, however many are found.
    """
    clients = list(matching_clients(user, text, on=on).select_related("center__zone")[:limit])
    cases = latest_cases(user, clients)
    own = rights_of(user).center_ids(Right.CLIENT_READ)
    return [_candidate(client, cases.get(client.pk), on, own) for client in clients]


def worth_suggesting(text: str, *, on: date) -> bool:
    """Two characters, or one kanji: 林 is a surname, ハ is a beginning of hundreds."""
    return len(text.strip()) > 1 or bool(classify(text, on).name)


def matching_clients(user, text: str, *, on: date) -> QuerySet[Client]:
    """The visible clients that fit the text, in the order of find_clients."""
    text = text[:MAX_LENGTH]
    whole = classify("".join(text.split()), on)
    clients = Client.visible_to(user)
    queries = _queries(text, on)
    if not queries:
        return clients.none()
    for query in queries:
        clients = clients.filter(_condition(query, user))
    return _ranked(clients, whole).order_by("rank", "kana_key", "id")


def _queries(text: str, on: date) -> list[SearchQuery]:
    """The text as one date, phone or number where it is one, else word by word; none when a word says nothing."""
    whole = classify(text, on)
    words = text.split()[:_MAX_WORDS]
    if len(words) < 2 or whole.birth or whole.birthday or whole.phone_tail or whole.number:
        return [whole] if whole.kinds else []
    queries = [classify(word, on) for word in words]
    return queries if all(query.kinds for query in queries) else []


def _condition(query: SearchQuery, user) -> Q:
    """Any of the readings of one query."""
    condition = Q()
    if query.name:
        condition |= Q(name_key__contains=query.name)
    if query.kana:
        condition |= Q(kana_key__contains=query.kana)
    if query.birth:
        condition |= _born(query.birth)
    if query.birthday:
        month, day = query.birthday
        condition |= Q(birth_precision=DatePrecision.DAY, birth_date__month=month, birth_date__day=day)
    if query.phone_tail:
        condition |= Q(pk__in=ClientPhone.visible_to(user).filter(tail=query.phone_tail).values("client"))
    if query.number:
        condition |= _numbered(query.number)
    return condition


def _born(birth: Birth) -> Q:
    """Born within what was typed, or known only to the month or the year that holds it."""
    day = birth.day
    month = (day.replace(day=1), day.replace(day=monthrange(day.year, day.month)[1]))
    year = (date(day.year, 1, 1), date(day.year, 12, 31))
    if birth.precision == DatePrecision.YEAR:
        return Q(birth_date__range=year)
    only_year = Q(birth_precision=DatePrecision.YEAR, birth_date__range=year)
    if birth.precision == DatePrecision.MONTH:
        return Q(birth_date__range=month) | only_year
    only_month = Q(birth_precision=DatePrecision.MONTH, birth_date__range=month)
    return Q(birth_date=day) | only_month | only_year


def _numbered(number: str) -> Q:
    """利用者番号 with or without its head, its zeros and its hyphen: 418, 00418, C2-418, C200418."""
    if _FIGURES.fullmatch(number):
        pattern = rf"(^|[^0-9])0*{number.lstrip('0') or '0'}$"
    elif split := _HEAD_AND_FIGURES.fullmatch(number):
        pattern = rf"^{split[1]}0*{split[2].lstrip('0') or '0'}$"
    else:
        pattern = f"^{'-?'.join(number)}$"
    return Q(number__iregex=pattern) | Q(pk__in=numbered_before(pattern))


def _ranked(clients: QuerySet[Client], query: SearchQuery) -> QuerySet[Client]:
    """`rank`: 0 the surname or the number itself, 1 a beginning, 2 anything else.

    A key has one character for each of the name, so equal lengths tell that the surname is the whole of it.
    """
    clients = clients.alias(kana_length=Length("family_kana"), name_length=Length("family_name"))
    steps = []
    if query.number:
        steps = [When(_numbered(query.number), then=Value(0))]
    for reading in ("kana", "name"):
        if key := getattr(query, reading):
            begins = Q(**{f"{reading}_key__startswith": key})
            surname = begins & Q(**{f"{reading}_length": len(key)})
            steps = [When(surname, then=Value(0)), When(begins, then=Value(1))]
    return clients.annotate(rank=models.Case(*steps, default=Value(2)))


def _candidate(client: Client, case: Case | None, on: date, own: frozenset) -> Candidate:
    return Candidate(
        client_id=client.pk,
        number=client.number,
        name=client.name,
        kana=client.kana,
        birth=birth_text(client, on),
        town=client.town or client.school_district,
        state=CaseState(case.state).label if case else "",
        responsible=case.responsible.family_name if case and case.responsible else "",
        last_contact_on=case.last_contact_on if case else None,
        last_contact_method=case.last_contact_method if case else "",
        center="" if client.center_id in own else str(client.center),
    )
