"""緊急閲覧: proof, reason, minutes, who is told, and the judgement."""

import uuid
from datetime import date, timedelta

import pytest
from allauth.mfa.totp.internal import auth as totp
from django.test import Client as Browser
from django.utils import timezone

from cases.actions.glass import judgement_day
from cases.models import BreakGlass, Case, Client, Inquiry, InquiryAnswer
from centers.models import AccessLog, Notice, RoleGrant
from tests.factories import (
    PASSWORD,
    CaseFactory,
    ClientFactory,
    ConsultationFactory,
    center,
    set_rule,
    user_with,
)

pytestmark = pytest.mark.django_db

ON = date(2026, 11, 20)
FAR = "higashi1"
NEW = "/glass/new/"
WHY = {"kind": "01", "reason": "救急隊から服薬の問い合わせがあった"}


@pytest.fixture
def note(on):
    client = ClientFactory(family_name="髙田", family_kana="タカダ", given_kana="アイ")
    case = CaseFactory(client=client)
    return ConsultationFactory(client=client, case=case, facts="服薬は朝だけ")


def typed(**fields) -> dict:
    return {"token": str(uuid.uuid4()), "kana": "たかだ あい", "birth": "S60.5.10"} | WHY | fields


def proven(user) -> Browser:
    """Signed in, and the password typed again just now."""
    browser = Browser()
    browser.force_login(user)
    asked = browser.get(NEW)
    browser.post(asked["Location"], {"password": PASSWORD, "next": NEW})
    return browser


@pytest.fixture
def far(on):
    return user_with("soudan", FAR)


def test_from_the_reason_to_the_judgement(note, far):
    place, record = f"/clients/{note.client.pk}/", f"/consultations/{note.pk}/"
    browser = proven(far)
    assert browser.get(place).status_code == 404
    fields = typed()
    for _ in range(2):  # sent twice opens once
        assert browser.post(NEW, fields)["Location"] == place
    glass = BreakGlass.unscoped.get()
    assert glass.ends_at - glass.starts_at == timedelta(minutes=60)
    assert (glass.for_center, glass.kind, glass.judge_by) == (center(FAR), "01", date(2026, 11, 30))

    page = browser.get(place)
    assert "緊急閲覧中: あと60分" in page.content.decode() and "服薬は朝だけ" in page.content.decode()
    assert browser.get(record).status_code == 200
    for closed in ("log/", "edit/", "followups/new/", "referrals/new/"):
        assert browser.get(place + closed).status_code == 404
    assert browser.get(f"{record}correct/").status_code == 404
    reads = AccessLog.objects.filter(client_id=note.client.pk, user=far, verb="read")
    assert set(reads.values_list("page", "reason")) == {
        ("cases:client", "緊急閲覧"),
        ("cases:consultation", "緊急閲覧"),
    }
    told = Notice.objects.filter(kind="break_glass")
    assert set(told.values_list("role", "center")) == {
        ("kanri", note.center_id),
        ("kinou", note.center_id),
        ("kansa", None),
    }
    assert not [one for one in told if "髙田" in one.title + one.body or note.client.number in one.body]

    manager = Browser()
    manager.force_login(user_with("kanri"))
    listed = manager.get("/glass/?view=waiting").content.decode()
    assert "髙田" in listed and WHY["reason"] in listed
    judge = f"/glass/{glass.pk}/"
    assert "利用者ページ" in manager.get(judge).content.decode()
    assert manager.post(judge, {"verdict": "proper", "comment": ""}).status_code == 422
    manager.post(judge, {"verdict": "proper", "comment": "救急隊の記録で確かめた"})
    manager.post(judge, {"verdict": "improper", "comment": "やっぱり"})
    glass.refresh_from_db()
    assert (glass.verdict, glass.comment) == ("proper", "救急隊の記録で確かめた")

    BreakGlass.unscoped.update(starts_at=timezone.now() - timedelta(hours=2), ends_at=timezone.now())
    assert browser.get(place).status_code == 404


def test_only_after_proving_who_one_is_just_now(note, far, monkeypatch):
    browser = Browser()
    browser.force_login(far)
    asked = browser.post(NEW, typed())
    assert asked["Location"].startswith("/accounts/confirm/?")
    assert not BreakGlass.unscoped.exists()
    browser.post(asked["Location"], {"password": PASSWORD})  # goes on with what was typed
    assert BreakGlass.unscoped.count() == 1
    set_rule("glass_proof_seconds", 0)
    assert browser.get(NEW).status_code == 302

    set_rule("glass_proof_seconds", 300)
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    secret = "JBSWY3DPEHPK3PXQ"
    totp.TOTP.activate(far, secret)
    second = browser.get(NEW)
    assert second["Location"].startswith("/accounts/confirm/code/?")
    code = totp.format_hotp_value(totp.hotp_value(secret, 7))
    browser.post(second["Location"], {"code": code})
    assert browser.get(NEW).status_code == 200


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"reason": "急ぎ"}, "reason"),
        ({"kind": ""}, "kind"),
        ({"birth": "S60.5"}, "birth"),
        ({"kana": "タカダ"}, "kana"),
        ({"birth": "S60.5.11"}, "kana"),
    ],
)
def test_what_does_not_open(note, far, fields, field):
    answer = proven(far).post(NEW, typed(**fields))
    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not BreakGlass.unscoped.exists()


def test_own_clients_and_restricted_ones_are_not_found(note, far):
    assert proven(user_with("soudan")).post(NEW, typed()).status_code == 422
    Case.unscoped.update(restricted=True)
    assert proven(far).post(NEW, typed()).status_code == 422


def test_only_so_many_searches_a_day(note, far):
    set_rule("glass_tries_a_day", 2)
    browser = proven(far)
    for _ in range(2):
        browser.post(NEW, typed(birth="S60.5.11"))
    assert "これ以上さがせません" in browser.post(NEW, typed()).content.decode()
    assert AccessLog.objects.filter(user=far, verb="search", reason="緊急閲覧の照合").count() == 2


def test_of_two_records_one_is_picked(note, far):
    other = ClientFactory(center=center("kita1"), family_kana="タカダ", given_kana="アイ")
    browser = proven(far)
    assert list(browser.post(NEW, typed()).context["pick"].found) == [str(note.client.pk), str(other.pk)]
    assert not BreakGlass.unscoped.exists()
    browser.post(NEW, typed(client=str(other.pk)))
    assert BreakGlass.unscoped.get().client == other
    foreign = ClientFactory(center=center("kita2"))
    assert browser.post(NEW, typed(client=str(foreign.pk))).status_code == 422


def test_the_city_reads_a_restricted_case_too_and_nothing_else(note):
    Case.unscoped.update(restricted=True)
    officer = user_with("shi")
    browser = proven(officer)
    assert browser.get(f"/clients/{note.client.pk}/").status_code == 404
    browser.post(NEW, typed())
    assert "服薬は朝だけ" in browser.get(f"/clients/{note.client.pk}/").content.decode()
    assert browser.get(f"/clients/{ClientFactory().pk}/").status_code == 404
    assert browser.get("/clients/").status_code == 404
    assert Client.visible_to(officer).count() == 1


def test_nobody_judges_their_own(note, far):
    browser = proven(far)
    browser.post(NEW, typed())
    RoleGrant.objects.create(user=far, role="kanri", center=center(), starts_on=date(2026, 4, 1))
    place = f"/glass/{BreakGlass.unscoped.get().pk}/"
    browser.post(place, {"verdict": "proper", "comment": "自分で決めた"})
    assert BreakGlass.unscoped.get().verdict == ""


def test_from_a_question_that_nobody_has_answered(note, far):
    asked = ClientFactory(center=center(FAR))
    inquiry = Inquiry.unscoped.create(client=asked, center=center(FAR), written_by=far, purpose="服薬")
    InquiryAnswer.unscoped.create(inquiry=inquiry, center=note.center, client=note.client)
    browser = proven(far)
    fields = {"token": str(uuid.uuid4())} | WHY
    browser.post(f"/inquiries/{inquiry.pk}/glass/", fields)
    assert BreakGlass.unscoped.get().client == note.client
    Inquiry.unscoped.update(state="declined")
    assert browser.get(f"/inquiries/{inquiry.pk}/glass/").status_code == 404


def test_the_judgement_is_due_after_business_days():
    assert judgement_day(date(2026, 11, 20), 5) == date(2026, 11, 30)  # 11/23 is 勤労感謝の日
    assert judgement_day(date(2026, 12, 28), 1) == date(2027, 1, 4)


def test_a_late_judgement_stands_red_for_the_auditor_without_the_person(note, far, settings, queries_of):
    browser = proven(far)
    browser.post(NEW, typed())
    settings.SOUDAN_TODAY = date(2026, 12, 1)
    auditor = Browser()
    auditor.force_login(user_with("kansa"))
    assert "判断の期限を過ぎた緊急閲覧があります" in auditor.get("/audit/").content.decode()
    listed = auditor.get("/audit/glass/?view=late").content.decode()
    assert "判断の期限を過ぎています" in listed and str(note.center) in listed
    assert not [
        one for one in ("髙田", WHY["reason"], note.client.number, str(note.client.pk)) if one in listed
    ]
    one = queries_of(lambda: auditor.get("/audit/glass/"))
    for _ in range(2):
        browser.post(NEW, typed())
    assert queries_of(lambda: auditor.get("/audit/glass/")) == one
