"""A thousand seeded attacks on the database itself: each is found, and the first broken entry is named."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime.ledger import lanes
from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.digest import COLUMNS
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import verify
from tests.runtime.ledger.tampering import drop_triggers, execute, undone, value_of, write_entries

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

SEALED, OPEN = 120, 30


@pytest.fixture
def ledger(django_capture_on_commit_callbacks: Callable[..., object]) -> list[int]:
    """Entries in three blocks of 40 and 30 unsealed ones, the head noted, the triggers off; the ids."""
    ids: list[int] = []
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            ids += write_entries(SEALED // 3)
            seal()
        ids += write_entries(OPEN)
    drop_triggers()
    assert verify().sound
    return ids


def edit(ledger: list[int], chance: Random) -> int:
    """One byte of one column of one entry."""
    entry_id = chance.choice(ledger)
    column = chance.choice([*COLUMNS[1:], "digest"])
    old = value_of("ledger_entry", column, entry_id)
    if isinstance(old, str) and old:
        at = chance.randrange(len(old))
        new: object = old[:at] + chance.choice([letter for letter in "aA0 9f中" if letter != old[at]]) + old[at + 1 :]
    elif isinstance(old, str):
        new = "x"
    else:
        new = (old or 0) ^ (1 << chance.randrange(8)) if isinstance(old, int) else 1
    execute(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", new, entry_id)
    return entry_id


def delete(ledger: list[int], chance: Random) -> int:
    """One entry."""
    entry_id = chance.choice(ledger)
    execute("DELETE FROM ledger_entry WHERE id = %s", entry_id)
    return entry_id


def swap(ledger: list[int], chance: Random) -> int:
    """Two entries' places."""
    one, other = sorted(chance.sample(ledger, 2))
    for new, old in ((-1, one), (one, other), (other, -1)):
        execute("UPDATE ledger_entry SET id = %s WHERE id = %s", new, old)
    return one


def cut(ledger: list[int], chance: Random) -> int:
    """The end, from an entry on: with the blocks that held any of it, and the counters' later state."""
    first = chance.choice(ledger)
    execute("DELETE FROM ledger_entry WHERE id >= %s", first)
    execute("DELETE FROM ledger_block WHERE last >= %s", first)
    return first


def cut_and_wind_back(ledger: list[int], chance: Random) -> int:
    """The end, with the counter brought back to a state that was genuine: only what lies outside can tell."""
    first = chance.choice(ledger[1:])
    last = Entry.objects.filter(pk__lt=first).order_by("-id")[0].pk
    execute("DELETE FROM ledger_entry WHERE id >= %s", first)
    execute("DELETE FROM ledger_block WHERE last >= %s", first)
    ((lane, count, _last, _sound),) = lanes.state()
    back = count - len([each for each in ledger if each >= first])
    lanes.move(lanes.Taken(lane, back - 1, 0, (last,)))
    return first


ATTACKS = (edit, edit, delete, swap, cut, cut_and_wind_back)


def attacked(ledger: list[int], seed: int) -> None:
    """One attack, undone at the end: it is found, and nothing before its first entry is blamed."""
    chance = Random(seed)
    attack = chance.choice(ATTACKS)
    with undone():
        first = attack(ledger, chance)
        report = verify()
        assert not report.sound, (seed, attack.__name__)
        named = [fault.entry_id for fault in report.faults if fault.entry_id is not None]
        blamed = [fault.block_id for fault in report.faults if fault.entry_id is None]
        if attack is cut and first in ledger[:SEALED]:
            assert min(named) == first, (seed, named, blamed)
        elif attack is cut_and_wind_back:
            assert named == [ledger[-1]] or blamed, (seed, named, blamed)
        else:
            assert named[0] == first, (seed, attack.__name__, first, named)


def test_a_thousand_attacks_are_found(ledger: list[int]) -> None:
    """Edits, deletions, swaps and cut ends, sealed and unsealed, with and without the counter wound back."""
    for seed in range(1_000):
        attacked(ledger, seed)


def test_triggers_taken_off_and_put_back_leave_no_better_trace(ledger: list[int]) -> None:
    """Who drops the triggers, edits and makes them again has still changed the entry."""
    from importlib import import_module

    migration = import_module("keguan.runtime.ledger.migrations.0002_append_only")
    execute("UPDATE ledger_entry SET actor_name = %s WHERE id = %s", "nobody", ledger[7])
    with connection.schema_editor(atomic=False) if connection.vendor == "postgresql" else _plain() as editor:
        migration.protect(None, editor)
    assert [fault.entry_id for fault in verify().faults] == [ledger[7]]


def _plain() -> object:
    from contextlib import nullcontext
    from types import SimpleNamespace

    return nullcontext(SimpleNamespace(connection=connection, execute=execute))


def test_an_undone_transaction_is_no_missing_entry(ledger: list[int]) -> None:
    """Ids that were taken and given up again leave a gap on PostgreSQL, and the proof does not mind."""
    with undone():
        gone = write_entries(3)
    kept = write_entries(2)
    assert verify().sound
    if connection.vendor == "postgresql":
        assert kept[0] > gone[-1]
    execute("DELETE FROM ledger_entry WHERE id = %s", kept[0])
    report = verify()
    assert [fault.entry_id for fault in report.faults] == [kept[0]]


def test_a_counter_that_was_edited_is_named(ledger: list[int]) -> None:
    """A counter set back without the key is no counter, also when the ledger went on since."""
    with undone():
        execute("DELETE FROM ledger_entry WHERE id = %s", ledger[-1])
        execute("UPDATE ledger_lane SET last = %s, count = count - 1 WHERE last = %s", ledger[-2], ledger[-1])
        assert any("道的计数" in fault.sentence for fault in verify().faults)
        write_entries(1)
        assert any("计数被改动过" in fault.sentence for fault in verify().faults)
    with undone():
        execute("DELETE FROM ledger_lane")
        write_entries(1)
        assert not verify().sound


def test_the_journal_tells_of_a_counter_wound_back_within_the_minute(ledger: list[int]) -> None:
    """Entries that nobody sealed yet, gone with a genuine older counter, are named by the note outside; sealing goes on
    and does not wash it away.
    """
    with undone():
        execute("DELETE FROM ledger_entry WHERE id >= %s", ledger[-3])
        ((lane, count, _last, _sound),) = lanes.state()
        lanes.move(lanes.Taken(lane, count - 4, 0, (ledger[-4],)))
        assert [fault.entry_id for fault in verify().faults] == [ledger[-1]]
        write_entries(5)
        seal()
        assert ledger[-1] in [fault.entry_id for fault in verify().faults]
