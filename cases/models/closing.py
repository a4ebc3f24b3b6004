from django.db import models

from centers.access import Right
from centers.history import tracked
from centers.models import Center
from centers.scoping import CenterScopedModel


@tracked()
class ClosedMonth(CenterScopedModel):
    """A month that a center has closed: from then on a change of its records is センター管理者's (cases.actions.closing).

    What was counted when it was closed is reports.MonthlyReport.
    """

    read_right = Right.FIGURES_READ

    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    month = models.DateField("月")  # its first day
    closed_at = models.DateTimeField("締めた日時", auto_now_add=True)

    class Meta(CenterScopedModel.Meta):
        constraints = [models.UniqueConstraint(fields=["center", "month"], name="closed_month_once")]
