"""A page takes as many statements for three rows as for one: lists, tabs of a person, and what has parts."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

import pghistory
import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cases.forms.printing import PrintPart
from cases.models import (
    CasePlan,
    Client,
    Consent,
    Disclosure,
    Draft,
    RelatedPerson,
    SheetDate,
    Supporter,
)
from cases.models.conference import ConferenceAttendee, ConferenceDecision
from centers.memory import forget
from centers.models import AccessLog, ReadAlarm, ReadSample, ReadSampling, User
from tests.architecture.walk import MONTH, between_centers
from tests.factories import (
    AbuseReportFactory,
    AbuseStepFactory,
    AnonymousThreadFactory,
    AssessmentFactory,
    AttachmentFactory,
    BreakGlassFactory,
    CaseConferenceFactory,
    CaseFactory,
    CenterHandoverFactory,
    ClientFactory,
    ConsultationFactory,
    DiscriminationFactory,
    FollowUpFactory,
    GuardianshipStepFactory,
    GuardianshipSupportFactory,
    InquiryAnswerFactory,
    IntakeFactory,
    OrganizationFactory,
    OrganizationPersonFactory,
    PaperOriginalFactory,
    ProviderSupportFactory,
    QuickTextFactory,
    ReferralFactory,
    WorkerHandoverFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


def measured(browser: Browser, pages: Iterable[str]) -> dict[str, tuple[int, int]]:
    """Page → its statements, with nothing remembered from the page before, and the length of what it shows."""
    for page in pages:  # what a session and the pages themselves keep is there from now on
        assert browser.get(page).status_code == 200, page
    found = {}
    for page in pages:
        forget()
        with CaptureQueriesContext(connection) as statements:
            shown = browser.get(page).content
        found[page] = (len(statements), len(shown))
    return found


def faults(browser: Browser, pages: list[str], add: Callable[[], object], figures: Iterable[str] = ()) -> str:
    """Pages that ask more for three rows than for one, and those that show nothing more (but for `figures`)."""
    add()
    one = measured(browser, pages)
    add()
    add()
    three = measured(browser, pages)
    found = []
    for page in pages:
        (few, short), (many, long) = one[page], three[page]
        if few != many:
            found.append(f"{page}: {few} statements for one row, {many} for three")
        if long <= short and page not in figures:
            found.append(f"{page}: does not show what was added")
    return "\n".join(found)


def a_person_with_everything(reader: User) -> Client:
    """Another person of the center in every list, all written by other people."""
    worker = user_with("soudan")
    client = ClientFactory(center=center(), school_district="架空校区", support_level_until=date(2026, 12, 1))
    case = CaseFactory(client=client, responsible=worker.staff_member)
    note = ConsultationFactory(client=client, case=case)
    thread = AnonymousThreadFactory()
    lone = ConsultationFactory(anonymous=True, thread=thread)
    IntakeFactory(consultation=note)
    IntakeFactory(consultation=lone, state="approved", decided_by=worker, decided_at=timezone.now())
    FollowUpFactory(client=client, staff=worker.staff_member)
    FollowUpFactory(client=None, thread=thread, center=center(), kind="call")
    SheetDate.unscoped.create(client=client, kind="certificate", due_on=date(2026, 12, 1))
    between_centers(client, worker, worker)
    foreign = ClientFactory(center=center("kita1"))
    ReferralFactory(client=foreign, to_center=center(), to_name="")
    ReferralFactory(client=client, state="refused", answered_at=timezone.now(), answered_by=worker)
    CenterHandoverFactory(client=foreign, to_center=center(), state="sent")
    BreakGlassFactory(client=foreign, user=reader, for_center=center())
    AbuseReportFactory(client=client, received_by=worker)
    GuardianshipSupportFactory(client=client)
    DiscriminationFactory(client=client)
    provider = OrganizationFactory()
    ProviderSupportFactory(provider=provider, client=client, case=case, staff=worker.staff_member)
    QuickTextFactory()
    Draft.unscoped.create(pk=note.pk, user=reader, center=center(), client=client, content={"facts": "途中"})
    _drawn(client, worker)
    return client


def _drawn(client: Client, user: User) -> None:
    """A read of the client, drawn for サンプル確認, and an alarm."""
    read = AccessLog.objects.create(
        user=user, verb="read", roles="相談員", page="cases:client", client_id=client.pk, center=client.center
    )
    sampling, _ = ReadSampling.objects.get_or_create(center=client.center, month=date(2026, 10, 1))
    ReadSample.objects.create(sampling=sampling, read=read, position=sampling.samples.count() + 1)
    ReadAlarm.objects.create(user=user, day=date(2026, 11, 20), most=200)


def addresses(pages: Mapping[str, Iterable[str]], *args) -> list[str]:
    return [f"{reverse(page, args=args)}{query}" for page, queries in pages.items() for query in queries]


def test_the_lists_of_a_center(on):
    reader = user_with("kanri")
    pages = addresses(
        {
            "cases:intakes": ["?view=waiting", "?view=all"],
            "cases:rights": ["?view=abuse", "?view=guardianship", "?view=equality"],
            "cases:between": ["", "?view=sent", "?view=done", "?kind=referrals", "?kind=handovers"],
            "cases:glasses": ["", "?view=waiting"],
            "cases:supports": ["", f"?month={MONTH}"],
            "centers:organizations": [""],
            "cases:expiries": ["?view=all"],
            "cases:followups": ["?view=all", "?view=calls"],
            "cases:client_list": ["?view=all", "?view=anonymous"],
            "cases:own_reads": [""],
            "cases:read_samples": [""],
            "cases:quick_texts": [""],
            "cases:drafts": [""],
            "reports:home": [""],
        }
    )
    pages += addresses({"cases:coverage_center": [""]}, center().pk)
    pages += addresses({"reports:monthly_records": [""]}, center().pk, MONTH, "methods", "4")
    figures = addresses({"reports:monthly_center": [""]}, center().pk, MONTH)
    assert not faults(signed_in(reader), pages + figures, lambda: a_person_with_everything(reader), figures)


def test_the_lists_of_the_city(on):
    mayor = user_with("shi")
    pages = addresses({"cases:city_abuse": [""], "cases:glasses": [""]})
    figures = addresses({"cases:coverage": [""], "reports:monthly": [f"?month={MONTH}"]})

    def add():
        client = ClientFactory()
        AbuseReportFactory(client=client)
        GuardianshipSupportFactory(client=client)
        DiscriminationFactory(client=client)
        BreakGlassFactory(client__center=center("kita1"), user=mayor)
        ProviderSupportFactory(client=client)

    assert not faults(signed_in(mayor), pages + figures, add, figures)


def test_the_tabs_of_a_person(on):
    reader = user_with("kanri")
    client = ClientFactory(center=center())
    case = CaseFactory(client=client, responsible=user_with("soudan").staff_member)
    read = [
        "cases:sheet",
        "cases:case",
        "cases:assessments",
        "cases:client_conferences",
        "cases:client_rights",
    ]
    read += ["cases:client_between", "cases:client_files", "cases:client_reads", "cases:client_disclosures"]
    pages = addresses(dict.fromkeys(read, ("",)) | {"cases:client": ["", "?tab=basic"]}, client.pk)
    chosen = "&".join(f"parts={part}" for part in PrintPart.values)
    pages += addresses({"cases:client_print": [f"?starts_on=R8.4.1&ends_on=R8.11.20&{chosen}"]}, client.pk)
    disclosure = Disclosure.unscoped.create(
        center=center(), client=client, asked_on=on, asker="self", opened_by=reader
    )
    pages += addresses({"cases:disclosure_pack": [""]}, disclosure.pk)

    def add():
        worker = user_with("soudan")
        number = CasePlan.unscoped.count() + 1
        mine = {"client": client, "written_by": worker}
        note = ConsultationFactory(case=case, **mine)
        FollowUpFactory(staff=worker.staff_member, **mine)
        IntakeFactory(consultation=note)
        AssessmentFactory(version=number, **mine)
        AttachmentFactory(client=client, added_by=worker, consultation=note)
        PaperOriginalFactory(client=client, added_by=worker)
        GuardianshipStepFactory(support=GuardianshipSupportFactory(**mine), written_by=worker)
        DiscriminationFactory(**mine)
        AbuseReportFactory(client=client, received_by=worker)
        ReferralFactory(**mine)
        CenterHandoverFactory(state="withdrawn", **mine)
        InquiryAnswerFactory(client=client)
        conference = CaseConferenceFactory(center=center(), written_by=worker, clients=[client])
        talked_over(conference, worker)
        CasePlan.unscoped.create(
            case=case, center=center(), version=number, made_on=on, review_on=on, long_goal="目標", **mine
        ).goals.create(position=1, goal="短期")
        WorkerHandoverFactory(
            case=case, to_staff=worker.staff_member, withdrawn_at=timezone.now(), withdrawn_by=worker
        )
        with pghistory.context(user=str(worker.pk)):
            CaseFactory(
                client=client, state="closed", opened_on=date(2025, 1, 1), closed_on=date(2026, 1, number)
            )
        RelatedPerson.unscoped.create(client=client, name="架空 花子", updated_by=worker)
        Supporter.unscoped.create(client=client, place="架空病院", updated_by=worker)
        Consent.unscoped.create(client=client, given_on=date(2026, 4, 1), explained_by=worker.staff_member)
        Disclosure.unscoped.create(
            center=center(), client=client, asked_on=on, asker="self", opened_by=worker
        )
        _drawn(client, worker)

    assert not faults(signed_in(reader), pages, add)


def talked_over(conference, worker: User) -> None:
    """One more 出席者 and one more decision."""
    place = conference.attendees.count() + 1
    part = {"conference": conference, "position": place}
    ConferenceAttendee.unscoped.create(organization=OrganizationFactory(), name="架空", **part)
    ConferenceDecision.unscoped.create(what="電話する", staff=worker.staff_member, **part)


def test_what_has_parts(on):
    reader = user_with("kanri")
    client = ClientFactory(center=center())
    conference = CaseConferenceFactory(center=center(), clients=[client])
    report = AbuseReportFactory(client=client, received_by=reader, steps=False)
    guardianship = GuardianshipSupportFactory(client=client)
    provider = OrganizationFactory()
    thread = AnonymousThreadFactory()
    pages = [
        *addresses({"cases:conference": [""]}, conference.pk),
        *addresses({"cases:abuse": [""]}, report.pk),
        *addresses({"cases:guardianship": [""]}, guardianship.pk),
        *addresses({"centers:organization": [""]}, provider.pk),
        *addresses({"cases:supports": [f"?provider={provider.pk}"]}),
        *addresses({"cases:thread": [""]}, thread.pk),
    ]

    def add():
        worker = user_with("soudan")
        talked_over(conference, worker)
        AbuseStepFactory(report=report, written_by=worker)
        GuardianshipStepFactory(support=guardianship, written_by=worker)
        OrganizationPersonFactory(organization=provider)
        ProviderSupportFactory(provider=provider, client=client, written_by=worker)
        ConsultationFactory(anonymous=True, thread=thread, written_by=worker)

    assert not faults(signed_in(reader), pages, add)
