"""開示請求: what is prepared for a person who asks for their own data."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from cases.enums import DisclosureAsker
from cases.models.client import Client
from centers.access import Right
from centers.history import tracked
from centers.models import Center, User
from centers.scoping import CenterScopedModel


@tracked()
class Disclosure(CenterScopedModel):
    """One request and what is to be blacked out of the pack: whole pieces by their names, and passages wherever they
    stand. The pack itself is made anew each time from the records."""

    read_right = Right.DISCLOSE

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    center = models.ForeignKey(Center, models.PROTECT, related_name="+", verbose_name="センター")
    client = models.ForeignKey(Client, models.PROTECT, related_name="disclosures", verbose_name="利用者")
    asked_on = models.DateField("請求のあった日")
    asker = models.CharField("請求した人", max_length=8, choices=DisclosureAsker.choices)
    hidden = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    passages = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    opened_by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="始めた人")
    opened_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(default=1)

    class Meta(CenterScopedModel.Meta):
        ordering = ["-opened_at", "id"]
