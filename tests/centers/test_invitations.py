"""Invitations, proposals and resets, and the pages behind their links."""

import logging
from datetime import date, timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.apps import apps
from django.conf import settings as conf
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client as Browser
from django.urls import reverse
from django.utils import timezone

from centers.actions.accounts import stop_account
from centers.actions.invitations import (
    AlreadySettled,
    NotAllowed,
    approve,
    cancel,
    invite,
    join,
    new_link,
    reset,
    second_step_needs_link,
    set_password,
)
from centers.actions.links import hash_of
from centers.contracts import setting
from centers.enums import Purpose, Role
from centers.models import AccessLog, Invitation, Notice, RoleGrant, StaffMember, User
from tests.factories import (
    PASSWORD,
    StaffAssignmentFactory,
    StaffMemberFactory,
    UserFactory,
    center,
    user_with,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 20)
NEW = "とびうめ-7月の雨-42"
ANSWERS = {"username": "tajima", "name": "田島 恵", "password1": NEW, "password2": NEW}
LINK = "/invitation/"


def send(browser: Browser, view: str, /, *args, **data):
    return browser.post(reverse(f"centers:{view}", args=args), {"csrfmiddlewaretoken": "x"} | data)


def words(response) -> str:
    return response.content.decode()


def give(by: User, role="soudan", **facts) -> tuple[Invitation, str]:
    """An invitation and its token."""
    scope = {"center": center()} if role in ("soudan", "kinou", "chiiki", "kanri") else {}
    facts = {"role": role, "starts_on": TODAY, "name": "田島 恵"} | scope | facts
    return invite(key=uuid4(), by=by, facts=facts)


def open_link(browser: Browser, token: str):
    return browser.get(f"{LINK}?token={token}", follow=True)


def accept(browser: Browser, token: str, **changes):
    open_link(browser, token)
    return browser.post(LINK, ANSWERS | changes)


def token_of(response) -> str:
    return response.context["link"].split("token=")[1]


@pytest.fixture
def manager(on):
    return user_with("kanri")


@pytest.fixture
def browser_of(on):
    def _browser(user: User) -> Browser:
        browser = Browser()
        browser.force_login(user)
        return browser

    return _browser


# ---- inviting ----


def test_a_manager_invites_and_sees_the_link_once(manager, browser_of, client):
    browser = browser_of(manager)
    answer = send(
        browser,
        "account_invite",
        key=str(uuid4()),
        name="田島 恵",
        role="kinou",
        starts_on="今日",
        ends_on="R9.3.31",
    )
    body = words(answer)
    assert answer.status_code == 200 and 'class="ks-qr"' in body and "no-store" in answer["Cache-Control"]
    token = token_of(answer)
    invitation = Invitation.objects.get()
    assert invitation.token_hash == hash_of(token) != token
    lasting = invitation.expires_at - invitation.created_at
    assert lasting - timedelta(days=setting("invitation_days", TODAY)) < timedelta(minutes=1)
    for page in (
        browser.get(reverse("centers:account_invitation", args=[invitation.pk])),
        browser.get(reverse("centers:accounts")),
    ):
        assert "田島 恵" in words(page) and token not in words(page)
    assert accept(client, token).status_code == 302
    user = User.objects.get(username="tajima")
    grant = user.grants.get()
    assert (grant.role, grant.center, grant.starts_on, grant.ends_on, grant.granted_by) == (
        "kinou",
        center(),
        TODAY,
        date(2027, 3, 31),
        manager,
    )
    assert user.staff_member.name == "田島 恵" and user.check_password(NEW)


def test_a_form_sent_twice_makes_one_invitation(manager, browser_of):
    browser, data = browser_of(manager), {"name": "田島 恵", "role": "soudan", "starts_on": "今日"}
    key = str(uuid4())
    send(browser, "account_invite", key=key, **data)
    again = send(browser, "account_invite", key=key, **data)
    assert again["Location"] == reverse("centers:accounts")
    assert "もう作ってあります" in words(browser.get(again["Location"]))
    assert Invitation.objects.count() == 1


def test_without_a_name_nothing_is_made(manager, browser_of):
    answer = send(
        browser_of(manager), "account_invite", key=str(uuid4()), name=" ", role="soudan", starts_on="今日"
    )
    assert answer.status_code == 422 and "氏名が空です" in words(answer)
    assert not Invitation.objects.exists()


def test_a_staff_member_of_the_contract_and_the_login_become_one(manager, browser_of, client):
    staff = StaffMemberFactory(name="田島 恵")
    StaffAssignmentFactory(staff=staff, center=center())
    foreign = StaffMemberFactory(name="よその人")
    StaffAssignmentFactory(staff=foreign, center=center("kita1"))
    browser, data = browser_of(manager), {"name": "田島 恵", "role": "soudan", "starts_on": "今日"}
    assert "よその人" not in words(browser.get(reverse("centers:account_invite")))
    refused = send(browser, "account_invite", key=str(uuid4()), staff=str(foreign.pk), **data)
    assert refused.status_code == 422
    token = token_of(send(browser, "account_invite", key=str(uuid4()), staff=str(staff.pk), **data))
    accept(client, token)
    staff.refresh_from_db()
    assert staff.user.username == "tajima"


def test_a_staff_member_who_got_a_login_meanwhile_closes_the_link(manager, client):
    staff = StaffMemberFactory()
    _, token = give(manager, staff=staff)
    staff.user = UserFactory()
    staff.save()
    assert "権限が変わった" in words(accept(client, token))
    assert not User.objects.filter(username="tajima").exists()


def test_by_mail_where_mail_is_set(manager, browser_of, settings, django_capture_on_commit_callbacks):
    settings.SOUDAN_MAIL = True
    browser = browser_of(manager)
    data = {"key": str(uuid4()), "name": "田島 恵", "role": "soudan", "starts_on": "今日"}
    with django_capture_on_commit_callbacks(execute=True):
        answer = send(browser, "account_invite", **data, email="tajima@example.jp")
    (sent,) = mail.outbox
    assert sent.to == ["tajima@example.jp"] and "/invitation/?token=" in sent.body
    token = sent.body.split("token=")[1].split()[0]
    assert token not in words(answer) and Invitation.objects.get().token_hash == hash_of(token)
    for secret in ("田島", "恵", manager.name, "相談員", center().name):
        assert secret not in sent.body + sent.subject


def test_a_mail_that_is_not_taken_is_noted_without_the_address(
    manager, browser_of, settings, monkeypatch, caplog, django_capture_on_commit_callbacks
):
    settings.SOUDAN_MAIL = True

    def refuse(*args, **kwargs):
        raise OSError("tajima@example.jp: no route")

    monkeypatch.setattr("centers.actions.links.send_mail", refuse)
    data = {"key": str(uuid4()), "name": "田島 恵", "role": "soudan", "starts_on": "今日"}
    with caplog.at_level(logging.ERROR), django_capture_on_commit_callbacks(execute=True):
        answer = send(browser_of(manager), "account_invite", **data, email="tajima@example.jp")
    assert answer.status_code == 200
    assert "the mail was not taken" in caplog.text and "tajima" not in caplog.text


def test_without_mail_no_address_is_asked_for(manager, browser_of):
    assert 'name="email"' not in words(browser_of(manager).get(reverse("centers:account_invite")))


@pytest.mark.parametrize("role", ["ku", "kanri"])
def test_the_city_invites_wards_and_managers(on, browser_of, client, role):
    scope = {"ku": {"ward": "nishi"}, "kanri": {"center": str(center().pk)}}[role]
    browser = browser_of(user_with("shi"))
    data = {"name": "田島 恵", "role": role, "starts_on": "今日"}
    assert send(browser, "account_invite", key=str(uuid4()), **data).status_code == 422
    accept(client, token_of(send(browser, "account_invite", key=str(uuid4()), **data, **scope)))
    grant = RoleGrant.objects.get(user__username="tajima")
    assert (grant.role, grant.center, grant.ward_id) == (
        role,
        center() if role == "kanri" else None,
        "nishi" if role == "ku" else None,
    )


@pytest.mark.parametrize("giver", ["shi", "system"])
def test_city_and_system_give_no_role_in_a_center(on, browser_of, giver):
    browser = browser_of(user_with(giver))
    answer = send(
        browser,
        "account_invite",
        key=str(uuid4()),
        name="田島 恵",
        role="soudan",
        starts_on="今日",
        center=str(center().pk),
    )
    assert answer.status_code == 422 and not Invitation.objects.exists()
    with pytest.raises(NotAllowed):
        give(user_with(giver), "soudan")


def test_the_action_knows_no_role_without_its_place(manager):
    with pytest.raises(NotAllowed):
        give(manager, "soudan", center=center("kita1"))
    with pytest.raises(ValidationError):
        give(manager, ends_on=date(2026, 1, 1))


# ---- the link ----


def test_opening_the_link_uses_nothing_up_and_hides_the_token(manager, client):
    _, token = give(manager)
    for _ in range(3):
        answer = client.get(f"{LINK}?token={token}")
        assert (answer.status_code, answer["Location"]) == (302, LINK)
        page = client.get(LINK)
        assert str(center()) in words(page) and "相談員" in words(page) and manager.name in words(page)
        assert token not in words(page) and 'value="田島 恵"' in words(page)
        assert page["Referrer-Policy"] == "same-origin" and "no-store" in page["Cache-Control"]
    assert Invitation.objects.get().used_at is None


def test_the_token_is_stored_nowhere(manager, client, caplog):
    caplog.set_level(logging.DEBUG)
    _, token = give(manager)
    accept(client, token, username="")
    accept(client, token)
    Context = apps.get_model("pghistory", "Context")
    traces = [
        *(str(row) for row in Context.objects.values_list("metadata", flat=True)),
        *(str(row) for row in AccessLog.objects.values()),
        str(dict(client.session.items())),
        *(str(row) for row in apps.get_model("centers", "InvitationEvent").objects.values()),
        *(str(row) for row in Invitation.objects.values()),
    ]
    assert not [trace for trace in traces if token in trace]
    assert token not in "".join(record.getMessage() for record in caplog.records if "sql" not in record.name)
    hashed = hash_of(token)
    assert not [
        row for row in apps.get_model("centers", "InvitationEvent").objects.values() if hashed in str(row)
    ]


CLOSED = {
    "used": ("もう使われています", lambda one, by: Invitation.objects.update(used_at=timezone.now())),
    "cancelled": ("取り消されました", lambda one, by: cancel(invitation=one, by=by)),
    "late": ("期限を過ぎています", lambda one, by: Invitation.objects.update(expires_at=timezone.now())),
    "role over": ("期限を過ぎています", lambda one, by: Invitation.objects.update(ends_on=date(2026, 11, 19), starts_on=date(2026, 11, 1))),
    "inviter stopped": ("権限が変わった", lambda one, by: stop_account(user=by, by=None, on=TODAY, reason="退職")),
    "inviter moved": ("権限が変わった", lambda one, by: by.grants.update(ends_on=date(2026, 11, 19))),
    "newer link": ("新しいリンクに替わって", lambda one, by: new_link(invitation=one, by=by)),
}  # fmt: skip


@pytest.mark.parametrize("opened", ["before", "after"])
@pytest.mark.parametrize("case", CLOSED)
def test_a_closed_link_says_why_and_makes_nothing(manager, client, case, opened):
    told, close = CLOSED[case]
    invitation, token = give(manager)
    if opened == "before":
        open_link(client, token)
    close(invitation, manager)
    page = client.get(LINK) if opened == "before" else open_link(client, token)
    if case == "newer link" and opened == "after":
        told = "アドレスの一部"
    assert page.status_code == 404 and told in words(page)
    assert client.post(LINK, ANSWERS).status_code == 404
    assert not User.objects.filter(username="tajima").exists()


def test_a_link_is_used_once(manager):
    _, token = give(manager)
    assert accept(Browser(), token).status_code == 302
    second = accept(Browser(), token, username="second")
    assert second.status_code == 404 and "もう使われています" in words(second)
    assert User.objects.filter(staff_member__name="田島 恵").count() == 1
    with pytest.raises(AlreadySettled):
        join(token_hash=hash_of(token), username="third", name="三", password=NEW, on=TODAY)


@pytest.mark.parametrize(
    "token", ["", "x", "%00", "あ", "a" * 3000], ids=["none", "x", "NUL", "kana", "long"]
)
def test_a_token_that_is_none(on, client, token):
    page = client.get(f"{LINK}?token={token}")
    assert page.status_code == 404 and "アドレスの一部が欠けている" in words(page)


def test_the_page_without_a_link(on, client):
    assert client.get(LINK).status_code == 404


def test_wrong_tokens_are_counted(manager, client):
    _, token = give(manager)
    for number in range(30):
        assert client.get(f"{LINK}?token=guess{number}").status_code == 404
    refused = client.get(f"{LINK}?token={token}")
    assert refused.status_code == 429


def test_somebody_else_who_is_signed_in_is_told_to_log_out(manager, browser_of):
    _, token = give(manager)
    page = open_link(browser_of(manager), token)
    assert "ログアウトしてから、リンクをもう一度" in words(page)
    assert browser_of(manager).post(LINK, ANSWERS).status_code == 404


BAD = {
    "empty": ({"username": ""}, "ログイン名が空です"),
    "kanji": ({"username": "田島"}, "半角の英小文字"),
    "no name": ({"name": " "}, "氏名が空です"),
    "short": ({"password1": "みじかい", "password2": "みじかい"}, "パスワードが短すぎます"),
    "common": ({"password1": "1q2w3e4r5t6y", "password2": "1q2w3e4r5t6y"}, "よく使われる"),
    "own name": ({"password1": "tajima-no-hibi-1", "password2": "tajima-no-hibi-1"}, "「tajima」が"),
    "differ": ({"password2": NEW + "x"}, "1回目と違います"),
}


@pytest.mark.parametrize("case", BAD)
def test_bad_answers_are_told_and_make_nothing(manager, client, case):
    changes, told = BAD[case]
    _, token = give(manager)
    answer = accept(client, token, **changes)
    assert answer.status_code == 422 and told in words(answer) and NEW not in words(answer)
    assert (
        Invitation.objects.get().used_at is None and not StaffMember.objects.filter(name="田島 恵").exists()
    )


def test_a_taken_name_comes_with_a_free_one(manager, client):
    UserFactory(username="tajima")
    UserFactory(username="tajima2")
    _, token = give(manager)
    answer = accept(client, token)
    assert answer.status_code == 422 and "「tajima3」なら空いています" in words(answer)
    assert accept(client, token, username="tajima3").status_code == 302


def test_the_answers_cannot_name_a_role_or_center(manager, client):
    _, token = give(manager)
    accept(client, token, role="shi", center=str(center("kita1").pk), starts_on="2015-04-01", is_active="")
    grant = RoleGrant.objects.get(user__username="tajima")
    assert (grant.role, grant.center, grant.starts_on) == ("soudan", center(), TODAY)


def test_the_form_needs_its_token(manager):
    strict = Browser(enforce_csrf_checks=True)
    _, token = give(manager)
    strict.get(f"{LINK}?token={token}")
    assert strict.post(LINK, ANSWERS).status_code == 403
    assert not User.objects.filter(username="tajima").exists()


def test_three_steps_where_a_second_step_is_required(manager, client, settings, monkeypatch):
    settings.SOUDAN_REQUIRE_MFA = True
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    _, token = give(manager)
    assert "1/3 パスワード" in words(open_link(client, token))
    client.post(LINK, ANSWERS)
    page = client.get("/", follow=True)
    assert page.redirect_chain[-1][0] == reverse("mfa_activate_totp")
    assert '<li class="cur" aria-current="step">2/3' in words(page)
    secret = client.session[totp.SECRET_SESSION_KEY]
    codes = client.post(
        reverse("mfa_activate_totp"),
        {"code": totp.format_hotp_value(totp.hotp_value(secret, 7))},
        follow=True,
    )
    assert '<li class="cur" aria-current="step">3/3' in words(codes) and "控えました。ホームへ" in words(
        codes
    )
    assert client.get("/").status_code == 200
    assert "3/3" not in words(client.get(reverse("mfa_view_recovery_codes")))


# ---- cancel, a new link ----


def test_cancel_and_a_new_link_on_the_page(manager, browser_of, client):
    invitation, old = give(manager)
    browser = browser_of(user_with("kanri"))
    new = token_of(send(browser, "account_invitation", invitation.pk, do="link"))
    assert open_link(client, old).status_code == 404
    assert open_link(client, new).status_code == 200
    send(browser, "account_invitation", invitation.pk, do="cancel")
    assert "取り消されました" in words(client.get(LINK))
    late = send(browser, "account_invitation", invitation.pk, do="cancel")
    assert "先に扱いが決まっている" in words(browser.get(late["Location"]))


def test_a_lapsed_invitation_gets_a_new_link(manager, browser_of, client):
    invitation, _ = give(manager)
    Invitation.objects.update(expires_at=timezone.now())
    answer = send(browser_of(manager), "account_invitation", invitation.pk, do="link")
    assert accept(client, token_of(answer)).status_code == 302


def test_a_foreign_centers_invitation_is_not_there(manager, browser_of):
    invitation, _ = give(manager)
    stranger = browser_of(user_with("kanri", "kita1"))
    assert stranger.get(reverse("centers:account_invitation", args=[invitation.pk])).status_code == 404
    assert send(stranger, "account_invitation", invitation.pk, do="cancel").status_code == 404
    assert "田島 恵" not in words(stranger.get(reverse("centers:accounts")))


def test_the_auditor_looks_and_changes_nothing(manager, browser_of):
    invitation, _ = give(manager)
    browser = browser_of(user_with("kansa"))
    assert "取り消す" not in words(browser.get(reverse("centers:account_invitation", args=[invitation.pk])))
    send(browser, "account_invitation", invitation.pk, do="cancel")
    assert Invitation.objects.get().cancelled_at is None
    assert browser.get(reverse("centers:account_invite")).status_code == 404


# ---- two persons ----


@pytest.fixture
def two(on):
    """Two of the city and a システム管理者."""
    return user_with("shi"), user_with("shi"), user_with("system")


@pytest.mark.parametrize("role", ["shi", "system", "kansa"])
@pytest.mark.parametrize("proposer", [0, 2], ids=["city", "system"])
def test_proposed_by_one_approved_by_another(two, browser_of, client, role, proposer):
    by, other = two[proposer], two[1]
    answer = send(
        browser_of(by), "account_invite", key=str(uuid4()), name="田島 恵", role=role, starts_on="今日"
    )
    proposal = Invitation.objects.get()
    assert answer["Location"] == reverse("centers:account_invitation", args=[proposal.pk])
    assert proposal.token_hash is None and proposal.waits
    listed = words(browser_of(other).get(reverse("centers:accounts")))
    assert "承認を待つ提案" in listed and by.name in listed
    accept(client, token_of(send(browser_of(other), "account_invitation", proposal.pk, do="approve")))
    grant = RoleGrant.objects.get(user__username="tajima")
    proposal.refresh_from_db()
    assert (grant.role, grant.granted_by, proposal.approved_by) == (role, by, other)


def test_nobody_approves_the_own_proposal(two, browser_of):
    by, _, _ = two
    proposal, token = give(by, "shi")
    assert token == ""
    browser = browser_of(by)
    page = browser.get(reverse("centers:account_invitation", args=[proposal.pk]))
    assert "承認する</button>" not in words(page)
    answer = send(browser, "account_invitation", proposal.pk, do="approve")
    assert "もう1人の市の担当者に頼んで" in words(browser.get(answer["Location"]))
    with pytest.raises(NotAllowed):
        approve(invitation=proposal, by=by)
    proposal.refresh_from_db()
    assert proposal.waits and proposal.token_hash is None


@pytest.mark.parametrize("role", ["system", "kanri", "kansa", "ku", "soudan"])
def test_only_the_city_approves(two, role):
    proposal, _ = give(two[0], "shi")
    with pytest.raises(NotAllowed):
        approve(invitation=proposal, by=user_with(role))


def test_the_database_too_wants_two_persons(two):
    proposal, _ = give(two[0], "shi")
    with pytest.raises(ValidationError, match="別の人の承認"):
        Invitation(
            purpose=Purpose.JOIN,
            name="x",
            role=Role.SHI,
            invited_by=two[0],
            approved_by=two[0],
            expires_at=timezone.now(),
            used_at=timezone.now(),
        ).full_clean()
    assert proposal.waits


def test_a_role_of_two_persons_for_an_account_that_is_there(two, browser_of):
    by, other, _ = two
    ward = user_with("ku")
    send(browser_of(by), "account_grant", ward.pk, role="shi", starts_on="R8.12.1")
    assert ward.grants.count() == 1
    send(browser_of(other), "account_invitation", Invitation.objects.get().pk, do="approve")
    grant = ward.grants.get(role="shi")
    assert (grant.starts_on, grant.granted_by) == (date(2026, 12, 1), by)


def test_whom_it_is_for_does_not_approve(two):
    by, other, _ = two
    proposal, _ = invite(
        key=uuid4(), by=by, user=other, facts={"role": "system", "starts_on": TODAY, "name": other.name}
    )
    with pytest.raises(NotAllowed):
        approve(invitation=proposal, by=other)


def test_withdrawn_and_lapsed_proposals_are_not_approved(two):
    by, other, _ = two
    withdrawn, _ = give(by, "shi")
    cancel(invitation=withdrawn, by=by)
    lapsed, _ = give(by, "kansa")
    Invitation.objects.filter(pk=lapsed.pk).update(expires_at=timezone.now())
    approved, _ = give(by, "system")
    approve(invitation=approved, by=other)
    for proposal in (withdrawn, lapsed, approved):
        with pytest.raises(AlreadySettled):
            approve(invitation=proposal, by=other)


@pytest.mark.parametrize("who", [0, 1], ids=["proposer", "approver"])
def test_a_link_of_two_closes_when_one_of_them_is_stopped(two, client, who):
    by, other, _ = two
    user_with("shi")
    proposal, _ = give(by, "kansa")
    _, token = approve(invitation=proposal, by=other)
    stop_account(user=two[who], by=None, on=TODAY, reason="退職")
    assert "権限が変わった" in words(open_link(client, token))


# ---- the first of the city ----


def test_the_server_makes_the_first_city_account(on, capsys, client):
    user_with("system")
    call_command("soudan_first_admin", role="shi", site="http://testserver")
    link = next(word for word in capsys.readouterr().out.split() if word.startswith("http"))
    path = link.removeprefix("http://testserver")
    assert "最初の市 障がい保健福祉課" in words(client.get(path))
    client.post(path, ANSWERS)
    assert RoleGrant.objects.get(user__username="tajima").role == "shi"
    assert client.get(path).status_code == 404
    with pytest.raises(CommandError, match="もういます"):
        call_command("soudan_first_admin", role="shi")


# ---- resets ----


@pytest.fixture
def worker(on):
    user = user_with("soudan")
    totp.TOTP.activate(user, "JBSWY3DPEHPK3PXP")
    return user


def reset_page(browser: Browser, view: str, user: User, **data):
    return send(browser, view, user.pk, **data)


def recent(browser: Browser, user: User) -> Browser:
    """As after a log-in just now."""
    session = browser.session
    session["account_authentication_methods"] = [
        {"method": "password", "at": timezone.now().timestamp(), "username": user.username}
    ]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    return browser


def test_a_password_link_sets_the_password_and_nothing_else(manager, worker, browser_of, client):
    live = browser_of(worker)
    answer = reset_page(browser_of(manager), "account_password", worker, reason="忘れた")
    token = token_of(answer)
    assert live.get("/help/").status_code == 200
    assert worker.username in words(open_link(client, token))
    done = client.post(LINK, {"password1": NEW, "password2": NEW})
    assert done["Location"] == "/accounts/login/"
    worker.refresh_from_db()
    assert worker.check_password(NEW)
    assert live.get("/help/").status_code == 302
    assert client.get("/help/").status_code == 302
    login = client.post("/accounts/login/", {"login": worker.username, "password": NEW})
    assert login["Location"] == reverse("mfa_authenticate")
    assert open_link(Browser(), token).status_code == 404
    assert Notice.objects.get(user=worker).path == "/me/"


@pytest.mark.parametrize("password", ["みじかい", "kumamoto-2026-11"])
def test_a_weak_new_password_is_refused(manager, worker, client, password):
    _, token = reset(user=worker, purpose=Purpose.PASSWORD, by=manager, reason="忘れた")
    open_link(client, token)
    answer = client.post(LINK, {"password1": password, "password2": password})
    assert answer.status_code == 422
    worker.refresh_from_db()
    assert worker.check_password(PASSWORD)


def test_a_reset_needs_a_reason(manager, worker, browser_of):
    assert "理由が空です" in words(reset_page(browser_of(manager), "account_password", worker))
    assert not Invitation.objects.exists()


def test_a_newer_password_link_closes_the_older(manager, worker, client):
    _, old = reset(user=worker, purpose=Purpose.PASSWORD, by=manager, reason="忘れた")
    _, new = reset(user=worker, purpose=Purpose.PASSWORD, by=manager, reason="また忘れた")
    assert "取り消されました" in words(open_link(client, old))
    set_password(token_hash=hash_of(new), password=NEW, on=TODAY)


def test_a_stopped_account_takes_no_reset(manager, worker, browser_of, client):
    _, token = reset(user=worker, purpose=Purpose.PASSWORD, by=manager, reason="忘れた")
    stop_account(user=worker, by=manager, on=TODAY, reason="退職")
    assert open_link(client, token).status_code == 404
    answer = reset_page(browser_of(manager), "account_password", worker, reason="忘れた")
    assert answer["Location"] == reverse("centers:account", args=[worker.pk])


def test_a_second_step_is_reset_only_after_proving_who_one_is(manager, worker, browser_of):
    browser = browser_of(manager)
    asked = browser.get(reverse("centers:account_second_step", args=[worker.pk]))
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    reset_page(browser, "account_second_step", worker, reason="端末をなくした")
    assert Authenticator.objects.filter(user=worker).exists()
    went_on = browser.post(asked["Location"], {"password": PASSWORD})
    assert "2段階目の再設定のリンクができました" in words(went_on)
    assert not Authenticator.objects.filter(user=worker).exists()


def test_after_a_reset_password_and_link_together_set_up_the_second_step(
    manager, worker, browser_of, settings, monkeypatch
):
    settings.SOUDAN_REQUIRE_MFA = True
    monkeypatch.setattr(totp, "yield_hotp_counters_from_time", lambda: iter([7]))
    totp.TOTP.activate(manager, "JBSWY3DPEHPK3PXQ")
    live = browser_of(worker)
    assert live.get("/help/").status_code == 200
    browser = recent(browser_of(manager), manager)
    token = token_of(reset_page(browser, "account_second_step", worker, reason="端末をなくした"))
    assert live.get("/help/")["Location"].startswith("/accounts/login/")
    assert Notice.objects.get(user=worker).title.startswith("ログインの2段階目")

    thief = Browser()
    thief.post("/accounts/login/", {"login": worker.username, "password": PASSWORD})
    assert thief.get("/clients/")["Location"] == reverse("mfa_activate_totp")
    for method in ("get", "post"):
        answer = getattr(thief, method)(reverse("mfa_activate_totp"), {"code": "000000"})
        assert answer.status_code == 403 and "リンクがいります" in words(answer)
    other = user_with("soudan")
    _, foreign = reset(user=other, purpose=Purpose.SECOND_STEP, by=manager, reason="x")
    thief.get(f"{LINK}?token={foreign}")
    set_up(thief, status=403)
    assert not Authenticator.objects.filter(user=worker).exists()

    owner = Browser()
    assert "ログインして続ける" in words(open_link(owner, token))
    owner.post("/accounts/login/", {"login": worker.username, "password": PASSWORD})
    set_up(owner, status=302)
    assert Authenticator.objects.filter(user=worker, type="totp").exists()
    assert owner.get("/help/").status_code == 200 and not second_step_needs_link(worker)
    assert "もう使われています" in words(open_link(Browser(), token))


def set_up(browser: Browser, *, status: int) -> None:
    browser.get(reverse("mfa_activate_totp"))
    secret = browser.session.get(totp.SECRET_SESSION_KEY, "JBSWY3DPEHPK3PXP")
    code = totp.format_hotp_value(totp.hotp_value(secret, 7))
    assert browser.post(reverse("mfa_activate_totp"), {"code": code}).status_code == status


def test_the_link_alone_opens_nothing(manager, worker, client):
    _, token = reset(user=worker, purpose=Purpose.SECOND_STEP, by=manager, reason="x")
    open_link(client, token)
    assert client.get(reverse("mfa_activate_totp"))["Location"].startswith("/accounts/login/")


def test_an_old_or_cancelled_link_does_not_open_the_set_up_to_the_password_alone(
    manager, worker, browser_of, settings
):
    link, _ = reset(user=worker, purpose=Purpose.SECOND_STEP, by=manager, reason="x")
    send(browser_of(manager), "account_invitation", link.pk, do="cancel")
    Invitation.objects.update(expires_at=timezone.now())
    browser = recent(browser_of(worker), worker)
    assert browser.get(reverse("mfa_activate_totp")).status_code == 403


@pytest.mark.parametrize("back", [2, 3, 20])
def test_a_code_of_the_past_is_refused(worker, client, monkeypatch, back):
    now = 1_800_000_000
    monkeypatch.setattr(totp.time, "time", lambda: now)
    client.post("/accounts/login/", {"login": worker.username, "password": PASSWORD})
    counter = now // 30

    def answer(moment: int):
        code = totp.format_hotp_value(totp.hotp_value("JBSWY3DPEHPK3PXP", moment))
        return client.post(reverse("mfa_authenticate"), {"code": code}).status_code

    assert answer(counter - back) == 200 and client.get("/help/").status_code == 302
    assert answer(counter) == 302 and client.get("/help/").status_code == 200


def test_history_takes_additions_alone_from_the_application(manager):
    give(manager)
    event = apps.get_model("centers", "InvitationEvent").objects.get()
    assert (event.pgh_label, event.name, hasattr(event, "token_hash")) == ("insert", "田島 恵", False)
    assert conf.ACCOUNT_RATE_LIMITS["invitation"]
