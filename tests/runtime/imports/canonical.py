"""Everything that imports made, by business key and decrypted, so that two databases can be compared.

python -m tests.runtime.imports.canonical     prints it as JSON lines, with the ledger's proof in the last one
"""

from __future__ import annotations

import json
import sys
from typing import Any

import django


def dump() -> list[str]:
    """One line for each record: its type, its owner's name, and all its values; references by the other's title."""
    from keguan.runtime.policies import queries as policies

    model = policies.current().model
    lines = [
        json.dumps(each, ensure_ascii=False, default=str) for kind in model.record_types for each in _records(kind)
    ]
    return [*sorted(lines), *_imports()]


def _imports() -> list[str]:
    from keguan.runtime.imports.models import Import

    return [
        json.dumps(
            [
                each.record_type,
                each.state,
                each.position,
                each.created,
                each.rejected,
                each.file,
                list(each.rejections.order_by("row").values_list("row", "reasons")),
            ],
            ensure_ascii=False,
        )
        for each in Import.objects.order_by("id")
    ]


def _records(kind: str) -> list[list[Any]]:
    from django.db import connection

    from keguan.language.model.naming import record_table
    from keguan.runtime.access import crypto
    from keguan.runtime.access.columns import columns
    from keguan.runtime.policies import queries as policies

    model = policies.current().model
    shown = columns(model, kind)
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, name FROM org_staff")
        staff = dict(cursor.fetchall())
        titles: dict[str, dict[int, Any]] = {}
        for target in {column.target for column in shown.values() if column.target}:
            cursor.execute(f"SELECT id, {model.record_types[target].title} FROM {record_table(target)}")
            titles[target] = dict(cursor.fetchall())
        cursor.execute(f"SELECT * FROM {record_table(kind)}")
        names = [each[0] for each in cursor.description or ()]
        rows = [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
        cursor.execute(f"SELECT record_id, count(*) FROM tok_{kind} GROUP BY record_id")
        tokens = dict(cursor.fetchall())
        history: dict[int, int] = {}
        for decision in (each for each in model.decisions.values() if each.record_type == kind):
            cursor.execute(f"SELECT record_id, count(*) FROM his_{decision.code} GROUP BY record_id")
            history |= dict(cursor.fetchall())
    lines = []
    for row in rows:
        values: list[Any] = [kind, staff.get(row["owner_id"]), row["import_row"], row["version"]]
        values += [tokens.get(row["id"], 0), history.get(row["id"], 0)]
        for column in shown.values():
            value = row[column.physical]
            if value is not None and column.sensitive:
                value = crypto.open_sealed(crypto.place(kind, column.code), row["id"], value)
            elif value is not None and column.target:
                value = titles[column.target][value]
            values.append(value)
        lines.append(values)
    return lines


def proof() -> str:
    """The finding of the ledger's verification."""
    from keguan.runtime.ledger import queries as ledger
    from keguan.runtime.ledger.actions import seal

    seal()
    report = ledger.verify()
    return "sound" if report.sound and report.entries else repr(report)


if __name__ == "__main__":
    django.setup()
    sys.stdout.write("\n".join([*dump(), proof()]))
