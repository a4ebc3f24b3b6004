import uuid

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from centers.enums import CENTER_ROLES, Post, Qualification, Role
from centers.history import tracked
from centers.models.base import Period, PeriodQuerySet, date_order, no_overlap
from centers.models.organisation import Center, Ward


class UserManager(BaseUserManager["User"]):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        user = self.model(username=username, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


@tracked(secret=["password", "last_login"])
class User(AbstractBaseUser):
    """A login. What it may do follows from its role grants in force, nothing else."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    username = models.CharField(
        "利用者名",
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(
                r"^[a-z0-9][a-z0-9._-]*$", "利用者名は半角の英小文字・数字・. _ - で入れてください。"
            )
        ],
    )
    name = models.CharField("氏名", max_length=60)
    email = models.EmailField("メール", blank=True)
    is_active = models.BooleanField("使える", default=True)
    single_keys = models.BooleanField("1文字キーを使う", default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"

    objects = UserManager()

    def __str__(self):
        return self.name

    @property
    def family_name(self) -> str:
        return self.name.split()[0] if self.name else ""


@tracked()
class StaffMember(models.Model):
    """職員: a contract fact; may exist without a login."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField("氏名", max_length=60)
    kana = models.CharField("カナ", max_length=80, blank=True)
    user = models.OneToOneField(
        User, models.PROTECT, null=True, blank=True, related_name="staff_member", verbose_name="アカウント"
    )

    def __str__(self):
        return self.name

    @property
    def family_name(self) -> str:
        return self.name.split()[0] if self.name else ""


@tracked()
class StaffAssignment(Period):
    """配置: one staff member in one post of one center for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    staff = models.ForeignKey(StaffMember, models.PROTECT, related_name="assignments", verbose_name="職員")
    center = models.ForeignKey(Center, models.PROTECT, related_name="assignments", verbose_name="センター")
    post = models.CharField("職種", max_length=10, choices=Post.choices)
    full_time = models.BooleanField("常勤", default=True)
    exclusive = models.BooleanField("専従", default=True)
    qualifications = ArrayField(
        models.CharField(max_length=20, choices=Qualification.choices), default=list, blank=True
    )
    experience_months = models.PositiveSmallIntegerField("開始日までの実務経験(月)", default=0)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["center", "post", "starts_on"]
        constraints = [
            date_order("assignment_dates"),
            no_overlap(
                "assignment_no_overlap",
                "staff",
                "center",
                "post",
                message="同じ職員の同じ配置が、期間で重なっています。開始日と終了日を確かめてください。",
            ),
        ]


@tracked()
class RoleGrant(Period):
    """権限: a role for a user within a center, a ward or the city, for a time."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField("権限", max_length=10, choices=Role.choices)
    center = models.ForeignKey(Center, models.PROTECT, null=True, blank=True, related_name="grants")
    ward = models.ForeignKey(Ward, models.PROTECT, null=True, blank=True, related_name="grants")
    granted_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = PeriodQuerySet.as_manager()

    class Meta:
        constraints = [
            date_order("grant_dates"),
            models.CheckConstraint(
                name="grant_scope",
                condition=Q(role__in=CENTER_ROLES, center__isnull=False, ward__isnull=True)
                | Q(role=Role.KU, center__isnull=True, ward__isnull=False)
                | Q(role__in=[Role.SHI, Role.SYSTEM, Role.KANSA], center__isnull=True, ward__isnull=True),
                violation_error_message="権限と範囲(センター・区・市)が合っていません。",
            ),
            no_overlap(
                "grant_center_no_overlap",
                "user",
                "role",
                "center",
                condition=Q(center__isnull=False),
                message="同じ権限が、期間で重なっています。",
            ),
            no_overlap(
                "grant_ward_no_overlap",
                "user",
                "role",
                "ward",
                condition=Q(ward__isnull=False),
                message="同じ権限が、期間で重なっています。",
            ),
            no_overlap(
                "grant_city_no_overlap",
                "user",
                "role",
                condition=Q(center__isnull=True, ward__isnull=True),
                message="同じ権限が、期間で重なっています。",
            ),
        ]
