"""A page takes as many statements for three rows as for one: lists, tabs of a person, and what has parts."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

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
from centers.models import AccessLog, Organization, ReadAlarm, ReadSample, ReadSampling, User
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


def costs(browser: Browser, pages: Iterable[str]) -> dict[str, int]:
    """Page → statements, with nothing remembered from the page before."""
    counted = {}
    for page in pages:
        assert browser.get(page).status_code == 200, page  # what a session keeps is there from now on
        forget()
        with CaptureQueriesContext(connection) as statements:
            browser.get(page)
        counted[page] = len(statements)
    return counted


def grown(browser: Browser, pages: list[str], add: Callable[[], object]) -> list[str]:
    """The pages that take another number of statements after `add` has run once and after three times."""
    add()
    one = costs(browser, pages)
    add()
    add()
    three = costs(browser, pages)
    return [f"{page}: {one[page]} → {three[page]}" for page in pages if one[page] != three[page]]


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


def test_the_lists_of_a_center(on):
    reader = user_with("kanri")
    here = center().pk
    pages = [
        f"{reverse(page)}{query}"
        for page, queries in {
            "cases:intakes": ["?view=waiting", "?view=mine", "?view=all"],
            "cases:rights": ["?view=abuse", "?view=guardianship", "?view=equality"],
            "cases:between": ["", "?view=sent", "?view=done", "?kind=referrals", "?kind=handovers"],
            "cases:glasses": ["", "?view=waiting"],
            "cases:supports": ["", f"?month={MONTH}"],
            "centers:organizations": [""],
            "cases:expiries": ["", "?view=all"],
            "cases:followups": ["?view=all", "?view=calls"],
            "cases:client_list": ["?view=all", "?view=anonymous"],
            "cases:own_reads": [""],
            "cases:read_samples": [""],
            "cases:quick_texts": [""],
            "cases:drafts": [""],
            "reports:home": [""],
        }.items()
        for query in queries
    ]
    pages += [reverse("cases:coverage_center", args=[here])]
    pages += [reverse(f"reports:monthly_{page}", args=[here, MONTH]) for page in ("center", "versions")]
    pages += [reverse("reports:monthly_records", args=[here, MONTH, "methods", "4"])]
    city = ["cases:city_abuse", "cases:glasses", "cases:coverage", "reports:monthly"]

    def add():
        a_person_with_everything(reader)
        BreakGlassFactory(client__center=center("kita1"), user=mayor)

    mayor = user_with("shi")
    browser = signed_in(reader)
    assert not grown(browser, pages, add)
    assert browser.get("/intakes/?view=all").content.decode().count("data-row") == 6
    city_pages = [reverse(page) for page in city]
    assert not grown(signed_in(mayor), city_pages, add)
