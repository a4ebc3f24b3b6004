"""Change history: database triggers catch every insert, update and delete, bulk and raw SQL included."""

import pghistory


def tracked(*, exclude: list[str] | None = None):
    """Class decorator that keeps the history of a model.

    `exclude` names derived columns (roll-ups): a change in them alone makes no history row.
    """
    changed = pghistory.AnyChange(exclude=exclude or [])
    return pghistory.track(
        pghistory.InsertEvent(), pghistory.UpdateEvent(condition=changed), pghistory.DeleteEvent()
    )
