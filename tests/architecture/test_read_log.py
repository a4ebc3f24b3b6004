"""Every page against what it must leave in the read log: a row for each person shown, and none twice."""

import uuid
from collections import Counter

import pytest
from django.test import Client as Browser

from cases.actions.notes import index_notes
from cases.models import Draft
from centers.enums import AccessVerb, Role
from centers.models import AccessLog, Center
from tests.architecture.test_access_walk import url
from tests.architecture.walk import OWN_ZONE, canary, expectations, own_things, settle, walker
from tests.factories import ClientFactory

pytestmark = pytest.mark.django_db
NAME = f"{canary(OWN_ZONE)} {canary(OWN_ZONE)}"
READ, PRINT, EXPORT = AccessVerb.READ, AccessVerb.PRINT, AccessVerb.EXPORT
SEARCH = AccessVerb.SEARCH
KANRI, SOUDAN, SHI = "kanri", "soudan", "shi"
APPS = ("cases:", "reports:")

# What a page shows → the pages. Written by hand from what stands on them, not read from the program.
ONE = """
    cases:sheet cases:sheet_section cases:sheet_row_new cases:sheet_row cases:address_move
    cases:consent_new cases:consent cases:consent_withdraw
    cases:log_client cases:client cases:client_timeline cases:client_edit cases:client_reads
    cases:consultation cases:consultation_correct cases:consultation_void reports:record_counting
    cases:client_disclosures cases:client_merge cases:merge_undo cases:identification_undo
    cases:client_files cases:attachment_new cases:attachment_void
    cases:paper_new cases:paper_handed cases:paper_void
    cases:intake cases:intake_edit
    cases:assessments cases:assessment_new cases:assessment cases:assessment_compare
    cases:followup_new cases:followup_done
    cases:client_between cases:referral_new cases:referral cases:handover_new cases:handover
    cases:handover_edit cases:inquiry cases:glass_judge
    cases:client_rights cases:abuse cases:abuse_edit cases:abuse_step cases:abuse_step_correct
    cases:abuse_members cases:guardianship_new cases:guardianship cases:guardianship_edit
    cases:equality cases:equality_edit
    cases:support cases:support_correct cases:support_void
    cases:case cases:case_course cases:case_plan cases:case_restrict cases:client_conflict
    cases:client_print cases:worker_handover
    cases:client_conferences cases:conference_new cases:conference cases:conference_correct
    cases:conference_void
""".split()
# Lists with notes or with more than a candidate line: a row for each client, here the one.
LIST = "cases:intakes cases:between cases:glasses cases:rights cases:supports reports:home".split()
# Persons without a name.
OBJECT = "cases:thread cases:thread_identify cases:consultation_identify".split()
# Under a right of its own: the row names what was opened.
LOCKED = {"cases:abuse_reporter": READ, "cases:disclosure": READ, "cases:disclosure_pack": EXPORT}
BOTH = ["cases:inquiry_answer"]  # the registration of the asking center, and ours
MANY = ["reports:monthly_records"]  # a client's and the two records without a client
# Names by which nobody is looked at, so that no row is written.
NAMES = {
    "cases:client_list": "candidate lines",
    "cases:log": "whom the user has just written about",
    "cases:drafts": "the user's own words",
    "cases:draft": "the same; a person who is chosen in it is noted",
    "cases:own_reads": "what the user did, by number",
}
# Of 相談員 these lists hold their own work alone.
OWN_WORK = "cases:between cases:glasses reports:home".split()
NOTHING = {
    "posts only": """
        cases:log_person cases:log_known cases:draft_save cases:draft_discard cases:suggest
        cases:intake_decide cases:abuse_take cases:guardianship_stage cases:guardianship_stage_void
        cases:client_pin
    """,
    "leads to another page, which notes the read": """
        cases:consultation_restore cases:intake_new cases:inquiry_glass cases:glass_new
        cases:support_restore cases:coverage cases:case_open cases:case_assign cases:case_close
        cases:quick_text_delete reports:monthly
    """,
    "empty until something is typed or chosen": """
        cases:note_search cases:search cases:abuse_new cases:equality_new cases:support_new
        cases:city_abuse_new
    """,
    "of others only: the user's own work list is no look at anybody": "cases:followups cases:expiries",
    "a file whose bytes are lost; tests/cases/test_files.py takes one that is there": "cases:attachment",
    "by number, where reads were drawn": "cases:read_samples",
    "cases by number and stage": "cases:city_abuse",
    "no person": """
        cases:coverage_center cases:quick_texts cases:quick_text
        reports:counting_rules reports:monthly_center reports:monthly_close reports:monthly_versions
        reports:city reports:city_csv reports:city_center reports:ward
    """,
    "closed to these roles": "cases:inquiry_new reports:audit reports:audit_glasses",
}
SILENT = [page for pages in NOTHING.values() for page in pages.split()]
TOLD = [*ONE, *LIST, *OBJECT, *LOCKED, *BOTH, *MANY, *NAMES, *SILENT]


def rows_of(role: str, page: str, home, client) -> list[tuple]:
    """(verb, client or none, whether an object is named) of each row that opening the page must leave."""
    one, lone = (READ, client.pk, False), (READ, None, True)
    if role == SHI and page not in {"cases:abuse", "cases:abuse_step"}:
        return []  # all other pages of the city are figures, or ask for a reason first
    if role == SOUDAN and page in OWN_WORK:
        return []
    if page in LOCKED:
        return [(LOCKED[page], client.pk, True)]
    if page in BOTH:
        return [one, (READ, home.objects["inquiry_answer"].inquiry.client_id, False)]
    if page in MANY:
        return [one, lone, lone]
    if page in OBJECT:
        return [lone]
    return [one] if page in ONE or page in LIST else []


class Visitor:
    """A user who opens pages, and what is wrong with what each of them left."""

    def __init__(self, role: str, user):
        self.role, self.user, self.pages, self.wrong = role, user, 0, []
        self.noted: Counter[str] = Counter()
        self.browser = Browser()
        self.browser.force_login(user)

    def opens(self, page: str, address: str, expected: list[tuple], **post) -> None:
        newest = AccessLog.objects.order_by("pk").values_list("pk", flat=True).last() or 0
        answer = self.browser.post(address, post) if post else self.browser.get(address)
        rows = AccessLog.objects.filter(pk__gt=newest)
        left = [(AccessVerb(row.verb), row.client_id, bool(row.object_id)) for row in rows]
        self.pages += 1
        self.noted.update(verb for verb, _, _ in left)
        if answer.status_code not in {200, 302, 405}:
            self.wrong.append(f"{self.role} {address}: answers {answer.status_code}")
        if Counter(left) != Counter(expected):
            self.wrong.append(f"{self.role} {page}{address}: left {left}, not {expected}")
        mine = (page, self.user.pk, Role(self.role).label)
        if any((row.page, row.user_id, row.roles) != mine for row in rows):
            self.wrong.append(f"{self.role} {page}: a row of another page, user or role")
        silent = page in NAMES or (self.role == SOUDAN and page in OWN_WORK)
        if NAME in answer.content.decode("utf-8", "replace") and not rows and not silent:
            self.wrong.append(f"{self.role} {page}: shows the person and left nothing")


def walked(role: str):
    """The pages that the role may open; 相談員 the lists and what is their own, 市 what is about persons."""
    for row in expectations():
        reach, page = row[role], row["page"]
        if reach in {"no", "none"} or (reach, role) == ("mine", KANRI):
            continue
        own = row["chiiki"] == "mine" or not row["object"]
        apps = {KANRI: (*APPS, "centers:organization"), SOUDAN: APPS if own else (), SHI: ("cases:",)}
        if page.startswith(apps[role]):
            yield row


def test_every_page_of_the_apps_that_know_persons_is_told():
    pages = {row["page"] for row in expectations() if row["page"].startswith(APPS)}
    assert sorted(TOLD) == sorted(pages)


def test_each_person_shown_is_noted_once(on, record_property):
    home = settle(Center.objects.select_related("zone__ward").get(zone=OWN_ZONE))
    client = home.objects["client"]
    visitors = [Visitor(role, walker(role)) for role in (KANRI, SOUDAN, SHI)]
    for visitor in visitors:
        mine = own_things(visitor.user, home) if visitor.role == SOUDAN else home
        for row in walked(visitor.role):
            page, kind = row["page"], row["object"]
            about = mine.objects[kind].client if kind == "worker_handover" else client
            address = url(page, mine.target(kind) if kind else {})
            visitor.opens(page, address, rows_of(visitor.role, page, mine, about))
    manager, _, city = visitors
    choices(manager, home, client)
    report = home.objects["abuse"]
    city.opens(
        "cases:abuse_reporter",
        url("cases:abuse_reporter", {"pk": report.pk}),
        [(READ, client.pk, True)],
        reason="対応の確認のため",
    )
    record_property("pages", sum(visitor.pages for visitor in visitors))
    record_property("rows", sum(sum(visitor.noted.values()) for visitor in visitors))
    wrong = [problem for visitor in visitors for problem in visitor.wrong]
    assert not wrong, "\n".join(wrong)


def choices(manager: Visitor, home, client) -> None:
    """What the same pages show when something is chosen or typed."""
    one, paper = (READ, client.pk, False), (PRINT, client.pk, False)
    other = ClientFactory(center=home.center)
    draft = Draft.unscoped.create(
        group=uuid.uuid4(), user=manager.user, center=home.center, content={"clients": [str(client.pk)]}
    )
    for page, kind, query, expected in (
        ("cases:followups", "", "view=all", [one]),
        ("cases:followups", "", "view=calls", []),
        ("cases:expiries", "", "view=all", [one]),
        ("cases:rights", "", "view=guardianship", [one]),
        ("cases:rights", "", "view=equality", [one]),
        ("cases:intakes", "", "view=all", [one]),
        ("cases:between", "", "view=sent", [one]),
        ("cases:between", "", "view=done", []),
        ("cases:glasses", "", "view=waiting", [one]),
        ("cases:client_list", "", "view=all", []),
        ("cases:client_list", "", "view=anonymous", []),
        ("cases:client", "client", "tab=basic", [one]),
        ("cases:client", "client", "print=1", [paper]),
        ("cases:sheet", "client", "print=1", [paper]),
        ("cases:intake", "intake", "print=1", [paper]),
        ("cases:conference", "conference", "print=1", [paper]),
        ("cases:client_print", "client", "parts=basic&starts_on=R8.4.1&ends_on=R8.11.20", [paper]),
        ("cases:client_merge", "client", f"other={other.pk}", [one, (READ, other.pk, False)]),
        ("cases:abuse_new", "", f"client={client.pk}", [one]),
        ("cases:equality_new", "", f"client={client.pk}", [one]),
        ("cases:equality_new", "", f"record={home.objects['note'].pk}", [one]),
    ):
        manager.opens(page, f"{url(page, home.target(kind) if kind else {})}?{query}", expected)
    manager.opens("cases:draft", url("cases:draft", {"group": draft.pk}), [one])
    manager.opens("cases:log_person", url("cases:log_person", {}), [one], client=str(client.pk))
    looked = (SEARCH, None, False)
    manager.opens("cases:search", url("cases:search", {}), [looked], q=client.family_name)
    index_notes([home.objects["note"], home.objects["anonymous"]])
    found = [looked, one, (READ, None, True)]
    manager.opens("cases:note_search", url("cases:note_search", {}), found, q=home.objects["note"].facts)
