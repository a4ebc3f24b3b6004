"""The card 「バックアップ」 for who runs the system: how the last ones went."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone

from centers.access import Right, rights_of
from centers.contracts import setting
from centers.models import BackupRun, User
from centers.periods import today
from centers.wording import megabytes, moment_words


@dataclass(frozen=True)
class BackupCard:
    """good: the last verified one; last: the last attempt; nightly: whether there is one each night; late: whether the
    last good one is older than the setting allows."""

    good: BackupRun | None
    last: BackupRun | None
    nightly: bool
    late: bool

    @property
    def when(self) -> str:
        return moment_words(self.good.finished_at) if self.good else ""

    @property
    def megabytes(self) -> str:
        return megabytes(self.good.size) if self.good else ""

    @property
    def problem(self) -> str:
        return self.last.problem if self.last else ""


def backup_card(user: User) -> BackupCard | None:
    """None for who does not run the system."""
    if not rights_of(user).allowed(Right.OPERATION_READ):
        return None
    runs = BackupRun.objects.order_by("-finished_at")
    good = runs.filter(problem="").first()
    late = good is not None and good.older_than(setting("backup_alarm_hours", today()), timezone.now())
    return BackupCard(good, runs.first(), bool(settings.SOUDAN_BACKUP_DIR), late)
