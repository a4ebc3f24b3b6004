"""Roll-ups of the contacts, kept by database triggers in the transaction that changes a record, and closed months.

Roll-ups hold nothing that the records do not say; `reports.rollups` compares them with a live recount and makes them
anew. What a contact is: `ConsultationQuerySet.contacts()`.
"""

import pgtrigger
from django.db import models

from cases.models import Client
from centers.models import Center, User


class RollUp(models.Model):
    """Written by triggers alone. Pages read it through `reports.series` and `reports.counting`."""

    center = models.ForeignKey(Center, models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()  # the first day of the month

    unscoped = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "unscoped"


class MonthLine(RollUp):
    """How many contacts of a center and month stand in one line: the sum of `number` over its rows.

    A change adds a row and never touches one, so that no save waits for another; they are folded at night.
    `figures`: contacts (code all), methods, contents, items (code: id of the 業務項目), and changes: one for each
    statement that changed what the month's figures may hang on.
    """

    figures = models.CharField(max_length=10)
    code = models.CharField(max_length=36)
    number = models.IntegerField()

    class Meta(RollUp.Meta):
        indexes = [
            models.Index(
                fields=["figures", "month", "center"], include=["code", "number"], name="month_line_reading"
            )
        ]


class MonthPresence(RollUp):
    """A client with contacts at a center in a month: how many, and on which day the first."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="+", db_index=False)
    first_on = models.DateField()
    contacts = models.IntegerField()

    class Meta(RollUp.Meta):
        constraints = [
            models.UniqueConstraint(
                fields=["client", "month", "center"], include=["first_on"], name="month_presence_once"
            )
        ]
        indexes = [
            models.Index(fields=["center", "month"], include=["client", "first_on"], name="month_presence_of")
        ]


class MonthMemo(models.Model):
    """The counts of a month as they were worked out at a stamp; `scope` is a center's id, or city.

    They hold as long as the sum of the changes is the stamp, and the definition that of the program. Written and
    read by reports.memo alone.
    """

    scope = models.CharField(max_length=36)
    month = models.DateField()
    definition = models.CharField(max_length=64)
    stamp = models.BigIntegerField()
    counts = models.JSONField()

    unscoped = models.Manager()

    class Meta:
        default_manager_name = "unscoped"
        constraints = [models.UniqueConstraint(fields=["scope", "month"], name="month_memo_once")]


class MonthlyReport(models.Model):
    """月次の締め: the figures of a center's month as they were when it was closed. 版 2 and on are 訂正版.

    `figures` are the tables of reports.tables.Counts and 後方支援, `records` what each contact stood for: id → its lines (see
    reports.closing). Never changed. Written and read by reports.closing alone.
    """

    center = models.ForeignKey(Center, models.PROTECT, related_name="+")
    month = models.DateField()  # the first day of the month
    version = models.PositiveSmallIntegerField("版")
    definition = models.CharField("数え方の版", max_length=20)
    figures = models.JSONField()
    records = models.JSONField()
    reason = models.CharField("訂正の理由", max_length=200, blank=True)
    closed_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="締めた人")
    closed_at = models.DateTimeField("締めた日時", auto_now_add=True)

    unscoped = models.Manager()

    class Meta:
        default_manager_name = "unscoped"
        constraints = [
            models.UniqueConstraint(fields=["center", "month", "version"], name="monthly_report_once"),
            models.CheckConstraint(
                name="monthly_report_reason", condition=models.Q(version=1) | ~models.Q(reason="")
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]
