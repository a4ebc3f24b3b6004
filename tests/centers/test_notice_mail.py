"""お知らせ by mail: who gets which, once, and what the mail says."""

import re
import socketserver
import threading
from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from centers import notice_mail, tasks
from centers.enums import MailTime
from centers.models import MailPreference, Notice, NoticeMail
from centers.notice_mail import send_digest, send_urgent, set_preference
from centers.notices import mark_read
from tests.at_once import at_once
from tests.factories import center, user_with

ADDRESS = "rin@example.jp"


@pytest.fixture(autouse=True)
def mail_server(settings):
    settings.SOUDAN_MAIL = True
    settings.SOUDAN_SITE_URL = "https://soudan.example.jp"
    settings.DEFAULT_FROM_EMAIL = "soudan@example.jp"


def receiver(time=MailTime.MORNING, role="soudan", email=ADDRESS):
    user = user_with(role)
    set_preference(by=user, email=email, time=time)
    return user


def notice(severity="warn", **fields):
    place = {"scope": "center", "center": center()}
    return Notice.objects.create(kind="x", title="鯰田さんの件", severity=severity, **place | fields)


@pytest.mark.django_db
class TestWho:
    def test_the_morning_mail_tells_a_number_and_a_link_and_nothing_else(self, on):
        receiver()
        notice()
        notice()
        assert send_digest().sent == 1
        (sent,) = mail.outbox
        assert (sent.to, sent.cc, sent.bcc, sent.from_email) == ([ADDRESS], [], [], "soudan@example.jp")
        assert sent.subject == "お知らせが2件あります"
        assert "https://soudan.example.jp/notices/" in sent.body
        whole = sent.message().as_string() + sent.subject + sent.body
        for word in ("鯰田", str(center()), center().zone.name, "試験"):
            assert word not in whole

    @pytest.mark.parametrize(
        ("time", "severity", "urgent", "morning"),
        [
            (MailTime.AT_ONCE, "breach", 1, 0),
            (MailTime.AT_ONCE, "warn", 0, 1),
            (MailTime.MORNING, "breach", 0, 1),
            (MailTime.MORNING, "info", 0, 1),
            (MailTime.NONE, "breach", 0, 0),
        ],
    )
    def test_who_gets_what_when(self, on, time, severity, urgent, morning):
        receiver(time)
        notice(severity)
        assert (send_urgent().sent, send_digest().sent) == (urgent, morning)

    @pytest.mark.parametrize("case", ["foreign", "read", "closed", "old", "stopped", "nobody", "no address"])
    def test_who_gets_nothing(self, on, case):
        user = receiver()
        told = notice(center=center("kita1")) if case == "foreign" else notice()
        if case == "read":
            mark_read(told, by=user)
        if case == "closed":
            Notice.objects.update(closed_at=timezone.now())
        if case == "old":
            Notice.objects.update(created_at=timezone.now() - timedelta(hours=1))
        if case == "stopped":
            user.is_active = False
            user.save()
        if case == "nobody":
            MailPreference.objects.all().delete()
        if case == "no address":
            user.email = ""
            user.save()
        assert send_digest().sent == 0
        assert mail.outbox == [] and not NoticeMail.objects.exists()

    def test_without_a_mail_server_nothing_is_claimed(self, on, settings):
        settings.SOUDAN_MAIL = False
        receiver()
        notice()
        assert send_digest().sent == 0
        assert not NoticeMail.objects.exists()

    def test_a_second_run_sends_nothing(self, on):
        receiver(MailTime.AT_ONCE)
        notice("breach")
        assert [send_urgent().sent, send_urgent().sent, send_digest().sent] == [1, 0, 0]
        assert NoticeMail.objects.get().sent_at is not None

    def test_a_notice_told_anew_is_sent_anew(self, on):
        receiver()
        notice()
        send_digest()
        Notice.objects.update(created_at=timezone.now())
        assert send_digest().sent == 1

    def test_saving_again_loses_nothing_that_waits(self, on):
        user = receiver()
        notice()
        set_preference(by=user, email="new@example.jp", time=MailTime.AT_ONCE)
        assert send_digest().sent == 1
        assert mail.outbox[0].to == ["new@example.jp"]

    def test_a_claim_whose_sender_died_is_not_sent_again(self, on, monkeypatch):
        receiver()
        notice()

        def die(messages):
            raise KeyboardInterrupt

        monkeypatch.setattr(
            mail.backends.locmem.EmailBackend, "send_messages", lambda self, messages: die(messages)
        )
        with pytest.raises(KeyboardInterrupt):
            send_digest()
        monkeypatch.undo()
        assert NoticeMail.objects.get().sent_at is None
        assert notice_mail._claim(MailPreference.objects.get().pk, lambda rows: rows)[1] == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("day", "sent"), [("2026-11-24", 1), ("2026-11-23", 0), ("2026-11-22", 0), ("2026-12-29", 0)]
)
def test_the_digest_rests_on_days_when_offices_do(on, monkeypatch, day, sent):
    receiver()
    notice()
    monkeypatch.setattr(
        tasks.timezone, "localdate", lambda timezone: tasks.timezone.datetime.fromisoformat(day).date()
    )
    tasks.mail_digest()
    assert len(mail.outbox) == sent


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_the_same_time_send_one_mail(on):
    receiver()
    notice()
    outcomes = at_once(send_digest, send_digest)
    assert sorted(one.sent for one in outcomes) == [0, 1]
    assert len(mail.outbox) == 1


# ---- a real conversation ----


class Sink(socketserver.ThreadingTCPServer):
    """A mail server of few words. `refusal` answers RCPT."""

    allow_reuse_address = True
    daemon_threads = True

    def __init__(self):
        super().__init__(("127.0.0.1", 0), Talk)
        self.letters: list[str] = []
        self.refusal = ""


class Talk(socketserver.StreamRequestHandler):
    def say(self, words: str) -> None:
        self.wfile.write(f"{words}\r\n".encode())

    def handle(self) -> None:
        self.say("220 sink")
        while line := self.rfile.readline().decode().strip():
            verb = line.split()[0].upper()
            if verb == "RCPT" and self.server.refusal:
                self.say(self.server.refusal)
            elif verb == "DATA":
                self.say("354 go on")
                self.server.letters.append(b"".join(iter(self.rfile.readline, b".\r\n")).decode())
                self.say("250 taken")
            elif verb == "QUIT":
                self.say("221 bye")
                break
            else:
                self.say("250 ok")


@pytest.fixture
def sink(settings):
    with Sink() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.server_address
        settings.EMAIL_TIMEOUT = 5
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.django_db
def test_a_mail_goes_out_by_smtp(on, sink):
    receiver()
    notice()
    assert send_digest().sent == 1
    (letter,) = sink.letters
    assert f"To: {ADDRESS}" in letter and "From: soudan@example.jp" in letter
    assert "Auto-Submitted: auto-generated" in letter


@pytest.mark.django_db
def test_a_refused_address_is_left_alone_and_the_user_is_told(on, sink, client, caplog):
    user = receiver()
    notice()
    sink.refusal = "550 no such mailbox"
    assert send_digest().refused == 1
    assert ADDRESS not in caplog.text and str(user.pk) in caplog.text
    client.force_login(user)
    assert "アドレスに届きません" in client.get("/me/").content.decode()
    assert "届きませんでした" in client.get("/me/mail/").content.decode()
    sink.refusal = ""
    assert send_digest().sent == 0
    client.post("/me/mail/", {"email": "right@example.jp", "time": "morning"})
    assert "届きません" not in client.get("/me/").content.decode()
    notice()
    assert send_digest().sent == 1


@pytest.mark.django_db
@pytest.mark.parametrize("trouble", ["busy", "away"])
def test_a_server_in_trouble_is_asked_again_the_next_time(on, sink, settings, trouble):
    receiver()
    notice()
    port = settings.EMAIL_PORT
    if trouble == "busy":
        sink.refusal = "451 try later"
    else:
        settings.EMAIL_PORT = 9
    assert send_digest().failed == 1
    assert not NoticeMail.objects.exists() and MailPreference.objects.get().refused_at is None
    sink.refusal, settings.EMAIL_PORT = "", port
    assert send_digest().sent == 1


# ---- the page ----


@pytest.mark.django_db
def test_the_setting_is_saved_and_shown(sign_in, on):
    browser, user = sign_in("kanri")
    assert "受け取らない" in browser.get("/me/").content.decode()
    answer = browser.post("/me/mail/", {"email": ADDRESS, "time": "at_once"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/me/")
    user.refresh_from_db()
    assert (user.email, user.mail_preference.time) == (ADDRESS, MailTime.AT_ONCE)
    assert "違反のお知らせはすぐに" in browser.get("/me/").content.decode()
    assert f'value="{ADDRESS}"' in browser.get("/me/mail/").content.decode()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"email": "", "time": "morning"}, "メールアドレスが空です。"),
        ({"email": "rin", "time": "morning"}, "メールアドレスとして読めません。"),
        (
            {"email": "a@example.jp\r\nBcc: b@example.jp", "time": "morning"},
            "メールアドレスとして読めません。",
        ),
        ({"email": ADDRESS, "time": "hourly"}, "その答えは一覧にありません。"),
        ({"email": ADDRESS}, "いつ受け取りますかが選ばれていません。"),
    ],
    ids=["empty", "no address", "second line", "unknown time", "no time"],
)
def test_what_cannot_be_saved_is_said_and_kept(sign_in, on, fields, words):
    browser, _ = sign_in("soudan")
    answer = browser.post("/me/mail/", fields)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not MailPreference.objects.exists()


@pytest.mark.django_db
def test_the_page_says_where_no_mail_can_be_sent(sign_in, on, settings):
    browser, _ = sign_in("soudan")
    words = "まだメールを送る設定になっていません"
    assert words not in browser.get("/me/mail/").content.decode()
    settings.SOUDAN_MAIL = False
    assert words in browser.get("/me/mail/").content.decode()


@pytest.mark.django_db
def test_the_number_of_questions_does_not_grow_with_the_notices(on, django_assert_max_num_queries):
    receiver()
    counts = []
    for number in (1, 3):
        for _ in range(number):
            notice()
        with django_assert_max_num_queries(20) as asked:
            send_digest()
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert re.findall(r"\d+", mail.outbox[-1].subject) == ["3"]
