"""The only way to a center's rows: `Model.visible_to(user)`. There is no `Model.objects` on them."""

from django.db import models
from django.db.models import Q

from centers.access import Right, Rights, rights_of


class CenterScopedModel(models.Model):
    """A row that belongs to a center. `center_path` leads to the center, `read_right` opens it."""

    center_path = "center"
    read_right: Right

    unscoped = models.Manager()

    class Meta:
        abstract = True
        default_manager_name = "unscoped"

    @classmethod
    def visible_to(cls, user) -> models.QuerySet:
        """The rows that the user may read today; none for somebody without the right."""
        rights = rights_of(user)
        if not cls.open_to(rights):
            return cls.unscoped.none()
        return cls.unscoped.filter(cls.visibility(rights))

    @classmethod
    def open_to(cls, rights: Rights) -> bool:
        """Whether there can be rows for the user at all."""
        return rights.allowed(cls.read_right)

    @classmethod
    def visibility(cls, rights: Rights) -> Q:
        return Q(**{f"{cls.center_path}__in": rights.center_ids(cls.read_right)})
