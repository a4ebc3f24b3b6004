"""Accounts, staff and assignments of the demo; they reach back to the first contract."""

from dataclasses import dataclass, field
from datetime import date, time, timedelta
from random import Random

from django.contrib.auth.hashers import make_password

from centers.enums import FactStatus, Qualification, Role
from centers.models import (
    Center,
    Corporation,
    OpeningHours,
    RoleGrant,
    RuleSetting,
    StaffAssignment,
    StaffMember,
    User,
    Ward,
)
from centers.periods import Month
from centers.reference import DEMO_MARK
from reports.demo.identity import seeded_uuid
from reports.demo.words import CORPORATIONS, FAMILY, MEN, PASSWORD, WOMEN

BEGIN = date(2015, 4, 1)
SINCE_R3 = date(2021, 4, 1)
SINCE_H30 = date(2018, 4, 1)
MADE_UP = "デモの架空の設定"
POSTS = {Role.SOUDAN: "soudan", Role.KINOU: "kinou", Role.CHIIKI: "chiiki"}
OFFICES = [("shi.tanto", Role.SHI, None), ("admin", Role.SYSTEM, None), ("kansa", Role.KANSA, None)]
THIRD_SOUDAN = "nishi"
VACANT_NOW = "higashi2"
VACANT_BEFORE = "minami1"


@dataclass
class Team:
    """The people of one center: role → user, and all 相談員 as staff members."""

    center: Center
    users: dict[Role, User] = field(default_factory=dict)
    counsellors: list[StaffMember] = field(default_factory=list)


class Names:
    """Names for staff, none given twice."""

    def __init__(self, rng: Random):
        self.rng = rng
        self.given: set[tuple] = set()

    def next(self) -> tuple[str, str]:
        while True:
            family, given = self.rng.choice(FAMILY[:50]), self.rng.choice(MEN + WOMEN)
            if (family, given) not in self.given:
                self.given.add((family, given))
                return f"{family[0]} {given[0]}", f"{family[1]} {given[1]}"


def settle_staff(rng: Random, today: date) -> dict[str, Team]:
    """Make accounts and assignments; returns the teams by zone."""
    names, password = Names(rng), make_password(PASSWORD)
    teams = {}
    for center in Center.objects.open_on(today).select_related("zone", "zone__ward"):
        teams[center.zone_id] = _team(rng, names, password, center, today)
    wards = [(f"ku.{ward.code}", Role.KU, ward) for ward in Ward.objects.all()]
    for username, role, ward in OFFICES + wards:
        user = _user(rng, names.next()[0], username, password)
        RoleGrant.objects.create(id=seeded_uuid(rng), user=user, role=role, ward=ward, starts_on=BEGIN)
    return teams


def invent_corporations() -> None:
    """The demo's corporations are made up; the centers' public names stay."""
    for center in Center.objects.select_related("corporation"):
        Corporation.objects.filter(pk=center.corporation_id).update(
            name=CORPORATIONS[center.zone_id], source=MADE_UP, status=FactStatus.PRESUMED
        )
    Center.objects.update(address="")


def mark_as_demo(seed: int) -> None:
    RuleSetting.objects.get_or_create(
        key=DEMO_MARK,
        defaults={
            "value": {"seed": seed},
            "label": "架空のデータのデータベース",
            "starts_on": BEGIN,
            "source": MADE_UP,
        },
    )


def _user(rng: Random, name: str, username: str, password: str) -> User:
    return User.objects.create(id=seeded_uuid(rng), username=username, name=name, password=password)


def _team(rng: Random, names: Names, password: str, center: Center, today: date) -> Team:
    team = Team(center)
    zone = center.zone_id
    for role in (Role.SOUDAN, Role.KINOU, Role.CHIIKI, Role.KANRI):
        name, kana = names.next()
        user = _user(rng, name, f"{zone}.{role.value}", password)
        staff = StaffMember.objects.create(id=seeded_uuid(rng), name=name, kana=kana, user=user)
        RoleGrant.objects.create(id=seeded_uuid(rng), user=user, role=role, center=center, starts_on=BEGIN)
        team.users[role] = user
        if role in POSTS:
            _assign(rng, staff, center, POSTS[role], _begin(role, zone))
        if role == Role.SOUDAN:
            team.counsellors.append(staff)
    team.counsellors += _more_counsellors(rng, names, center, today)
    _open(center)
    return team


def _begin(role: Role, zone: str) -> date:
    """地域支援員 stand in every center since R3, in 中央2 since the model of H30."""
    if role != Role.CHIIKI:
        return BEGIN
    return SINCE_H30 if zone == "chuo2" else SINCE_R3


def _more_counsellors(rng: Random, names: Names, center: Center, today: date) -> list[StaffMember]:
    """The other 相談員, without a login; one center is short now, one was for some weeks."""
    found = []
    for number in range(2 if center.zone_id == THIRD_SOUDAN else 1):
        name, kana = names.next()
        staff = StaffMember.objects.create(id=seeded_uuid(rng), name=name, kana=kana)
        begin = SINCE_R3 if number else BEGIN
        first_of_month = Month.of(today).starts_on
        if center.zone_id == VACANT_NOW:
            _assign(rng, staff, center, "soudan", begin, first_of_month - timedelta(days=31))
            continue
        if center.zone_id == VACANT_BEFORE:
            left = first_of_month - timedelta(days=200)
            _assign(rng, staff, center, "soudan", begin, left)
            begin = left + timedelta(days=76)
        _assign(rng, staff, center, "soudan", begin)
        found.append(staff)
    return found


def _assign(
    rng: Random, staff: StaffMember, center: Center, post: str, begin: date, end: date | None = None
) -> None:
    held = (
        [Qualification.SPECIALIST]
        if post == "soudan"
        else [Qualification.SPECIALIST, Qualification.SOCIAL_WORKER]
    )
    StaffAssignment.objects.create(
        id=seeded_uuid(rng),
        staff=staff,
        center=center,
        post=post,
        starts_on=begin,
        ends_on=end,
        exclusive=post != "soudan",
        qualifications=held,
        experience_months=60,
    )


def _open(center: Center) -> None:
    days = [1, 2, 3, 4, 5, 7 if center.zone_id == "kita2" else 6]
    OpeningHours.objects.bulk_create(
        OpeningHours(
            center=center,
            weekday=day,
            opens_at=time(8, 30),
            closes_at=time(17, 30),
            starts_on=BEGIN,
            source=MADE_UP,
            status=FactStatus.PRESUMED,
        )
        for day in days
    )
