import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from cases.enums import Direction, LogVia, Subject
from cases.models.case import AnonymousThread, Case
from cases.models.client import Client
from cases.models.versioned import FormerVersion, StandingQuerySet, Versioned, void_whole
from cases.scoping import NoteScopedModel, not_hidden
from centers.access import Right, rights_of
from centers.enums import CodeList
from centers.history import tracked
from centers.models import BusinessItem, Center, StaffMember, User
from centers.scoping import CenterScopedModel


class ConsultationQuerySet(StandingQuerySet):
    def counted(self):
        """計上する, and not taken back."""
        return self.standing().filter(counted=True)

    def contacts(self):
        """延べ件数 of the contract: counted, and of a 業務項目 that belongs to it (own 計画相談 does not)."""
        return self.counted().filter(business_item__in_contacts=True)


@tracked()
class Consultation(Versioned, NoteScopedModel):
    """相談記録: one contact with one client (or none). One entry about several clients is one group.

    `group` is the entry's idempotency token: a second post of the same entry finds its records and adds none.
    Never overwritten (a 訂正 keeps the former text as ConsultationVersion), never deleted (取り消し keeps it).
    """

    VERSIONED = (
        "date",
        "start_time",
        "minutes",
        "method",
        "direction",
        "contents",
        "counterpart",
        "counterpart_note",
        "business_item",
        "place",
        "facts",
        "view",
        "done",
        "counted",
        "uncounted_reason",
        "unanswered",
        "rights_concern",
    )
    KEPT = ("subject",)  # who it was about changes by an Identification
    CODE_LISTS = {
        "method": CodeList.METHOD,
        "contents": CodeList.CONTENT,
        "counterpart": CodeList.COUNTERPART,
    }

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    group = models.UUIDField("まとまり", default=uuid.uuid4, editable=False)
    position = models.PositiveSmallIntegerField(default=0, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    subject = models.CharField("だれの相談か", max_length=12, choices=Subject.choices)
    client = models.ForeignKey(
        Client, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name="利用者"
    )
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="consultations")
    thread = models.ForeignKey(
        AnonymousThread,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="consultations",
        verbose_name="匿名の相談者",
    )
    identification = models.ForeignKey(
        "Identification", models.PROTECT, null=True, blank=True, related_name="consultations"
    )
    date = models.DateField("相談日")
    start_time = models.TimeField("開始", null=True, blank=True)
    minutes = models.PositiveSmallIntegerField("分", null=True, blank=True)
    method = models.CharField("支援方法", max_length=4)
    direction = models.CharField("発着", max_length=3, choices=Direction.choices, blank=True)
    contents = ArrayField(models.CharField(max_length=4), default=list, verbose_name="支援内容")
    counterpart = models.CharField("話した人", max_length=4, blank=True)
    counterpart_note = models.CharField("話した人(くわしく)", max_length=60, blank=True)
    business_item = models.ForeignKey(BusinessItem, models.PROTECT, related_name="+", verbose_name="業務項目")
    place = models.CharField("場所", max_length=60, blank=True)
    facts = models.TextField("相談の要点", blank=True)
    view = models.TextField("所見", blank=True)
    done = models.TextField("対応", blank=True)
    counted = models.BooleanField("計上する", default=True)
    uncounted_reason = models.CharField("計上しない理由", max_length=100, blank=True)
    unanswered = models.BooleanField("不在・つながらず", default=False)
    rights_concern = models.BooleanField("虐待・差別の疑い", default=False)
    staff = models.ForeignKey(
        StaffMember, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="対応した人"
    )
    written_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="書いた人")
    created_at = models.DateTimeField(auto_now_add=True)

    unscoped = ConsultationQuerySet.as_manager()

    class Meta(NoteScopedModel.Meta):
        constraints = [
            models.UniqueConstraint(fields=["group", "position"], name="consultation_once"),
            models.CheckConstraint(
                name="consultation_subject",
                condition=(
                    Q(subject=Subject.CLIENT, client__isnull=False)
                    & (Q(thread__isnull=True) | Q(identification__isnull=False))
                )
                | Q(subject=Subject.ANONYMOUS, client__isnull=True, identification__isnull=True)
                | Q(
                    subject=Subject.ORGANIZATION,
                    client__isnull=True,
                    thread__isnull=True,
                    case__isnull=True,
                    identification__isnull=True,
                ),
            ),
            models.CheckConstraint(
                name="consultation_contents",
                condition=Q(unanswered=True) | ~Q(contents=[]),
                violation_error_message="支援内容が選ばれていません。1つ以上選んでください。",
            ),
            models.CheckConstraint(
                name="consultation_uncounted", condition=Q(counted=True) | ~Q(uncounted_reason="")
            ),
            models.CheckConstraint(
                name="consultation_minutes", condition=Q(minutes__isnull=True) | Q(minutes__lte=1440)
            ),
            void_whole("consultation_void"),
        ]
        indexes = [
            models.Index(F("center"), F("date").desc(), F("id").desc(), name="consultation_center"),
            models.Index(F("client"), F("date").desc(), F("id").desc(), name="consultation_client"),
            models.Index(F("thread"), F("date").desc(), name="consultation_thread"),
            models.Index(F("written_by"), F("created_at").desc(), name="consultation_writer"),
        ]


@tracked()
class ConsultationVersion(FormerVersion, NoteScopedModel):
    center_path = "consultation__center"
    read_right = Right.NOTE_READ

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="versions")

    class Meta(NoteScopedModel.Meta):
        ordering = ["-version"]
        constraints = [
            models.UniqueConstraint(fields=["consultation", "version"], name="consultation_version_once")
        ]

    @classmethod
    def visibility(cls, rights):
        seen = Consultation.unscoped.filter(Consultation.visibility(rights))
        return Q(consultation__in=seen)


class Draft(models.Model):
    """下書き of one user: what stands in the quick log, kept on the server until saved or 30 days old.

    Outside the change history. `group` becomes the group of the records when it is saved.
    """

    group = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    center = models.ForeignKey(Center, models.CASCADE, related_name="+")
    client = models.ForeignKey(Client, models.CASCADE, null=True, blank=True, related_name="+")
    content = models.JSONField(default=dict)
    started_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    unscoped = models.Manager()

    class Meta:
        default_manager_name = "unscoped"
        indexes = [models.Index(fields=["user", "-updated_at"], name="draft_user")]

    @classmethod
    def visible_to(cls, user) -> models.QuerySet:
        """Drafts are their writer's alone, while they work in the center and may see whom the draft is about."""
        rights = rights_of(user)
        own = cls.unscoped.filter(user=rights.user_id, center__in=rights.center_ids(Right.NOTE_WRITE))
        return own.filter(not_hidden(rights, "client"))


class LogTiming(CenterScopedModel):
    """How long one entry took in the quick log, from opening to saving. Of nobody: no writer, no person."""

    read_right = Right.FIGURES_READ

    center = models.ForeignKey(Center, models.CASCADE, related_name="+")
    day = models.DateField()
    seconds = models.PositiveIntegerField()
    via = models.CharField("開き方", max_length=10, choices=LogVia.choices)

    class Meta(CenterScopedModel.Meta):
        indexes = [models.Index(fields=["center", "day"], name="log_timing_day")]
