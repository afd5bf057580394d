"""Whatever was changed, deleted, swapped or slipped in is found and named."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.runtime.ledger import head
from keguan.runtime.ledger.actions import SYSTEM, Record, append, seal
from keguan.runtime.ledger.digest import BLOCK_COLUMNS, COLUMNS
from keguan.runtime.ledger.models import Block, Entry
from keguan.runtime.ledger.queries import seals, verify
from tests.runtime.ledger.tampering import drop_triggers, execute, undone, value_of, write_entries

if TYPE_CHECKING:
    from collections.abc import Callable

pytestmark = pytest.mark.django_db

in_one_transaction = settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def ledger() -> list[int]:
    """Entries in three blocks of 20 and 10 unsealed ones, with the triggers off; the ids."""
    ids: list[int] = []
    for count in (20, 20, 20):
        ids += write_entries(count)
        seal()
    ids += write_entries(10)
    drop_triggers()
    return ids


def named() -> set[int]:
    """The entries that verify names."""
    return {fault.entry_id for fault in verify().faults if fault.entry_id is not None}


def blamed() -> set[int]:
    """The blocks that verify names without an entry."""
    return {fault.block_id for fault in verify().faults if fault.entry_id is None and fault.block_id is not None}


def test_an_honest_ledger_is_sound(ledger: list[int]) -> None:
    """Nothing is found where nothing was done, and the report counts what it read."""
    report = verify()
    assert report.sound
    assert (report.entries, report.unsealed) == (Entry.objects.count(), 10)
    assert report.blocks == Block.objects.count() == seals().blocks


def test_an_empty_ledger_is_sound(db: None) -> None:
    """There is nothing wrong with nothing."""
    with undone():
        drop_triggers()
        Block.objects.all().delete()
        Entry.objects.all().delete()
        execute("DELETE FROM ledger_lane")
        assert verify().sound


def test_progress_tells_the_number_read(ledger: list[int]) -> None:
    """Whoever waits sees the count grow to the end."""
    seen: list[int] = []
    verify(seen.append)
    assert seen == sorted(seen)
    assert seen[-1] == Entry.objects.count()


@given(data=st.data())
@in_one_transaction
def test_one_changed_byte_names_its_entry(ledger: list[int], data: st.DataObject) -> None:
    """One byte of any column of any entry, sealed or not: that entry is named, and no other."""
    entry_id = data.draw(st.sampled_from(ledger))
    column = data.draw(st.sampled_from([*COLUMNS[1:], "digest"]))
    old = value_of("ledger_entry", column, entry_id)
    with undone():
        execute(f"UPDATE ledger_entry SET {column} = %s WHERE id = %s", data.draw(changed(old)), entry_id)
        assert named() == {entry_id}


@given(data=st.data())
@in_one_transaction
def test_a_changed_id_is_named(ledger: list[int], data: st.DataObject) -> None:
    """An entry with another id is named by it, and its old id is named as missing, sealed or not."""
    entry_id = data.draw(st.sampled_from(ledger))
    wrong = entry_id + data.draw(st.sampled_from([-100_000, 100_000, 1 << 40]))
    with undone():
        execute("UPDATE ledger_entry SET id = %s WHERE id = %s", wrong, entry_id)
        assert named() == {wrong, entry_id}


@given(data=st.data())
@in_one_transaction
def test_deleted_entries_are_named(ledger: list[int], data: st.DataObject) -> None:
    """Exactly the deleted ones, wherever they stood, sealed or not, whole blocks included."""
    gone = data.draw(st.sets(st.sampled_from(ledger), min_size=1))
    with undone():
        for entry_id in gone:
            execute("DELETE FROM ledger_entry WHERE id = %s", entry_id)
        assert named() == gone


@given(data=st.data())
@in_one_transaction
def test_swapped_entries_are_named(ledger: list[int], data: st.DataObject) -> None:
    """Two entries that changed places are both named, even with their digests."""
    one, other = data.draw(st.lists(st.sampled_from(ledger), min_size=2, max_size=2, unique=True))
    with undone():
        execute("UPDATE ledger_entry SET id = -1 WHERE id = %s", one)
        execute("UPDATE ledger_entry SET id = %s WHERE id = %s", one, other)
        execute("UPDATE ledger_entry SET id = %s WHERE id = -1", other)
        assert named() == {one, other}


@given(data=st.data())
@in_one_transaction
def test_a_changed_block_is_named(ledger: list[int], data: st.DataObject) -> None:
    """One byte of any column of any block: that block is named, and no entry is blamed for it."""
    block_id = data.draw(st.sampled_from(list(Block.objects.order_by("-id").values_list("id", flat=True)[:3])))
    column = data.draw(st.sampled_from([*BLOCK_COLUMNS[1:], "seal"]))
    old = value_of("ledger_block", column, block_id)
    with undone():
        execute(f"UPDATE ledger_block SET {column} = %s WHERE id = %s", data.draw(changed(old)), block_id)
        assert block_id in blamed()
        assert named() == set()


def test_a_deleted_block_breaks_the_chain(ledger: list[int]) -> None:
    """The block after the missing one is named."""
    *_, missing, following = Block.objects.order_by("id").values_list("id", flat=True)
    with undone():
        execute("DELETE FROM ledger_block WHERE id = %s", missing)
        assert blamed() == {following}
        assert named() == set()


def test_a_genuine_entry_put_back_after_sealing_is_named(ledger: list[int]) -> None:
    """An entry with a good digest between two sealed ones was not there when they were sealed."""
    block = Block.objects.order_by("-id")[0]
    inside = ledger[45]
    row = Entry.objects.filter(pk=inside).values().get()
    execute("DELETE FROM ledger_block WHERE id = %s", block.pk)
    execute("DELETE FROM ledger_entry WHERE id = %s", inside)
    seal()
    Entry.objects.create(**row)
    assert named() == {inside}


@pytest.mark.sqlite_only
def test_bytes_that_are_not_text_are_named(ledger: list[int]) -> None:
    """A text column may hold any bytes on SQLite; such an entry is named like any other."""
    for column in ("data", "actor_name", "digest"):
        with undone():
            execute(f"UPDATE ledger_entry SET {column} = CAST(X'FFFE41' AS TEXT) WHERE id = %s", ledger[30])
            assert named() == {ledger[30]}
        with undone():
            execute(f"UPDATE ledger_entry SET {column} = X'FFFE41' WHERE id = %s", ledger[30])
            assert named() == {ledger[30]}


@pytest.mark.sqlite_only
def test_a_damaged_entry_does_not_stop_the_sealer(ledger: list[int]) -> None:
    """Sealing goes on past an entry that was damaged before; verify still names it."""
    execute("UPDATE ledger_entry SET digest = CAST(X'FF' AS TEXT) WHERE id = %s", ledger[65])
    assert seal().entries == 10
    assert named() == {ledger[65]}


def test_the_end_cannot_be_cut_off_unseen(
    ledger: list[int], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    """The newest block is noted beside the database: without it the ledger is not whole."""
    with django_capture_on_commit_callbacks(execute=True):
        seal()
    try:
        assert verify().sound
        last = Block.objects.order_by("-id")[0]
        with undone():
            execute("DELETE FROM ledger_block WHERE id = %s", last.pk)
            execute("DELETE FROM ledger_entry WHERE id >= %s", last.first)
            assert blamed() == {last.pk}
    finally:
        head._path().unlink()


def test_a_wrong_key_is_not_silence(ledger: list[int]) -> None:
    """A key id that the key file does not have cannot be proved, so the entry is named."""
    execute("UPDATE ledger_entry SET key_id = 99 WHERE id = %s", ledger[3])
    assert named() == {ledger[3]}


def test_the_report_stays_small(db: None) -> None:
    """After a thousand faults the rest are counted only."""
    append(SYSTEM, [Record("tests.wrote", "thing", number) for number in range(1_100)])
    drop_triggers()
    execute("UPDATE ledger_entry SET actor_name = 'x' WHERE action = 'tests.wrote'")
    report = verify()
    assert (len(report.faults), report.omitted) == (1_000, 100)


def changed(old: object) -> st.SearchStrategy[object]:
    """Values that differ from ``old`` in one byte, or as little as its type allows."""
    if old is None:
        return st.integers(0, 100)
    if isinstance(old, int):
        return st.sampled_from([old + 1, old - 1, old ^ 256])
    if isinstance(old, str):
        return st.builds(lambda at, new: _with(old, at, new), st.integers(0, max(len(old) - 1, 0)), _LETTERS).filter(
            lambda new: new != old
        )
    whole = bytes(old)  # type: ignore[call-overload]
    places = st.integers(0, len(whole) - 1)
    return st.builds(
        lambda at, bit: whole[:at] + bytes([whole[at] ^ (1 << bit)]) + whole[at + 1 :], places, st.integers(0, 7)
    )


_LETTERS = st.sampled_from([*"aA0 9f", "中"])


def _with(old: str, at: int, new: str) -> str:
    return old[:at] + new + old[at + 1 :]
