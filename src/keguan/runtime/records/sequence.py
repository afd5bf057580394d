"""Ids, given out by us and before the insert: a sealed value is bound to the id of its record."""

from __future__ import annotations

from django.db import connection

_TAKE = (
    "INSERT INTO records_sequence (record_type, next) VALUES (%s, %s) "
    "ON CONFLICT (record_type) DO UPDATE SET next = records_sequence.next + %s RETURNING next"
)


def take(record_type: str, count: int = 1) -> range:
    """The next ``count`` ids of a record type, never given again once the transaction is committed.

    It locks the type's row until the end of the transaction, which also makes the check for duplicates that follows it
    safe against another writer.
    """
    with connection.cursor() as cursor:
        cursor.execute(_TAKE, [record_type, count + 1, count])
        following = int(cursor.fetchone()[0])
    return range(following - count, following)


def newest_of_all() -> dict[str, int]:
    """The last id given out, by record type; without those of which none was. One query."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT record_type, next - 1 FROM records_sequence WHERE next > 1")
        return {str(record_type): int(last) for record_type, last in cursor.fetchall()}


def newest(record_type: str) -> int:
    """The last id given out; 0 when there is none."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT next FROM records_sequence WHERE record_type = %s", [record_type])
        row = cursor.fetchone()
    return int(row[0]) - 1 if row else 0
