"""Steps of a migration that others can work through: see docs/explanation/migrations.md."""

from typing import Any

from django.db.migrations.operations import AddIndex


class AddIndexInPeace(AddIndex):
    """An index that PostgreSQL makes while others write; SQLite makes it as any other.

    Its migration says ``atomic = False``, and holds nothing else: when PostgreSQL is cut off in it,
    the index that is left is of no use, and is dropped by hand before the migration is run again.
    """

    atomic = False

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Make the index."""
        if schema_editor.connection.vendor != "postgresql":
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.model_name)
        schema_editor.add_index(model, self.index, concurrently=True)
        return None

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any
    ) -> None:
        """Drop it."""
        if schema_editor.connection.vendor != "postgresql":
            return super().database_backwards(app_label, schema_editor, from_state, to_state)
        model = from_state.apps.get_model(app_label, self.model_name)
        schema_editor.remove_index(model, self.index, concurrently=True)
        return None
