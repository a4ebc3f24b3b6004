"""An operation for migrations that bring many models."""

from collections.abc import Sequence

from django.db.migrations import AddConstraint, AddField, AddIndex, AlterField, CreateModel
from django.db.migrations.operations.base import Operation

_PARTS = (AddConstraint, AddField, AddIndex, AlterField)


class AtOnce(Operation):
    """Operations after which the models are worked out once, instead of after each of them.

    Django renders every related model anew at each operation; with the history's triggers that is most of the time
    of a first start. A table is made in its last form, so its own later parts are not added again.
    """

    def __init__(self, operations: Sequence[Operation]):
        self.operations = operations
        self.reversible = all(operation.reversible for operation in operations)

    def deconstruct(self):
        return type(self).__qualname__, [], {"operations": self.operations}

    def state_forwards(self, app_label, state):
        rendered = state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)
        if rendered is not None:
            _ = state.apps

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        made = self._made()
        for operation in self.operations:
            if not (isinstance(operation, _PARTS) and operation.model_name_lower in made):
                operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        """A table that was made here goes with all that hangs on it."""
        made = self._made()
        for operation in reversed(self.operations):
            if getattr(operation, "model_name", "").lower() not in made:
                operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def _made(self) -> set[str]:
        return {one.name_lower for one in self.operations if isinstance(one, CreateModel)}

    def describe(self):
        return f"{len(self.operations)} operations at once"
