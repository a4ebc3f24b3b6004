"""Who may: the one table of rights, and the one table of pages.

Source: the city's contract documents (posts and duties) and the access matrix of the product.
A page without an entry here is closed for everybody, and a test fails.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q

from centers.enums import CENTER_ROLES, Role
from centers.memory import remembered
from centers.models import Center, RoleGrant, User
from centers.models.base import in_force
from centers.periods import today


class Right(StrEnum):
    CLIENT_READ = "client.read"
    CLIENT_REGISTER = "client.register"
    CLIENT_EDIT = "client.edit"
    CASE_EDIT = "case.edit"
    NOTE_READ = "note.read"
    NOTE_WRITE = "note.write"
    NOTE_CORRECT = "note.correct"
    FOLLOWUP_WRITE = "followup.write"
    INTAKE_APPROVE = "intake.approve"
    MONTH_CLOSE = "month.close"  # also: to change a record of a month that is closed
    RESTRICTED_READ = "restricted.read"
    READ_LOG = "readlog.read"
    READ_SAMPLE = "readlog.sample"  # confirm the month's drawn reads
    CLIENT_MERGE = "client.merge"
    DISCLOSE = "client.disclose"  # prepare what a person asks for of their own data
    FIGURES_READ = "figures.read"
    FIGURES_RECORDS = "figures.records"
    DASHBOARD_CENTER = "dashboard.center"
    DASHBOARD_WARD = "dashboard.ward"
    DASHBOARD_CITY = "dashboard.city"
    STAFFING_READ = "staffing.read"
    CONTRACT_READ = "contract.read"
    FINDING_READ = "finding.read"  # of centers: staffing, plan cases
    WARD_FINDING_READ = "finding.ward.read"  # of wards: their meetings
    AUDIT_READ = "audit.read"
    ACCOUNT_READ = "account.read"
    ACCOUNT_MANAGE = "account.manage"  # stop, reset, end sessions; of whom: centers.accounts
    ROLE_GIVE_STAFF = "role.give.staff"
    ROLE_GIVE_MANAGER = "role.give.manager"
    ROLE_GIVE_WARD = "role.give.ward"
    ROLE_PROPOSE = "role.propose"  # of the roles that two persons give
    ROLE_APPROVE = "role.approve"
    DISTRICT_READ = "district.read"  # which 町丁 and 校区 make which 圏域
    DISTRICT_MANAGE = "district.manage"
    ABUSE_MAKE = "abuse.make"
    ABUSE_READ = "abuse.read"
    ABUSE_REPORTER_READ = "abuse.reporter.read"  # who has told of it: apart from the report itself
    ABUSE_CITY = "abuse.city"  # the city's part: requests, judgement, feedback
    ORGANIZATION_READ = "organization.read"
    ORGANIZATION_EDIT = "organization.edit"
    SUPPORT_READ = "support.read"  # 後方支援 of the center
    SUPPORT_WRITE = "support.write"
    COVERAGE_READ = "coverage.read"  # which providers had how much 後方支援: numbers and public names
    QUICK_TEXT_CENTER = "quicktext.center"  # the 定型文 of the whole center
    OPERATION_READ = "operation.read"  # how the system itself runs: backups
    CLIENT_OPEN = "client.open"  # the page of one person: also what was opened by 緊急閲覧
    NOTE_OPEN = "note.open"
    REFERRAL = "referral"
    REFERRAL_ANSWER = "referral.answer"
    HANDOVER = "handover"
    HANDOVER_DECIDE = "handover.decide"
    INQUIRY = "inquiry"
    INQUIRY_ANSWER = "inquiry.answer"
    GLASS_OPEN = "glass.open"
    GLASS_READ = "glass.read"
    GLASS_JUDGE = "glass.judge"


class Reach(StrEnum):
    """How far a right goes."""

    CENTER = "center"  # every row of the centers granted
    OWN = "own"  # in these centers, what one wrote or is assigned to
    WARD = "ward"
    CITY = "city"


_CENTER_STAFF = dict.fromkeys(CENTER_ROLES, Reach.CENTER)
_CASEWORKERS = {Role.SOUDAN: Reach.CENTER, Role.KINOU: Reach.CENTER, Role.KANRI: Reach.CENTER}
_STRENGTHENERS = {Role.KINOU: Reach.CENTER, Role.KANRI: Reach.CENTER}
_OWN_FOR_CHIIKI = _CASEWORKERS | {Role.CHIIKI: Reach.OWN}
_ON_THE_REPORT = {
    **dict.fromkeys((Role.SOUDAN, Role.KINOU, Role.CHIIKI), Reach.OWN),
    Role.KANRI: Reach.CENTER,
    Role.SHI: Reach.CITY,
}
_CITY_EYES = {Role.SHI: Reach.CITY, Role.KANSA: Reach.CITY}

RIGHTS: dict[Right, dict[Role, Reach]] = {
    Right.CLIENT_READ: _CENTER_STAFF,
    Right.CLIENT_REGISTER: _CENTER_STAFF,
    Right.CLIENT_EDIT: _CASEWORKERS,
    Right.CASE_EDIT: _CASEWORKERS,
    Right.NOTE_READ: _OWN_FOR_CHIIKI,
    Right.NOTE_WRITE: _CENTER_STAFF,
    Right.NOTE_CORRECT: _OWN_FOR_CHIIKI,
    Right.FOLLOWUP_WRITE: _CENTER_STAFF,
    Right.INTAKE_APPROVE: {Role.KINOU: Reach.CENTER, Role.KANRI: Reach.CENTER},
    Right.MONTH_CLOSE: {Role.KANRI: Reach.CENTER},
    Right.RESTRICTED_READ: {Role.KANRI: Reach.CENTER},
    Right.READ_LOG: {Role.KANRI: Reach.CENTER},
    Right.READ_SAMPLE: {Role.KANRI: Reach.CENTER},
    Right.CLIENT_MERGE: {Role.KANRI: Reach.CENTER},
    Right.DISCLOSE: {Role.KANRI: Reach.CENTER},
    Right.FIGURES_READ: _CENTER_STAFF | _CITY_EYES,
    Right.FIGURES_RECORDS: _CENTER_STAFF | {Role.SHI: Reach.CITY},
    Right.DASHBOARD_CENTER: _CENTER_STAFF,
    Right.DASHBOARD_WARD: {Role.KU: Reach.WARD, Role.SHI: Reach.CITY},
    Right.DASHBOARD_CITY: _CITY_EYES,
    Right.STAFFING_READ: _CENTER_STAFF | _CITY_EYES,
    Right.CONTRACT_READ: {Role.KANRI: Reach.CENTER, Role.SYSTEM: Reach.CITY} | _CITY_EYES,
    Right.FINDING_READ: _CENTER_STAFF | _CITY_EYES,
    Right.WARD_FINDING_READ: {Role.KU: Reach.WARD} | _CITY_EYES,
    Right.AUDIT_READ: {Role.KANSA: Reach.CITY},
    Right.ACCOUNT_READ: {Role.KANRI: Reach.CENTER, Role.SYSTEM: Reach.CITY} | _CITY_EYES,
    Right.ACCOUNT_MANAGE: {Role.KANRI: Reach.CENTER, Role.SHI: Reach.CITY, Role.SYSTEM: Reach.CITY},
    Right.ROLE_GIVE_STAFF: {Role.KANRI: Reach.CENTER},
    Right.ROLE_GIVE_MANAGER: {Role.KANRI: Reach.CENTER, Role.SHI: Reach.CITY},
    Right.ROLE_GIVE_WARD: {Role.SHI: Reach.CITY},
    Right.ROLE_PROPOSE: {Role.SHI: Reach.CITY, Role.SYSTEM: Reach.CITY},
    Right.ROLE_APPROVE: {Role.SHI: Reach.CITY},
    Right.DISTRICT_READ: {Role.SHI: Reach.CITY, Role.SYSTEM: Reach.CITY},
    Right.DISTRICT_MANAGE: {Role.SYSTEM: Reach.CITY},
    Right.ABUSE_MAKE: _CENTER_STAFF,
    Right.ABUSE_READ: _ON_THE_REPORT,
    Right.ABUSE_REPORTER_READ: _ON_THE_REPORT,
    Right.ABUSE_CITY: {Role.SHI: Reach.CITY},
    Right.ORGANIZATION_READ: _CENTER_STAFF | _CITY_EYES | {Role.KU: Reach.WARD},
    Right.ORGANIZATION_EDIT: _CENTER_STAFF,
    Right.SUPPORT_READ: _CENTER_STAFF,
    Right.SUPPORT_WRITE: _STRENGTHENERS,
    Right.COVERAGE_READ: _CENTER_STAFF | {Role.SHI: Reach.CITY},
    Right.QUICK_TEXT_CENTER: _STRENGTHENERS,
    Right.OPERATION_READ: {Role.SYSTEM: Reach.CITY},
    Right.CLIENT_OPEN: _CENTER_STAFF | {Role.SHI: Reach.CITY},
    Right.NOTE_OPEN: _OWN_FOR_CHIIKI | {Role.SHI: Reach.CITY},
    Right.REFERRAL: _OWN_FOR_CHIIKI,
    Right.REFERRAL_ANSWER: _CASEWORKERS,
    Right.HANDOVER: _CASEWORKERS,
    Right.HANDOVER_DECIDE: {Role.KANRI: Reach.CENTER},
    Right.INQUIRY: _CASEWORKERS,
    Right.INQUIRY_ANSWER: {Role.KINOU: Reach.CENTER, Role.KANRI: Reach.CENTER},
    Right.GLASS_OPEN: _CASEWORKERS | {Role.SHI: Reach.CITY},
    Right.GLASS_READ: {
        Role.SOUDAN: Reach.OWN,
        Role.KINOU: Reach.CENTER,
        Role.KANRI: Reach.CENTER,
        Role.SHI: Reach.OWN,
        Role.KANSA: Reach.CITY,
    },
    Right.GLASS_JUDGE: {Role.KANRI: Reach.CENTER},
}

PUBLIC = "public"
SIGNED_IN = "signed-in"

PAGES: dict[str, Right | str] = {
    "healthz": PUBLIC,
    # login: opened by the login package itself
    "account_login": PUBLIC,
    "account_logout": PUBLIC,
    "mfa_authenticate": PUBLIC,
    # opened by the token in its link
    "centers:first_login": PUBLIC,
    "centers:invitation": PUBLIC,
    "account_change_password": SIGNED_IN,
    "account_reauthenticate": SIGNED_IN,
    "mfa_index": SIGNED_IN,
    "mfa_activate_totp": SIGNED_IN,
    "mfa_deactivate_totp": SIGNED_IN,
    "mfa_reauthenticate": SIGNED_IN,
    "mfa_generate_recovery_codes": SIGNED_IN,
    "mfa_view_recovery_codes": SIGNED_IN,
    "mfa_download_recovery_codes": SIGNED_IN,
    "usersessions_list": SIGNED_IN,
    # everybody
    "centers:help": SIGNED_IN,
    "centers:guide": SIGNED_IN,
    "centers:keys": SIGNED_IN,
    "centers:me": SIGNED_IN,
    "centers:mail": SIGNED_IN,
    "centers:notices": SIGNED_IN,
    "centers:notice_open": SIGNED_IN,
    "centers:contracts": Right.CONTRACT_READ,
    "centers:districts": Right.DISTRICT_READ,
    "centers:district_new": Right.DISTRICT_MANAGE,
    "centers:district_end": Right.DISTRICT_MANAGE,
    # アカウント: what one may do there is asked again for each account and role
    "centers:accounts": Right.ACCOUNT_READ,
    "centers:account": Right.ACCOUNT_READ,
    "centers:account_invite": Right.ACCOUNT_MANAGE,
    "centers:account_invitation": Right.ACCOUNT_READ,
    "centers:account_stop": Right.ACCOUNT_MANAGE,
    "centers:account_start": Right.ACCOUNT_MANAGE,
    "centers:account_sessions": Right.ACCOUNT_MANAGE,
    "centers:account_password": Right.ACCOUNT_MANAGE,
    "centers:account_second_step": Right.ACCOUNT_MANAGE,
    "centers:account_grant": Right.ACCOUNT_MANAGE,
    "centers:account_grant_end": Right.ACCOUNT_MANAGE,
    "centers:account_move": Right.ROLE_GIVE_STAFF,
    # 利用者と相談
    "cases:log": Right.NOTE_WRITE,
    "cases:log_client": Right.NOTE_WRITE,
    "cases:log_person": Right.NOTE_WRITE,
    "cases:log_known": Right.NOTE_WRITE,
    "cases:draft_save": Right.NOTE_WRITE,
    "cases:drafts": Right.NOTE_WRITE,
    "cases:draft": Right.NOTE_WRITE,
    "cases:draft_discard": Right.NOTE_WRITE,
    "cases:suggest": Right.CLIENT_READ,
    "cases:search": Right.CLIENT_READ,
    "cases:note_search": Right.NOTE_READ,
    "cases:client_list": Right.CLIENT_READ,
    "cases:client": Right.CLIENT_OPEN,
    "cases:client_timeline": Right.CLIENT_OPEN,
    "cases:client_edit": Right.CLIENT_EDIT,
    "cases:client_reads": Right.READ_LOG,
    "cases:consultation": Right.NOTE_OPEN,
    "cases:sheet": Right.CLIENT_READ,
    "cases:sheet_section": Right.CLIENT_EDIT,
    "cases:sheet_row_new": Right.CLIENT_EDIT,
    "cases:sheet_row": Right.CLIENT_EDIT,
    "cases:address_move": Right.CLIENT_EDIT,
    "cases:consent_new": Right.CLIENT_EDIT,
    "cases:consent": Right.CLIENT_EDIT,
    "cases:consent_withdraw": Right.CLIENT_EDIT,
    "cases:expiries": Right.CLIENT_READ,
    "cases:consultation_correct": Right.NOTE_CORRECT,
    "cases:consultation_void": Right.NOTE_CORRECT,
    "cases:consultation_restore": Right.NOTE_CORRECT,
    "cases:thread": Right.NOTE_READ,
    "cases:own_reads": SIGNED_IN,
    "cases:read_samples": Right.READ_SAMPLE,
    "cases:client_disclosures": Right.DISCLOSE,
    "cases:disclosure": Right.DISCLOSE,
    "cases:disclosure_pack": Right.DISCLOSE,
    "cases:client_merge": Right.CLIENT_MERGE,
    "cases:merge_undo": Right.CLIENT_MERGE,
    "cases:client_files": Right.NOTE_READ,
    "cases:attachment_new": Right.NOTE_WRITE,
    "cases:attachment": Right.NOTE_READ,
    "cases:attachment_void": Right.NOTE_CORRECT,
    "cases:paper_new": Right.NOTE_WRITE,
    "cases:paper_handed": Right.NOTE_CORRECT,
    "cases:paper_void": Right.NOTE_CORRECT,
    "cases:thread_identify": Right.CLIENT_EDIT,
    "cases:consultation_identify": Right.CLIENT_EDIT,
    "cases:identification_undo": Right.CLIENT_EDIT,
    "cases:intakes": Right.NOTE_READ,
    "cases:intake_new": Right.NOTE_CORRECT,
    "cases:intake": Right.NOTE_READ,
    "cases:intake_edit": Right.NOTE_CORRECT,
    "cases:intake_decide": Right.INTAKE_APPROVE,
    "cases:assessments": Right.NOTE_READ,
    "cases:assessment_new": Right.CASE_EDIT,
    "cases:assessment": Right.NOTE_READ,
    "cases:assessment_compare": Right.NOTE_READ,
    "cases:followups": Right.FOLLOWUP_WRITE,
    "cases:followup_new": Right.FOLLOWUP_WRITE,
    "cases:followup_done": Right.FOLLOWUP_WRITE,
    # 紹介・引き継ぎ・照会・緊急閲覧
    "cases:between": Right.REFERRAL,
    "cases:client_between": Right.REFERRAL,
    "cases:referral_new": Right.REFERRAL,
    "cases:referral": Right.REFERRAL,
    "cases:handover_new": Right.HANDOVER,
    "cases:handover": Right.HANDOVER,
    "cases:handover_edit": Right.HANDOVER,
    "cases:inquiry_new": Right.INQUIRY,
    "cases:inquiry": Right.INQUIRY,
    "cases:inquiry_answer": Right.INQUIRY_ANSWER,
    "cases:glasses": Right.GLASS_OPEN,
    "cases:glass_new": Right.GLASS_OPEN,
    "cases:inquiry_glass": Right.INQUIRY,
    "cases:glass_judge": Right.GLASS_JUDGE,
    # 権利擁護
    "cases:rights": Right.ABUSE_MAKE,
    "cases:client_rights": Right.CLIENT_READ,
    "cases:abuse_new": Right.ABUSE_MAKE,
    "cases:abuse": Right.ABUSE_READ,
    "cases:abuse_edit": Right.ABUSE_MAKE,
    "cases:abuse_step": Right.ABUSE_READ,
    "cases:abuse_step_correct": Right.ABUSE_READ,
    "cases:abuse_reporter": Right.ABUSE_REPORTER_READ,
    "cases:abuse_take": Right.ABUSE_MAKE,
    "cases:abuse_members": Right.ABUSE_MAKE,
    "cases:city_abuse": Right.ABUSE_CITY,
    "cases:city_abuse_new": Right.ABUSE_CITY,
    "cases:guardianship_new": Right.NOTE_WRITE,
    "cases:guardianship": Right.NOTE_READ,
    "cases:guardianship_edit": Right.NOTE_WRITE,
    "cases:guardianship_stage": Right.NOTE_WRITE,
    "cases:guardianship_stage_void": Right.NOTE_WRITE,
    "cases:equality_new": Right.NOTE_WRITE,
    "cases:equality": Right.NOTE_READ,
    "cases:equality_edit": Right.NOTE_WRITE,
    # 関係機関
    "centers:organizations": Right.ORGANIZATION_READ,
    "centers:organization": Right.ORGANIZATION_READ,
    "centers:organization_new": Right.ORGANIZATION_EDIT,
    "centers:organization_edit": Right.ORGANIZATION_EDIT,
    "centers:organization_check": Right.ORGANIZATION_EDIT,
    "centers:organization_close": Right.ORGANIZATION_EDIT,
    "centers:organization_twins": Right.ORGANIZATION_EDIT,
    "centers:organization_choices": Right.ORGANIZATION_READ,
    "centers:organization_names": Right.ORGANIZATION_READ,
    "centers:organization_person_new": Right.ORGANIZATION_EDIT,
    "centers:organization_person_edit": Right.ORGANIZATION_EDIT,
    # 後方支援
    "cases:supports": Right.SUPPORT_READ,
    "cases:support": Right.SUPPORT_READ,
    "cases:support_new": Right.SUPPORT_WRITE,
    "cases:support_correct": Right.SUPPORT_WRITE,
    "cases:support_void": Right.SUPPORT_WRITE,
    "cases:support_restore": Right.SUPPORT_WRITE,
    "cases:coverage": Right.COVERAGE_READ,
    "cases:coverage_center": Right.COVERAGE_READ,
    # 定型文
    "cases:quick_texts": Right.NOTE_WRITE,
    "cases:quick_text": Right.NOTE_WRITE,
    "cases:quick_text_delete": Right.NOTE_WRITE,
    # ケース
    "cases:case": Right.CLIENT_READ,
    "cases:case_open": Right.CASE_EDIT,
    "cases:case_assign": Right.CASE_EDIT,
    "cases:case_course": Right.CASE_EDIT,
    "cases:case_plan": Right.CASE_EDIT,
    "cases:case_close": Right.CASE_EDIT,
    "cases:case_restrict": Right.RESTRICTED_READ,
    "cases:client_conflict": Right.CLIENT_READ,
    "cases:client_pin": Right.CLIENT_READ,
    "cases:client_print": Right.CLIENT_READ,
    "cases:worker_handover": Right.NOTE_READ,
    "cases:client_conferences": Right.NOTE_READ,
    "cases:conference_new": Right.NOTE_WRITE,
    "cases:conference": Right.NOTE_READ,
    "cases:conference_correct": Right.NOTE_CORRECT,
    "cases:conference_void": Right.NOTE_CORRECT,
    # 集計と報告
    "reports:record_counting": Right.NOTE_READ,
    "reports:home": SIGNED_IN,
    "reports:counting_rules": SIGNED_IN,
    "reports:monthly": Right.FIGURES_READ,
    "reports:monthly_center": Right.FIGURES_READ,
    "reports:monthly_records": Right.FIGURES_RECORDS,
    "reports:monthly_close": Right.MONTH_CLOSE,
    "reports:monthly_versions": Right.FIGURES_READ,
    "reports:city": Right.DASHBOARD_CITY,
    "reports:city_csv": Right.DASHBOARD_CITY,
    "reports:city_center": Right.DASHBOARD_CITY,
    "reports:ward": Right.DASHBOARD_WARD,
    "reports:audit": Right.AUDIT_READ,
    "reports:audit_glasses": Right.AUDIT_READ,
}


@dataclass(frozen=True)
class Grant:
    role: Role
    center_id: object = None
    ward_id: str | None = None
    center_ward_id: str | None = None  # the ward that the center lies in


@dataclass(frozen=True)
class Rights:
    """The union of one user's grants in force on one day."""

    user_id: object
    on: date
    grants: tuple[Grant, ...]
    # client id → why the user may read them, where that must stand in the read log; filled by what opens them
    read_reasons: dict = field(default_factory=dict, compare=False)

    @property
    def roles(self) -> tuple[Role, ...]:
        return tuple(dict.fromkeys(grant.role for grant in self.grants))

    def allowed(self, right: Right) -> bool:
        return any(grant.role in RIGHTS[right] for grant in self.grants)

    def center_ids(self, right: Right, reach: Reach = Reach.CENTER) -> frozenset:
        """Centers in which the right reaches so far."""
        return frozenset(
            g.center_id for g in self.grants if g.center_id and RIGHTS[right].get(g.role) == reach
        )

    def ward_ids(self, right: Right) -> frozenset:
        return frozenset(
            g.ward_id for g in self.grants if g.ward_id and RIGHTS[right].get(g.role) == Reach.WARD
        )

    def city_wide(self, right: Right) -> bool:
        return any(RIGHTS[right].get(grant.role) == Reach.CITY for grant in self.grants)


NOBODY = Rights(user_id=None, on=date.min, grants=())


def rights_of(user: User, *, on: date | None = None) -> Rights:
    """The rights of a user on a day (today unless named); worked out once per request and user object."""
    if not user.is_authenticated or not user.is_active:
        return NOBODY
    day = on or today()
    cache = user.__dict__.setdefault("_rights", {})
    if day not in cache:
        cache[day] = Rights(user.pk, day, tuple(_grants_in_force(user, day)))
    return cache[day]


def _grants_in_force(user: User, on: date) -> Iterable[Grant]:
    """A center's grants end with the center: its old corporation reads nothing after the last day."""
    still_open = Q(center__isnull=True) | in_force(on, start="center__opened_on", end="center__closed_on")
    grants = RoleGrant.objects.in_force(on).filter(still_open, user=user).order_by("starts_on")
    facts = grants.values_list("role", "center", "ward", "center__zone__ward")
    return (Grant(Role(role), *places) for role, *places in facts)


def allowed(user: User, right: Right) -> bool:
    return rights_of(user).allowed(right)


def may_open(user: User, page: str) -> bool:
    """Whether the page's entry lets the user in; an unknown page lets nobody in."""
    needed = PAGES.get(page)
    if needed is None:
        return False
    if needed == PUBLIC:
        return True
    if needed == SIGNED_IN:
        return user.is_authenticated
    return allowed(user, Right(needed))


def center_of(user: User) -> Center | None:
    """The center in whose name the user writes: the one of the latest grant in force with a center."""
    rights = rights_of(user)
    ids = [grant.center_id for grant in rights.grants if grant.center_id]
    return _center(ids[-1]) if ids else None


@remembered
def _center(pk: object) -> Center:
    return Center.objects.select_related("zone", "zone__ward").get(pk=pk)


def centers_visible(user: User, right: Right):
    """Centers (public rows) for which the user holds the right: own, of the ward, or all."""
    rights = rights_of(user)
    centers = Center.objects.select_related("zone", "zone__ward")
    if rights.city_wide(right):
        return centers
    return centers.filter(Q(pk__in=rights.center_ids(right)) | Q(zone__ward__in=rights.ward_ids(right)))


@dataclass(frozen=True)
class NavItem:
    page: str
    label: str
    icon: str


NAVIGATION = (
    NavItem("reports:home", "ホーム", "home"),
    NavItem("reports:city", "9センターの状況", "chart"),
    NavItem("cases:client_list", "利用者・ケース", "people"),
    NavItem("cases:note_search", "記録を言葉で探す", "search"),
    NavItem("cases:followups", "連絡・訪問の予定", "calendar"),
    NavItem("cases:intakes", "相談受付票", "clipboard"),
    NavItem("cases:rights", "権利擁護", "shield"),
    NavItem("cases:city_abuse", "虐待対応の進み", "shield"),
    NavItem("cases:between", "紹介・引き継ぎ", "swap"),
    NavItem("cases:glasses", "緊急閲覧", "lock"),
    NavItem("cases:supports", "後方支援", "link"),
    NavItem("centers:organizations", "関係機関", "building"),
    NavItem("reports:monthly", "月次実績", "file"),
    NavItem("cases:read_samples", "閲覧のサンプル確認", "eye"),
    NavItem("reports:audit", "閲覧・操作の記録", "eye"),
    NavItem("centers:contracts", "契約・配置", "building"),
    NavItem("centers:districts", "圏域・校区", "building"),
    NavItem("centers:accounts", "アカウント", "key"),
    NavItem("centers:notices", "お知らせ", "bell"),
)


def navigation(user: User) -> list[NavItem]:
    """The side navigation: the pages of the list that the user may open.

    ホーム only for those whose home is a page of its own; the others' home is another line of the list.
    """
    rights = rights_of(user)
    own_home = rights.center_ids(Right.DASHBOARD_CENTER) or rights.ward_ids(Right.DASHBOARD_WARD)
    return [
        item for item in NAVIGATION if may_open(user, item.page) and (own_home or item.page != "reports:home")
    ]
