"""The alarm: opens when the last backup failed or is too old, is shown to who runs the system, closes by itself."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from centers.models import BackupRun, Finding, Notice
from centers.notices import visible_notices
from centers.periods import JST
from centers.wording import moment_words
from kumamoto_soudan.celery import app
from reports import tasks
from reports.backup.folder import backups
from reports.backup.making import AlreadyRunning
from reports.backup.problems import Failed, Refused
from reports.checks import run_checks
from reports.checks.registry import BACKUP
from tests.factories import user_with

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("patches")]


@pytest.fixture
def nightly(settings, tmp_path, identity):
    """The folder of an installation with a nightly backup."""
    settings.SOUDAN_BACKUP_DIR = str(tmp_path / "backups")
    settings.SOUDAN_BACKUP_RECIPIENTS = [str(identity.to_public())]
    return tmp_path / "backups"


def today():
    return timezone.localdate(timezone=JST)


def ran(hours_ago: float, problem: str = "") -> BackupRun:
    run = BackupRun.objects.create(started_at=timezone.now(), problem=problem)
    BackupRun.objects.filter(pk=run.pk).update(finished_at=timezone.now() - timedelta(hours=hours_ago))
    return run


def open_findings():
    return Finding.objects.filter(kind="check_late", resolved_on__isnull=True)


def test_without_a_folder_nothing_is_expected(settings):
    settings.SOUDAN_BACKUP_DIR = ""
    assert BACKUP.find(today()) == []
    tasks.backup()
    assert not BackupRun.objects.exists()


@pytest.mark.parametrize(
    ("runs", "alarm"),
    [
        ([], True),
        ([(29.9, "")], False),
        ([(30.1, "")], True),
        ([(1, "壊れた")], True),
        ([(26, ""), (2, "壊れた")], True),
        ([(26, "壊れた"), (2, "")], False),
    ],
    ids=["never", "fresh", "too old", "failed alone", "failed last", "good again"],
)
def test_when_it_opens(runs, alarm, nightly):
    for run in runs:
        ran(*run)
    assert bool(BACKUP.find(today())) is alarm


def test_it_says_when_the_last_good_one_was_and_why_the_next_failed(nightly):
    ran(26)
    ran(2, "pg_dump が終わりませんでした。")
    (fact,) = BACKUP.find(today())
    good = BackupRun.objects.get(problem="")
    assert fact.message == (
        f"最後にできたのは{moment_words(good.finished_at)}です。前回の失敗: pg_dump が終わりませんでした。"
    )
    shown = fact.as_json()
    assert (shown["target"], shown["scope"], shown["severity"]) == ("バックアップ", "city", "warn")
    assert shown["figures"] == {"last_good": good.finished_at.isoformat(), "hours": 30}


def test_a_day_gone_by_is_judged_as_of_its_end(nightly):
    ran(24 * 10)
    day = datetime.now(JST).date()
    assert BACKUP.find(day - timedelta(days=10)) == []
    assert len(BACKUP.find(day - timedelta(days=7))) == 1
    assert BACKUP.find(day - timedelta(days=30)) == []


def test_a_failed_night_opens_it_and_the_next_good_one_closes_it(nightly, monkeypatch):
    nightly.parent.chmod(0o700)
    nightly.touch()  # a file where the folder should be
    with pytest.raises(Failed):
        tasks.backup()
    finding = open_findings().get()
    assert "書けませんでした" in finding.message
    assert Notice.objects.get(finding=finding).closed_at is None

    nightly.unlink()
    tasks.backup()
    assert not open_findings().exists()
    assert Notice.objects.get(finding=finding).closed_at is not None
    assert len(backups(nightly)) == 1


def test_a_bad_public_key_opens_it_too(nightly, settings):
    settings.SOUDAN_BACKUP_RECIPIENTS = ["age1zzz"]
    with pytest.raises(Refused):
        tasks.backup()
    assert "公開鍵" in open_findings().get().message


def test_an_unforeseen_end_is_noted_without_its_text(nightly, monkeypatch):
    def breaks(*_args, **_kwargs):
        raise RuntimeError("葛城 太郎")

    monkeypatch.setattr("reports.backup.runs.back_up", breaks)
    with pytest.raises(RuntimeError):
        tasks.backup()
    assert "葛城" not in BackupRun.objects.get().problem
    assert open_findings().exists()


def test_the_task_leaves_one_that_is_under_way_alone(nightly, monkeypatch):
    def busy(*_args, **_kwargs):
        raise AlreadyRunning("いま行われています")

    monkeypatch.setattr("reports.backup.runs.back_up", busy)
    tasks.backup()
    assert not BackupRun.objects.exists()


def test_the_night_prunes_by_the_settings(nightly):
    for day in range(10, 60):
        path = nightly / f"20{day}0101T000000Z"
        path.mkdir(parents=True)
        (path / "manifest.json").touch()
    tasks.backup()
    assert len(backups(nightly)) == 35


def test_a_long_night_is_not_handed_out_twice():
    app.loader.import_default_modules()
    assert app.tasks["reports.tasks.backup"].acks_late is False


@pytest.mark.parametrize(("role", "sees"), [("system", True), ("shi", True), ("kanri", False), ("ku", False)])
def test_who_is_told(role, sees, nightly):
    run_checks(today(), store=True)
    assert visible_notices(user_with(role)).filter(kind="check_late").exists() is sees


# ---- the card ----


def card(sign_in, role="system") -> str:
    browser, _ = sign_in(role)
    page = browser.get("/contracts/").content.decode()
    return page[page.index("h-backup") :] if "h-backup" in page else ""


def test_the_card_says_when_the_last_good_one_was(sign_in, nightly, on):
    run = ran(3)
    BackupRun.objects.filter(pk=run.pk).update(size=12_345_678, name="20261124T170000Z")
    shown = card(sign_in)
    assert "20261124T170000Z" in shown
    assert "12.3" in shown
    assert "docs/バックアップと復元.md" in shown


def test_the_card_says_that_nothing_is_set_or_that_the_last_one_failed(sign_in, settings, on):
    settings.SOUDAN_BACKUP_DIR = ""
    assert "夜のバックアップは設定されていません" in card(sign_in)
    ran(1, "pg_dump が終わりませんでした。")
    assert "pg_dump が終わりませんでした。" in card(sign_in)


@pytest.mark.parametrize(("hours", "words"), [(29.9, "できています"), (30.1, "遅れています")])
def test_the_card_tells_when_it_is_late(hours, words, sign_in, nightly, on):
    ran(hours)
    assert words in card(sign_in)


def test_only_who_runs_the_system_sees_the_card(sign_in, on):
    assert card(sign_in, "shi") == ""
