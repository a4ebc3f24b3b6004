"""Change history: database triggers catch every insert, update and delete, bulk and raw SQL included."""

from collections.abc import Sequence

import pghistory


def tracked(*, exclude: Sequence[str] = (), secret: Sequence[str] = ()):
    """Class decorator that keeps the history of a model.

    `exclude` names derived columns (roll-ups): a change in them alone makes no history row. `secret` names columns
    that no history row holds.
    """
    changed = pghistory.AnyChange(exclude=[*exclude, *secret])
    return pghistory.track(
        pghistory.InsertEvent(),
        pghistory.UpdateEvent(condition=changed),
        pghistory.DeleteEvent(),
        exclude=list(secret),
    )
