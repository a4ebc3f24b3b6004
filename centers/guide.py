"""操作の手引き: the guides by role, their chapters, and the chapter that helps with each page.

The text is Markdown in docs/利用の手引き/, read there as well as here. A guide is one file: its introduction, then
the list of its chapters (files of 章/), which several guides may share. A chapter's name never changes: links and
the help of the pages hang on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString

from centers.access import rights_of
from centers.enums import Role
from centers.guide_text import GuideError, links_of, parse, render
from centers.models import User

FOLDER: Path = settings.BASE_DIR / "docs" / "利用の手引き"
CHAPTERS = FOLDER / "章"
CHAPTER_LIST = "この手引きの章"  # the heading over a guide's list of chapters

FILES: dict[Role, str] = {
    Role.SOUDAN: "相談員",
    Role.KINOU: "相談支援機能強化員",
    Role.CHIIKI: "地域支援員",
    Role.KANRI: "センター管理者",
    Role.SHI: "市",
    Role.KU: "区役所",
    Role.SYSTEM: "システム管理者",
    Role.KANSA: "監査",
}

# Pages of the product that the guides point to, by the place in README.md that tells of them.
IN_THE_PRODUCT = {"README.md#キー操作": "centers:keys", "README.md#計上ルール": "reports:counting_rules"}

# The chapter that helps with a page. Addresses that are never opened as a page of their own (parts of a page,
# files, buttons) have none.
HELP: dict[str, str] = {
    "account_change_password": "login",
    "account_reauthenticate": "login",
    "mfa_index": "login",
    "mfa_activate_totp": "login",
    "mfa_deactivate_totp": "login",
    "mfa_reauthenticate": "login",
    "mfa_generate_recovery_codes": "login",
    "mfa_view_recovery_codes": "login",
    "usersessions_list": "login",
    "centers:me": "login",
    "centers:notices": "notices",
    "centers:mail": "notices",
    "centers:contracts": "contracts",
    "centers:districts": "districts",
    "centers:district_new": "districts",
    "centers:district_end": "districts",
    "centers:accounts": "accounts",
    "centers:account": "accounts",
    "centers:account_invite": "accounts",
    "centers:account_invitation": "accounts",
    "centers:account_stop": "accounts",
    "centers:account_start": "accounts",
    "centers:account_password": "accounts",
    "centers:account_second_step": "accounts",
    "centers:account_grant": "accounts",
    "centers:account_grant_end": "accounts",
    "centers:account_move": "accounts",
    "cases:log": "log",
    "cases:log_client": "log",
    "cases:drafts": "log",
    "cases:draft": "log",
    "cases:search": "find",
    "cases:note_search": "find",
    "cases:client_list": "find",
    "cases:client": "client",
    "cases:client_edit": "client",
    "cases:thread": "client",
    "cases:client_reads": "reads",
    "cases:sheet": "sheet",
    "cases:sheet_section": "sheet",
    "cases:sheet_row_new": "sheet",
    "cases:sheet_row": "sheet",
    "cases:address_move": "sheet",
    "cases:consent_new": "consent",
    "cases:consent": "consent",
    "cases:consent_withdraw": "consent",
    "cases:expiries": "sheet",
    "cases:consultation": "correct",
    "cases:consultation_correct": "correct",
    "cases:consultation_void": "correct",
    "cases:own_reads": "login",
    "cases:read_samples": "reads",
    "cases:client_disclosures": "disclosure",
    "cases:disclosure": "disclosure",
    "cases:disclosure_pack": "disclosure",
    "cases:client_merge": "merge",
    "cases:merge_undo": "merge",
    "cases:client_files": "files",
    "cases:attachment_new": "files",
    "cases:attachment_void": "files",
    "cases:paper_new": "files",
    "cases:paper_handed": "files",
    "cases:paper_void": "files",
    "cases:thread_identify": "anonymous",
    "cases:consultation_identify": "anonymous",
    "cases:identification_undo": "anonymous",
    "cases:intakes": "intake",
    "cases:intake_new": "intake",
    "cases:intake": "intake",
    "cases:intake_edit": "intake",
    "cases:intake_decide": "intake",
    "cases:assessments": "assessment",
    "cases:assessment_new": "assessment",
    "cases:assessment": "assessment",
    "cases:assessment_compare": "assessment",
    "cases:followups": "followups",
    "cases:followup_new": "followups",
    "cases:followup_done": "followups",
    "cases:between": "between",
    "cases:client_between": "between",
    "cases:referral_new": "between",
    "cases:referral": "between",
    "cases:handover_new": "between",
    "cases:handover": "between",
    "cases:handover_edit": "between",
    "cases:inquiry_new": "between",
    "cases:inquiry": "between",
    "cases:inquiry_answer": "between",
    "cases:glasses": "glass",
    "cases:glass_new": "glass",
    "cases:inquiry_glass": "glass",
    "cases:glass_judge": "glass",
    "reports:audit_glasses": "glass",
    "cases:rights": "rights",
    "cases:client_rights": "rights",
    "cases:abuse_new": "rights",
    "cases:abuse": "rights",
    "cases:abuse_edit": "rights",
    "cases:abuse_step": "rights",
    "cases:abuse_step_correct": "rights",
    "cases:abuse_reporter": "rights",
    "cases:abuse_members": "rights",
    "cases:city_abuse": "city_abuse",
    "cases:city_abuse_new": "city_abuse",
    "cases:guardianship_new": "rights",
    "cases:guardianship": "rights",
    "cases:guardianship_edit": "rights",
    "cases:guardianship_stage": "rights",
    "cases:equality_new": "rights",
    "cases:equality": "rights",
    "cases:equality_edit": "rights",
    "cases:supports": "support",
    "cases:support": "support",
    "cases:support_new": "support",
    "cases:support_correct": "support",
    "cases:support_void": "support",
    "cases:coverage": "support",
    "cases:coverage_center": "support",
    "centers:organizations": "organizations",
    "centers:organization": "organizations",
    "centers:organization_new": "organizations",
    "centers:organization_edit": "organizations",
    "centers:organization_person_new": "organizations",
    "centers:organization_person_edit": "organizations",
    "cases:quick_texts": "quick",
    "cases:quick_text": "quick",
    "reports:record_counting": "correct",
    "cases:case": "case",
    "cases:case_open": "case",
    "cases:case_assign": "case",
    "cases:case_course": "case",
    "cases:case_plan": "case",
    "cases:case_close": "case",
    "cases:case_restrict": "guarding",
    "cases:client_conflict": "guarding",
    "cases:client_print": "case",
    "cases:worker_handover": "case",
    "cases:client_conferences": "conferences",
    "cases:conference_new": "conferences",
    "cases:conference": "conferences",
    "cases:conference_correct": "conferences",
    "cases:conference_void": "conferences",
    "reports:home": "day",
    "reports:monthly": "monthly",
    "reports:monthly_center": "monthly",
    "reports:monthly_records": "monthly",
    "reports:monthly_close": "closing",
    "reports:monthly_versions": "closing",
    "reports:city": "city",
    "reports:city_center": "city",
    "reports:ward": "ward",
    "reports:audit": "audit",
}


@dataclass(frozen=True)
class Chapter:
    """One chapter inside a guide; `name` is its place on the guide's page."""

    name: str
    title: str
    html: SafeString


@dataclass(frozen=True)
class Guide:
    """One guide, ready to be shown."""

    role: Role
    title: str
    summary: str
    introduction: SafeString
    chapters: tuple[Chapter, ...]


def guides_of(user: User) -> tuple[list[Role], list[Role]]:
    """Whose guides are the user's own by the grants in force, and the others; both in the order of FILES."""
    own = set(rights_of(user).roles)
    return [role for role in FILES if role in own], [role for role in FILES if role not in own]


def help_url(user: User, page: str) -> str:
    """The page's chapter in the user's own guide, else in the first that has it; without a chapter the list of guides."""
    own, others = guides_of(user)
    try:
        return _first_with(HELP.get(page), (*own, *others))
    except GuideError:  # a missing text must not take every page down
        return reverse("centers:help")


@cache
def chapters_of(role: Role) -> tuple[str, ...]:
    """Names of the guide's chapters, in reading order."""
    listed = links_of(_split(role)[1])
    return tuple(Path(link).stem for link in listed)


@cache
def guide(role: Role) -> Guide:
    """Raises GuideError where the text names a chapter or picture that is not there."""
    introduction, _ = _split(role)
    title, tokens = _titled(introduction)
    return Guide(
        role=role,
        title=title,
        summary=next(token.content for token in tokens if token.type == "inline"),
        introduction=_html(tokens, role, FOLDER),
        chapters=tuple(_chapter(role, name) for name in chapters_of(role)),
    )


def _split(role: Role) -> tuple[list, list]:
    """The guide's own text, and its list of chapters."""
    tokens = parse(_read(FOLDER / f"{FILES[role]}.md"))
    for at, token in enumerate(tokens):
        if token.type == "inline" and token.content == CHAPTER_LIST:
            return tokens[: at - 1], tokens[at + 2 :]
    raise GuideError(f"{FILES[role]}.md has no list of chapters")


def _chapter(role: Role, name: str) -> Chapter:
    title, tokens = _titled(parse(_read(CHAPTERS / f"{name}.md")))
    return Chapter(name, title, _html(tokens, role, CHAPTERS))


def _read(file: Path) -> str:
    if not file.is_file():
        raise GuideError(f"{file.name} is not there")
    return file.read_text(encoding="utf-8")


def _titled(tokens: list) -> tuple[str, list]:
    """The title of a file, which its first line holds, and the rest."""
    if not tokens or tokens[0].tag != "h1":
        raise GuideError("a file of the guides starts with its title")
    return tokens[1].content, tokens[3:]


def _html(tokens: Sequence, role: Role, folder: Path) -> SafeString:
    return render(
        tokens,
        link=lambda target: _address(target, role, folder),
        picture=lambda name: static(f"guide/{name}"),
        folder=folder,
    )


def _address(target: str, role: Role, folder: Path) -> str:
    """Where a link of the text leads in the product: a chapter (of this guide, if it has it), a guide, a page."""
    path, _, _ = target.partition("#")
    file = (folder / path).resolve()
    place = f"README.md{target[len(path) :]}"
    if file == FOLDER / "README.md" and place in IN_THE_PRODUCT:
        return reverse(IN_THE_PRODUCT[place])
    if file.parent == CHAPTERS and file.suffix == ".md":
        return _chapter_address(file.stem, role)
    for other, name in FILES.items():
        if file == FOLDER / f"{name}.md":
            return reverse("centers:guide", args=[other.value])
    raise GuideError(f"the link {target} leads nowhere")


def _chapter_address(name: str, role: Role) -> str:
    return f"#{name}" if name in chapters_of(role) else _first_with(name, tuple(FILES))


def _first_with(name: str | None, roles: Sequence[Role]) -> str:
    """Address of the chapter in the first of these guides that has it."""
    for role in roles:
        if name in chapters_of(role):
            return f"{reverse('centers:guide', args=[role.value])}#{name}"
    raise GuideError(f"no guide has the chapter {name}")
