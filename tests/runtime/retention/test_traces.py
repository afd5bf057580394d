"""What is left of a destroyed record: in the file of the list, in the database's own files, in a restored backup."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from keguan.runtime.policies.queries import current
from keguan.runtime.policies.stored import existing_columns
from keguan.runtime.retention import list_file
from keguan.runtime.retention.models import Destroyed
from keguan.runtime.retention.working import reapply
from tests.runtime.retention.test_disposing import carried_out
from tests.runtime.retention.world import approved, gathered, there, waybill

if TYPE_CHECKING:
    from pathlib import Path

    from tests.cast import Cast
    from tests.conftest import Home


@pytest.fixture(autouse=True)
def _own_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test has a list of its own beside the database."""
    monkeypatch.setattr(list_file, "path", lambda: tmp_path / list_file.NAME)


def destroyed_one(cast: Cast) -> tuple[int, dict[str, Any]]:
    """A waybill that was destroyed, and its row as it stood before."""
    record = waybill(cast.xu_ke, receiver_address="清溪路七十七号院", receiver_phone="13811112222")
    names = sorted(existing_columns("rec_waybill"))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(names)} FROM rec_waybill WHERE id = %s", [record])
        row = dict(zip(names, cursor.fetchone(), strict=True))
    carried_out(cast, approved(cast, gathered()))
    assert not there("waybill", record)
    return record, row


def restore(row: dict[str, Any]) -> None:
    """Put a row back, as a restored backup does."""
    names = ", ".join(row)
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO rec_waybill ({names}) VALUES ({', '.join(['%s'] * len(row))})", list(row.values()))


def test_the_list_lies_beside_the_database_too(archive: Cast) -> None:
    """Each line stands in the file once, with nothing of the record but its id, and its hash fits."""
    destroyed_one(archive)
    list_file.write_out()
    text = list_file.path().read_text(encoding="utf-8")
    assert "清溪路" not in text
    assert "13811112222" not in text
    (line,) = list_file.lines()
    assert line.genuine
    assert line.values["reference"] == Destroyed.objects.get().reference


def test_what_a_backup_brings_back_is_destroyed_again(archive: Cast) -> None:
    """After a restored backup the record is destroyed again by the file; a second time there is nothing to do."""
    record, row = destroyed_one(archive)
    restore(row)
    assert there("waybill", record)
    assert reapply() == (1, 0)
    assert not there("waybill", record)
    assert reapply() == (0, 0)
    assert Destroyed.objects.count() == 1


def test_another_record_of_the_same_id_stays(archive: Cast) -> None:
    """After a restored backup an id may belong to somebody else by now: the digest tells them apart."""
    record, row = destroyed_one(archive)
    restore(row | {"waybill_number": "YD999999"})
    assert reapply() == (0, 0)
    assert there("waybill", record)


def test_a_line_that_was_tampered_with_is_not_obeyed(archive: Cast) -> None:
    """A line whose hash does not fit destroys nothing, and is counted."""
    record, row = destroyed_one(archive)
    restore(row)
    path = list_file.path()
    line = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**line, "record_type": "waybill", "basis": "无"}) + "\n", encoding="utf-8")
    assert reapply() == (0, 1)
    assert there("waybill", record)


def test_the_restored_list_is_completed(archive: Cast) -> None:
    """A list in a backup that does not know of the destruction gets its line back from the file."""
    destroyed_one(archive)
    reference = Destroyed.objects.get().reference
    table = Destroyed._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(f"DROP TRIGGER {table}_no_delete")
        else:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(f"DELETE FROM {table}")
        if connection.vendor != "sqlite":
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
    assert reapply() == (0, 0)
    assert Destroyed.objects.get().reference == reference
    assert current().model.record_types["waybill"].label.zh == Destroyed.objects.get().record_label


SCRIPT = """
from tests.cast import assemble
from tests.runtime.retention import world
from tests.runtime.retention.test_disposing import carried_out
from keguan.runtime import clock
with clock.hold(world.NOON):
    cast = assemble()
    world.publish_policy()
    world.appoint(cast)
    record = world.waybill(cast.xu_ke, receiver_address={address!r}, receiver_phone="13811112222")
    for place in ({first!r}, {address!r}):
        world.change(cast.xu_ke, "waybill", record, receiver_address=place)
    other = world.waybill(cast.xu_ke, "2026-06-30", receiver_address="留下的地址在此")
    carried_out(cast, world.approved(cast, world.gathered()))
    assert not world.there("waybill", record) and world.there("waybill", other)
"""


@pytest.mark.sqlite_only
def test_the_database_files_do_not_hold_the_value(published_home: Home) -> None:
    """After destruction neither SQLite's file nor its log holds the address in clear, as it was last or before; that of
    another record they do hold.
    """
    address, first = "云岭市清溪路七十七号院甲", "云岭市青石巷三十三号乙"
    published_home.script(SCRIPT.format(address=address, first=first), timeout=300)
    files = [path for path in published_home.path.iterdir() if path.name.startswith("keguan.sqlite3")]
    assert files
    content = b"".join(path.read_bytes() for path in files)
    assert "留下的地址在此".encode() in content
    assert address.encode() not in content
    assert first.encode() not in content
    with closing(sqlite3.connect(published_home.path / "keguan.sqlite3")) as database:
        assert database.execute("SELECT count(*) FROM retention_destroyed").fetchone() == (1,)
