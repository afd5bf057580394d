"""Old blocks in files: whole, encrypted, proved by themselves and against the database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger import archive, sealing
from keguan.runtime.ledger.actions import SYSTEM, Actor, Record, Refused, append, seal
from keguan.runtime.ledger.models import Block, Entry
from keguan.runtime.ledger.queries import entries_page, verify
from tests.runtime.ledger.tampering import drop_triggers, execute, undone, write_entries

if TYPE_CHECKING:
    from datetime import datetime

    from tests.conftest import Home

pytestmark = pytest.mark.django_db

ROOT = Actor(None, "root", "cli")


@pytest.fixture
def years(afternoon: datetime, monkeypatch: pytest.MonkeyPatch) -> int:
    """Blocks enough for two files and a half, four years old, and a new one; how many entries the two files hold."""
    monkeypatch.setattr(sealing, "BLOCK_SIZE", 3)
    missing = 2 * archive.BLOCKS + 20 - Block.objects.count()
    append(SYSTEM, [Record("tests.wrote", "customer", n, data={"reason": "秘密"}) for n in range(3 * missing)])
    seal()
    clock.advance(timedelta(days=4 * 365))
    write_entries(2)
    seal()
    return sum(Block.objects.filter(pk__lte=2 * archive.BLOCKS).values_list("count", flat=True))


def test_old_blocks_are_copied_once_and_prove_themselves(years: int, tmp_path: Path) -> None:
    """Whole files of old blocks only; a second run makes none; the entries stay where they are; it stands in the
    ledger.
    """
    before = Entry.objects.count()
    made = archive.archive(ROOT, tmp_path, 36)
    assert [path.name for path in made] == ["ledger-00000001-00000050.kgl", "ledger-00000051-00000100.kgl"]
    assert archive.archive(ROOT, tmp_path, 36) == ()
    checked = [archive.check(path) for path in made]
    assert sum(each.entries for each in checked) == years
    assert [(each.blocks, each.faults) for each in checked] == [(50, ()), (50, ())]
    assert Entry.objects.count() == before + 2
    assert entries_page().entries[0].data == {"file": made[1].name, "blocks": 50}
    assert "秘密".encode() not in made[0].read_bytes()
    assert verify().sound


def test_a_file_that_was_touched_is_not_opened(years: int, tmp_path: Path) -> None:
    """A changed byte, another name: refused in words."""
    path, *_rest = archive.archive(ROOT, tmp_path, 36)
    stored = path.read_bytes()
    for at in (0, 5, 20, len(stored) // 2, len(stored) - 1):
        path.write_bytes(stored[:at] + bytes([stored[at] ^ 1]) + stored[at + 1 :])
        with pytest.raises(Refused) as refusal:
            archive.check(path)
        assert refusal.value.code == "ledger.archive_unreadable"
    renamed = path.with_name("ledger-00000051-00000100x.kgl")
    renamed.write_bytes(stored)
    with pytest.raises(Refused):
        archive.check(renamed)


def test_a_file_and_a_database_that_differ_are_told(years: int, tmp_path: Path) -> None:
    """A block that was remade since, and entries that were changed before they were copied."""
    drop_triggers()
    with undone():
        path, *_rest = archive.archive(ROOT, tmp_path, 36)
        execute("UPDATE ledger_block SET seal = %s WHERE id = 7", "0" * 64)
        assert archive.check(path).faults == ("封存块 7 与数据库里的不同。",)
        path.unlink()
    execute("UPDATE ledger_entry SET via = 'x' WHERE id = %s", Block.objects.get(pk=9).first)
    path, *_rest = archive.archive(ROOT, tmp_path, 36)
    assert archive.check(path).faults == ("封存块 9 的校验根不符。",)


def test_the_law_keeps_young_entries_where_they_are(years: int, tmp_path: Path) -> None:
    """Six months at least, and a folder that is there; nothing is made otherwise."""
    for months, folder, code in ((5, tmp_path, "archive_young"), (36, tmp_path / "none", "archive_folder")):
        with pytest.raises(Refused) as refusal:
            archive.archive(ROOT, folder, months)
        assert refusal.value.code == f"ledger.{code}"
    assert list(tmp_path.iterdir()) == []


SCRIPT = """
import os, random, signal, sys, time
from pathlib import Path
from django.db import connection
from keguan.runtime.ledger import anchors, archive, receipts, sealing
from keguan.runtime.ledger.actions import SYSTEM, Actor, Record, append, seal
from keguan.runtime.ledger.models import Anchorage, Block
from keguan.runtime.ledger.queries import entries_page, verify
from django.conf import settings

sealing.BLOCK_SIZE = 20
append(SYSTEM, [Record("tests.wrote", "thing", number) for number in range(8_000)])
seal()
sealing.microseconds = archive.microseconds = lambda moment: 2**62
folder = settings.HOME / "archive"
folder.mkdir()
root = Actor(None, "root", "cli")
connection.close()
chance = random.Random(26)
killed = 0
for work in [lambda: archive.archive(root, folder, 36)] * 4 + [lambda: anchors.publish(now=True)] * 4:
    child = os.fork()
    if child == 0:
        work()
        os._exit(0)
    time.sleep(chance.uniform(0.002, 0.05))
    os.kill(child, signal.SIGKILL)
    killed += os.WIFSIGNALED(os.waitpid(child, 0)[1])
archive.archive(root, folder, 36)
anchors.publish(now=True)
files = sorted(folder.glob("*.kgl"))
checked = [archive.check(path) for path in files]
noted = entries_page(size=500).entries
told = {entry.data["file"] for entry in noted if entry.action == "ledger.archive"}
lines = [line for path in settings.HOME.glob("ledger-anchors-*") for line in path.read_text().splitlines()]
kept = [receipts.read(line) for line in lines]
report = verify(anchors=kept)
print(killed > 0, len(files), sum(each.entries for each in checked), sum(len(each.faults) for each in checked),
      told == {path.name for path in files}, len(kept) > 0, Anchorage.objects.get().block_id == Block.objects.count(),
      report.sound)
"""


@pytest.mark.sqlite_only
def test_killed_archiving_and_anchoring_are_made_up_for(home: Home) -> None:
    """Killed at random moments and run once more: every file is whole and in the ledger, every receipt fits."""
    told = home.lean.script(SCRIPT).split()
    assert told == ["True", "8", "8000", "0", "True", "True", "True", "True"]
