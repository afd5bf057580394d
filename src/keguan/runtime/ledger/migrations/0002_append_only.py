"""Triggers that refuse to change, delete or replace what the ledger holds, on both engines.

A later migration that rebuilds one of these tables on SQLite drops its triggers with it and must call
``protect`` again at its end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import migrations

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor

TABLES = ("ledger_entry", "ledger_block")
REFUSAL = "the ledger is append-only"

# INSERT OR REPLACE deletes without a delete trigger on SQLite: so an insert over an existing id is refused as well.
SQLITE = (
    "CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    "CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, '{refusal}'); END",
    (
        "CREATE TRIGGER {table}_no_replace BEFORE INSERT ON {table} "
        "WHEN EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id) BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    ),
)
POSTGRESQL_FUNCTION = (
    "CREATE OR REPLACE FUNCTION ledger_refuse() RETURNS trigger LANGUAGE plpgsql AS "
    "$$ BEGIN RAISE EXCEPTION '{refusal}'; END $$"
)
POSTGRESQL = (
    "CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {table} "
    "FOR EACH STATEMENT EXECUTE FUNCTION ledger_refuse()"
)


def protect(_apps: object, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Create the triggers of both tables."""
    vendor = schema_editor.connection.vendor
    if vendor == "postgresql":
        schema_editor.execute(POSTGRESQL_FUNCTION.format(refusal=REFUSAL))
    for table in TABLES:
        for statement in (POSTGRESQL,) if vendor == "postgresql" else SQLITE:
            schema_editor.execute(statement.format(table=table, refusal=REFUSAL))


class Migration(migrations.Migration):
    """There is no way back: unprotecting the ledger is not something that a migration does."""

    dependencies = [("ledger", "0001_initial")]
    operations = [migrations.RunPython(protect, elidable=False)]
