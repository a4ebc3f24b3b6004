"""What the pages of one 利用者 show around the records: identity, state, next steps, and who may see it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from math import ceil
from uuid import UUID

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.utils import timezone

from cases.enums import DatePrecision, ShareScope, SheetKind
from cases.models import (
    Case,
    Client,
    ClientDisability,
    Consent,
    FollowUp,
    Pin,
    PlanCase,
    ShareGrant,
    SheetSection,
)
from cases.scoping import exceptions, handovers_done
from centers.access import Reach, Right, rights_of
from centers.models import Center, StaffMember, User
from centers.periods import age_on, wareki_birth

STEPS_SHOWN = 20
PLANS_SHOWN = 10


def disability_on(on: date, path: str = "") -> Q:
    """障がい種別 that hold on a day; an empty start means as long as is known."""
    begun = Q(**{f"{path}starts_on__isnull": True}) | Q(**{f"{path}starts_on__lte": on})
    return begun & (Q(**{f"{path}ends_on__isnull": True}) | Q(**{f"{path}ends_on__gte": on}))


def people_with_facts(user, on: date) -> QuerySet[Client]:
    """Visible clients with what the banner shows: in six queries, however many facts there are."""
    current = ClientDisability.visible_to(user).filter(disability_on(on)).order_by("code")
    shares = ShareGrant.visible_to(user).in_force(on).select_related("to_center__zone")
    handed = handovers_done(on).filter(client=OuterRef("pk"))
    return (
        Client.visible_to(user)
        .annotate(has_caution=Exists(_cautions()), handed_on=Subquery(handed.values("handed_on")[:1]))
        .select_related("center__zone", "ward")
        .annotate(is_pinned=Exists(Pin.of(user).filter(client=OuterRef("pk"))))
        .prefetch_related(
            "phones",
            "handbooks",
            Prefetch("disabilities", queryset=current, to_attr="current_disabilities"),
            Prefetch(
                "consents",
                queryset=Consent.visible_to(user).standing(on),
                to_attr="given_consents",
            ),
            Prefetch("shares", queryset=shares.order_by("starts_on"), to_attr="current_shares"),
        )
    )


def _cautions() -> QuerySet[SheetSection]:
    """The 注意 of the outer client's フェイスシート, where something stands in it."""
    return SheetSection.unscoped.filter(client=OuterRef("pk"), kind=SheetKind.CAUTION).exclude(content={})


def latest_cases(user, clients: Collection) -> dict[UUID, Case]:
    """Client id → the open case of each client, else the one closed last. One query."""
    cases = Case.visible_to(user).filter(client__in=clients).select_related("responsible")
    latest = cases.order_by("client_id", F("closed_on").desc(nulls_first=True)).distinct("client_id")
    return {case.client_id: case for case in latest}


def staff_of(center: Center, on: date) -> QuerySet[StaffMember]:
    """Who works in the center on the day: by assignment, or by a role there."""
    posted = StaffMember.objects.filter(assignments__in=center.assignments.in_force(on))
    granted = StaffMember.objects.filter(user__grants__in=center.grants.in_force(on))
    return StaffMember.objects.filter(pk__in=posted.values("pk").union(granted.values("pk"))).order_by(
        "kana", "name"
    )


def pinned_cases(user) -> list[Case]:
    """The latest case of each person whom the user has pinned and may still see, by reading. One query."""
    cases = Case.visible_to(user).filter(client__in=Pin.of(user).values("client"))
    latest = cases.order_by("client_id", F("closed_on").desc(nulls_first=True)).distinct("client_id")
    return sorted(latest.select_related("client"), key=lambda case: case.client.kana_key)


def open_steps(user, client: Client) -> QuerySet[FollowUp]:
    """次の予定 of the client that the user may read, the most urgent first."""
    steps = FollowUp.visible_to(user).filter(client=client, done_on__isnull=True)
    return steps.select_related("staff").order_by("due_on", "due_at", "id")


def plans_of(user, client: Client) -> QuerySet[PlanCase]:
    """計画相談 of the client, running ones first."""
    plans = PlanCase.visible_to(user).filter(client=client)
    return plans.order_by(F("ends_on").desc(nulls_first=True), "-contract_on", "id")


@dataclass(frozen=True)
class Person:
    """One client as its pages show it to one user on one day. `client` comes from people_with_facts."""

    client: Client
    case: Case | None
    user: User
    on: date

    @cached_property
    def rights(self):
        return rights_of(self.user)

    @cached_property
    def own(self) -> bool:
        """Whether it is a client of one of the user's centers."""
        return self.client.center_id in self.rights.center_ids(Right.CLIENT_READ)

    @cached_property
    def shares_to_user(self) -> list[ShareGrant]:
        mine = self.rights.center_ids(Right.CLIENT_READ)
        return [share for share in self.client.current_shares if share.to_center_id in mine]

    @property
    def writable(self) -> bool:
        """Own, or shared to the user's center. Opened by 緊急閲覧 or handed over is read only."""
        return not self.handed_on and (self.own or bool(self.shares_to_user))

    @property
    def editable(self) -> bool:
        return not self.handed_on and self.client.center_id in self.rights.center_ids(Right.CLIENT_EDIT)

    @property
    def may_withdraw(self) -> bool:
        """A consent is withdrawn where it was given, also when the person has moved on: its shares run until then."""
        return self.client.center_id in self.rights.center_ids(Right.CLIENT_EDIT)

    @property
    def handed_on(self) -> date | None:
        """Since when the person is with another center."""
        return self.client.handed_on  # of people_with_facts

    @property
    def opened_until(self) -> datetime | None:
        """Until when the user may read them by 緊急閲覧, where that alone opens them."""
        if self.own or self.shares_to_user:
            return None
        return exceptions(self.rights).opened.get(self.client.pk)

    @property
    def minutes_left(self) -> int:
        """Of the 緊急閲覧, the begun one counted (real clock)."""
        left = self.opened_until - timezone.now() if self.opened_until else timedelta(0)
        return max(ceil(left.total_seconds() / 60), 0)

    @property
    def mergeable(self) -> bool:
        return not self.handed_on and self.client.center_id in self.rights.center_ids(Right.CLIENT_MERGE)

    @property
    def disclosable(self) -> bool:
        return self.client.center_id in self.rights.center_ids(Right.DISCLOSE)

    @property
    def case_editable(self) -> bool:
        return not self.handed_on and self.client.center_id in self.rights.center_ids(Right.CASE_EDIT)

    @property
    def guarded_by_user(self) -> bool:
        """Whether the user decides who may see the person (センター管理者)."""
        return self.client.center_id in self.rights.center_ids(Right.RESTRICTED_READ)

    @property
    def reads_shown(self) -> bool:
        return self.client.center_id in self.rights.center_ids(Right.READ_LOG)

    @property
    def own_entries_only(self) -> bool:
        return (
            self.own
            and self.client.center_id in self.rights.center_ids(Right.NOTE_READ, Reach.OWN)
            and (self.client.center_id not in self.rights.center_ids(Right.NOTE_READ))
        )

    @property
    def identity_only(self) -> bool:
        """Shared without its notes."""
        scopes = {share.scope for share in self.shares_to_user}
        return not self.own and bool(scopes) and ShareScope.NOTES not in scopes

    @property
    def readers(self) -> str:
        """中央2 ウィズの職員と、北2 なでしこの職員(引き継ぎ): who may see the records."""
        if self.case and self.case.restricted:
            return f"{self.client.center}のセンター管理者と、名前を決めた職員だけ"
        shared = [
            f"{share.to_center}の職員({share.get_basis_display()}、{share.get_scope_display()})"
            for share in self.client.current_shares
        ]
        return "と、".join([f"{self.client.center}の職員", *shared])

    @property
    def birth(self) -> str:
        return birth_text(self.client, self.on)

    @property
    def disability_codes(self) -> list[str]:
        return [disability.code for disability in self.client.current_disabilities]

    @property
    def consent(self) -> Consent | None:
        return next(iter(self.client.given_consents), None)


def birth_text(client: Client, on: date) -> str:
    """昭和60年5月10日(41歳), as far as it is known; "" when it is not.

    With a month or a year alone the age is a guess (of the first day), and says so.
    """
    if not client.birth:
        return ""
    about = "" if client.birth.precision == DatePrecision.DAY else "約"
    return f"{wareki_birth(*client.birth)}({about}{age_on(client.birth.day, on)}歳)"
