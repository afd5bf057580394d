"""Triggers that refuse to change or delete a line of the list of destruction, on both engines.

A later migration that rebuilds the table on SQLite drops its triggers with it and must call ``protect`` again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLE = "retention_destroyed"
REFUSAL = "the list of destruction is append-only"

# INSERT OR REPLACE deletes without a delete trigger on SQLite: so an insert over an existing id is refused as well.
SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    (
        "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        "WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id OR reference = NEW.reference) "
        "BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
)
POSTGRESQL = (
    (
        "CREATE OR REPLACE FUNCTION retention_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
    ),
    (
        "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION retention_refuse()"
    ),
)


def protect(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers."""
    for statement in POSTGRESQL if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement.format(table=TABLE, refusal=REFUSAL))


class Migration(migrations.Migration):
    """There is no way back: unprotecting the list is not something that a migration does."""

    dependencies = [("retention", "0001_initial")]
    operations = [migrations.RunPython(protect, elidable=False)]
