"""Second ways to a person who is with another center, was merged, or may not be seen: each is closed."""

import uuid
from datetime import date

import pytest
from django.test import Client as Browser
from django.utils import timezone

from cases.actions.assessments import save_assessment
from cases.actions.center_handovers import accept_handover
from cases.actions.disclosures import open_disclosure
from cases.actions.guarding import declare_conflict
from cases.actions.merging import merge_clients, undo_merge
from cases.actions.rights import begin_guardianship
from cases.actions.sharing import share
from cases.models import (
    BreakGlass,
    Case,
    CenterHandover,
    Client,
    Consent,
    DiscriminationConsultation,
    GuardianshipSupport,
    WorkerHandover,
)
from tests.at_once import at_once
from tests.factories import (
    PASSWORD,
    AbuseReportFactory,
    AttachmentFactory,
    BreakGlassFactory,
    CaseConferenceFactory,
    CaseFactory,
    CenterHandoverFactory,
    ClientFactory,
    ConsultationFactory,
    DiscriminationFactory,
    GuardianshipSupportFactory,
    IdentificationFactory,
    IntakeFactory,
    ProviderSupportFactory,
    ReferralFactory,
    WorkerHandoverFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
FAR = "higashi1"


def browser_of(user) -> Browser:
    browser = Browser()
    browser.force_login(user)
    return browser


@pytest.fixture
def manager(on):
    return user_with("kanri")


def handed_over(client: Client, **more) -> CenterHandover:
    handover = CenterHandoverFactory(client=client, to_center=center(FAR), state="sent", moves_on=ON)
    return accept_handover(handover=handover, by=user_with("kanri", FAR), on=ON, **more)


def test_nothing_is_written_about_a_person_who_has_moved_on(manager):
    client = ClientFactory()
    case, other = CaseFactory(client=client), ClientFactory()
    note = ConsultationFactory(client=client, case=case)
    made = {
        f"clients/{client.pk}": ("case/open", "case/course", "case/plan", "conferences/new", "merge"),
        f"conferences/{CaseConferenceFactory(clients=[client, other]).pk}": ("correct", "void"),
        f"intakes/{IntakeFactory(consultation=note).pk}": ("edit", "decide"),
        f"rights/guardianship/{GuardianshipSupportFactory(client=client).pk}": ("edit", "stage"),
        f"rights/equality/{DiscriminationFactory(client=client).pk}": ("edit",),
        f"supports/{ProviderSupportFactory(client=client).pk}": ("correct", "void"),
        f"attachments/{AttachmentFactory(client=client).pk}": ("void",),
        f"identifications/{IdentificationFactory(client=client).pk}": ("undo",),
    }
    places = [f"/{thing}/{deed}/" for thing, deeds in made.items() for deed in deeds]
    places += [f"/rights/{kind}/new/?record={note.pk}" for kind in ("abuse", "equality")]
    handed_over(client)
    browser = browser_of(manager)
    assert {place: browser.post(place, {}).status_code for place in places} == dict.fromkeys(places, 404)
    form = browser.get(f"/clients/{other.pk}/conferences/new/").context["form"]
    assert list(form.clients) == [other]


def test_a_consent_is_withdrawn_where_it_was_given_also_after_the_hand_over(manager):
    client = ClientFactory()
    CaseFactory(client=client)
    consent = Consent.unscoped.create(client=client, given_on=date(2026, 4, 1), scopes=["他のセンター"])
    third = share(
        client=client, to_center=center("kita1"), scope="notes", basis="consent", by=manager, starts_on=ON
    )
    handed_over(client)
    browser, place = browser_of(manager), f"/consents/{consent.pk}/withdraw/"
    assert place in browser.get(f"/clients/{client.pk}/sheet/").content.decode()
    answer = {"version": consent.version, "withdrawn_on": "R8.11.20", "reason": "本人から電話"}
    assert browser.post(place, answer).status_code == 302
    third.refresh_from_db()
    consent.refresh_from_db()
    assert third.revoked_at and consent.withdrawn_on == ON
    assert browser.get(f"/clients/{client.pk}/consents/new/").status_code == 404


def test_a_note_read_by_break_glass_is_not_copied_into_a_row_of_the_own_center(on):
    far = user_with("soudan", FAR)
    note = ConsultationFactory(facts="服薬は朝だけ")
    now = timezone.now()
    BreakGlassFactory(client=note.client, user=far, starts_at=now, ends_at=now + timezone.timedelta(hours=1))
    browser = browser_of(far)
    assert browser.get(f"/consultations/{note.pk}/").status_code == 200
    assert browser.get(f"/rights/equality/new/?record={note.pk}").status_code == 404
    assert not DiscriminationConsultation.unscoped.exists()


def test_a_hand_over_leaves_no_open_end(on):
    """An 引継書 that waits is taken back; who is taken over as a client known before gets a case, as closed as the old."""
    case = CaseFactory(restricted=True, responsible=user_with("kinou").staff_member)
    worker = user_with("soudan")
    note = WorkerHandoverFactory(case=case, to_staff=worker.staff_member)
    known = ClientFactory(center=center(FAR))
    CaseFactory(client=known, closed_on=date(2026, 5, 1), state="closed", closed_reason="転居")
    colleague = browser_of(user_with("soudan", FAR))
    handover = handed_over(case.client, existing=known)
    assert WorkerHandover.unscoped.get().withdrawn_at
    browser_of(worker).post(f"/worker-handovers/{note.pk}/", {"outcome": "received"})
    assert Case.unscoped.get(pk=case.pk).responsible == case.responsible
    assert set(Case.unscoped.filter(client=known).values_list("closed_on", "restricted")) == {
        (date(2026, 5, 1), True),
        (None, True),
    }
    assert colleague.get(f"/clients/{known.pk}/").status_code == 404
    assert colleague.get(f"/handovers/{handover.pk}/").status_code == 404


def test_a_closed_case_gets_no_worker_by_an_old_note(on):
    worker = user_with("soudan")
    case = CaseFactory(responsible=user_with("kinou").staff_member)
    note = WorkerHandoverFactory(case=case, to_staff=worker.staff_member)
    Case.unscoped.update(closed_on=ON, state="closed", closed_reason="統合")
    answer = browser_of(worker).post(f"/worker-handovers/{note.pk}/", {"outcome": "received"}, follow=True)
    assert "終結しているため" in answer.content.decode()
    assert Case.unscoped.get().responsible == case.responsible
    assert WorkerHandover.unscoped.get().waiting


def test_who_may_not_see_a_person_sees_no_sheet_report_or_number_of_them(manager):
    """The sheet that a center received, an abuse report, an opened glass and the numbers of what waits."""
    worker, strengthen = user_with("soudan"), user_with("kinou")
    case = CaseFactory(restricted=True, client__family_name="秘匿")
    referral = ReferralFactory(
        client__center=center(FAR), to_center=case.center, to_name="", to_client=case.client, state="accepted"
    )
    BreakGlassFactory(client=case.client)
    report = AbuseReportFactory(client=CaseFactory().client, received_by=worker)
    declare_conflict(client=report.client, user=worker, by=manager, reason="親族")
    for user in (worker, strengthen):
        browser = browser_of(user)
        assert browser.get(f"/referrals/{referral.pk}/").status_code == 404
        assert "秘匿" not in browser.get("/between/?view=done").content.decode()
    assert "秘匿" not in browser_of(strengthen).get("/glass/").content.decode()
    assert browser_of(worker).get(f"/rights/abuse/{report.pk}/").status_code == 404
    assert browser_of(manager).get(f"/referrals/{referral.pk}/").status_code == 200
    declare_conflict(client=case.client, user=manager, by=manager, reason="友人")
    page = browser_of(manager).get("/glass/?view=waiting")
    assert not page.context["page"].rows and "緊急閲覧 1" not in page.content.decode()


def test_a_sheet_about_a_restricted_person_waits_for_the_manager_alone(on):
    case = CaseFactory(restricted=True)
    waiting = CenterHandoverFactory(client=case.client, to_center=center(FAR), state="sent", moves_on=ON)
    seen = {
        role: browser_of(user_with(role, FAR)).get(f"/handovers/{waiting.pk}/").status_code
        for role in ("soudan", "kinou", "kanri")
    }
    assert seen == {"soudan": 404, "kinou": 404, "kanri": 200}


def test_nobody_breaks_the_glass_over_a_conflict_of_interest(on):
    far = user_with("soudan", FAR)
    case = CaseFactory(client__family_name="髙田", client__family_kana="タカダ", client__given_kana="アイ")
    declare_conflict(client=case.client, user=far, by=far, reason="親族")
    browser = browser_of(far)
    asked = browser.get("/glass/new/")
    browser.post(asked["Location"], {"password": PASSWORD, "next": "/glass/new/"})
    why = {"kind": "01", "reason": "救急隊から服薬の問い合わせがあった", "token": str(uuid.uuid4())}
    answer = browser.post("/glass/new/", {"kana": "たかだ あい", "birth": "S60.5.10"} | why)
    assert answer.status_code == 422 and "見つかりません" in answer.content.decode()
    assert not BreakGlass.unscoped.exists()


def test_what_was_merged_meanwhile_or_parted_again(manager):
    kept, double = ClientFactory(), ClientFactory()
    merge = merge_clients(pk=uuid.uuid4(), winner=kept, loser=double, by=manager, on=ON, reason="同じ人")
    made = save_assessment(
        token=uuid.uuid4(), client=double, by=manager, center=kept.center,
        answers={"held_on": ON, "place": "home", "areas": {}, "overall": "落ち着いている。"},
    )  # fmt: skip
    assert made.client == kept
    worker = user_with("soudan")
    declare_conflict(client=kept, user=worker, by=worker, reason="親族")
    undo_merge(merge=merge, by=manager, reason="別の人")
    assert not Client.visible_to(worker).filter(pk__in=[kept.pk, double.pk]).exists()


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_twice_at_once_is_kept_once(on):
    client, by, token = ClientFactory(), user_with("soudan"), uuid.uuid4()

    def begin():
        return begin_guardianship(
            pk=token, client=client, center=client.center, by=by, on=ON, stage="consult", fields={}
        )

    first, second = at_once(begin, begin)
    assert first == second == GuardianshipSupport.unscoped.get()


def test_what_is_disclosed_does_not_tell_that_there_is_an_abuse_report(manager):
    report = AbuseReportFactory()
    browser = browser_of(manager)
    assert browser.get(f"/rights/abuse/{report.pk}/").status_code == 200
    asked = open_disclosure(pk=uuid.uuid4(), client=report.client, by=manager, asked_on=ON, asker="self")
    assert "虐待" not in browser.get(f"/disclosures/{asked.pk}/pack/").content.decode()
