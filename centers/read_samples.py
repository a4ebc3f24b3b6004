"""サンプル確認: some reads of a month, drawn by chance for each center, that its センター管理者 confirms one by one."""

from collections.abc import Collection
from datetime import date, datetime, time, timedelta

import pghistory
from django.db import transaction
from django.db.models import CharField, Count, Q, QuerySet, Value
from django.db.models.functions import MD5, Cast, Concat
from django.urls import reverse
from django.utils import timezone

from centers.contracts import setting
from centers.enums import Role, SampleState, Severity
from centers.models import AccessLog, Center, ReadAlarm, ReadSample, ReadSampling, User
from centers.notices import tell_role
from centers.periods import JST, Month

KIND = "read_samples"


def noted_in(month: Month) -> QuerySet[AccessLog]:
    """What was noted in the month (JST, real clock)."""
    start = datetime.combine(month.starts_on, time.min, tzinfo=JST)
    end = datetime.combine(month.ends_on + timedelta(days=1), time.min, tzinfo=JST)
    return AccessLog.objects.filter(at__gte=start, at__lt=end)


def draw(month: Month, *, on: date) -> int:
    """Draw for every center that was open in the month; returns for how many it was done now.

    The same month gives the same reads; a center that has its sample keeps it. `on` is the day of the setting.
    """
    size = setting("read_sample_size", on)
    centers = Center.objects.filter(
        Q(closed_on__isnull=True) | Q(closed_on__gte=month.starts_on), opened_on__lte=month.ends_on
    )
    return sum(_drawn(center, month, size) for center in centers)


@transaction.atomic
def _drawn(center: Center, month: Month, size: int) -> bool:
    sampling, new = ReadSampling.objects.get_or_create(center=center, month=month.starts_on)
    if not new:
        return False
    reads = noted_in(month).filter(center=center, client_id__isnull=False)
    lot = MD5(Concat(Cast("pk", CharField()), Value(f"/{center.pk}/{month}")))
    drawn = reads.order_by(lot, "pk").values_list("pk", flat=True)[:size]
    samples = [
        ReadSample(sampling=sampling, read_id=pk, position=place) for place, pk in enumerate(drawn, start=1)
    ]
    ReadSample.objects.bulk_create(samples)
    if samples:
        tell_role(
            Role.KANRI,
            center_id=center.pk,
            severity=Severity.INFO,
            icon="eye",
            kind=KIND,
            title=f"{month.label}の閲覧のサンプル確認({len(samples)}件)をしてください",
            body="だれが何を見たかを1件ずつ確かめ、「問題なし」か「確かめる」を付けます。",
            path=reverse("cases:read_samples"),
        )
    return True


def remind(*, on: date) -> int:
    """Tell once of each sample that is not confirmed so many days after its drawing; returns how many."""
    since = timezone.now() - timedelta(days=setting("read_sample_days", on))
    late = ReadSampling.objects.filter(drawn_at__lt=since, reminded_at__isnull=True)
    done = 0
    for sampling in late.filter(samples__state=SampleState.OPEN).distinct():
        with transaction.atomic():
            mine = ReadSampling.objects.filter(pk=sampling.pk, reminded_at__isnull=True)
            if not mine.update(reminded_at=timezone.now()):
                continue
            tell_role(
                Role.KANRI,
                center_id=sampling.center_id,
                icon="eye",
                kind=KIND,
                title=f"{Month.of(sampling.month).label}の閲覧のサンプル確認が終わっていません",
                body="まだ確かめていない閲覧があります。確かめて、結果を付けてください。",
                path=reverse("cases:read_samples"),
            )
            done += 1
    return done


@transaction.atomic
def judge(*, sample: ReadSample, by: User, state: SampleState, note: str = "") -> ReadSample:
    """問題なし or 確かめる, with a note; may be judged anew, the history keeps both."""
    standing = ReadSample.objects.select_for_update().get(pk=sample.pk)
    standing.state, standing.note = state, note
    standing.judged_by, standing.judged_at = by, timezone.now()
    with pghistory.context(user=str(by.pk)):
        standing.save(update_fields=["state", "note", "judged_by", "judged_at"])
    return standing


def with_counts(samplings: QuerySet[ReadSampling]) -> QuerySet[ReadSampling]:
    """Each with `size`, and how many are open, fine and to be asked about."""
    counts = {state: Count("samples", filter=Q(samples__state=state)) for state in SampleState.values}
    return samplings.annotate(size=Count("samples"), **counts)


def alarms_of(center_ids: Collection, since: datetime) -> QuerySet[ReadAlarm]:
    """Days since then on which somebody with a role in the centers opened too many persons."""
    alarms = ReadAlarm.objects.filter(user__grants__center__in=center_ids, at__gte=since)
    return alarms.select_related("user").distinct()
