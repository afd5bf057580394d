"""Killed anywhere and run again: each record is computed, gathered and destroyed once, and none is left out."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.models import Entry
from keguan.runtime.retention import destroying, gathering, keeping, working
from keguan.runtime.retention.actions import carry_out as carrying
from keguan.runtime.retention.models import Batch, Destroyed, Item, Run, Standing
from keguan.runtime.retention.working import catch_up
from tests.runtime.retention.world import approved, gathered, memo, sender, there, viewer, waybill, witness

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast


class Killed(BaseException):
    """What a process does not survive: no handler of errors catches it."""


def dying(function: Callable[..., object], at: int, *, after: bool) -> Callable[..., object]:
    """The function, which at its so-manieth call kills whoever calls it, before or after its work."""
    calls = 0

    def called(*arguments: object, **more: object) -> object:
        nonlocal calls
        calls += 1
        if calls == at and not after:
            raise Killed
        result = function(*arguments, **more)
        if calls == at:
            raise Killed
        return result

    return called


PLACES = [
    *((keeping, "affected_table"), (working, "compute"), (working, "gather"), (working, "dispose_by_itself")),
    *((gathering, "open_batch"), (gathering, "put_in"), (gathering, "set_aside")),
]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize(("module", "name"), PLACES, ids=[name for _module, name in PLACES])
def test_the_day_is_done_once(
    archive: Cast, monkeypatch: pytest.MonkeyPatch, module: object, name: str, after: bool
) -> None:
    """Whatever the daily work was killed at, running it again leaves what one undisturbed run leaves."""
    due = [waybill(archive.xu_ke) for _ in range(3)]
    memo(archive.xu_ke, "2026-05-31")
    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(module, name, dying(getattr(module, name), 1, after=after))
        catch_up()
    catch_up()
    assert sorted(Item.objects.values_list("record_id", flat=True)) == due
    assert Batch.objects.count() == 1
    assert Standing.objects.filter(record_type="waybill", batch_id=Batch.objects.get().pk).count() == 3
    assert sorted(Run.objects.values_list("record_type", "gathered")) == [
        ("memo", True),
        ("sender", True),
        ("waybill", True),
    ]
    assert Standing.objects.get(record_type="memo").disposed == "store_only"


STEPS = [(destroying, "destroy_rows"), (destroying, "kept_now"), (carrying, "carry_out"), (working, "write_out")]


@pytest.mark.parametrize("after", [False, True])
@pytest.mark.parametrize("at", [1, 2])
@pytest.mark.parametrize(("module", "name"), STEPS, ids=[name for _module, name in STEPS])
def test_a_batch_is_carried_out_once(
    archive: Cast, monkeypatch: pytest.MonkeyPatch, module: object, name: str, at: int, after: bool
) -> None:
    """Killed in the first or the second step, before or after it: run again, each record stands in the list once, none
    is left, and the ledger tells of each step once.
    """
    monkeypatch.setattr(carrying, "AT_ONCE", 2)
    parent = sender(archive.xu_ke)
    gone = [waybill(archive.xu_ke, sender=str(parent)) for _ in range(5)]
    batch = approved(archive, gathered())
    witness(archive.zhao_qi, batch)
    witness(archive.fang_ming, batch)
    batch.refresh_from_db()
    with monkeypatch.context() as patched, suppress(Killed):
        patched.setattr(module, name, dying(getattr(module, name), at, after=after))
        run_now(batch.job_id or 0)
    assert run_now(batch.job_id or 0)
    batch.refresh_from_db()
    assert (batch.state, batch.done, batch.spared) == ("done", 5, 0)
    assert list(Destroyed.objects.order_by("id").values_list("record_id", flat=True)) == gone
    assert len(set(Destroyed.objects.values_list("reference", flat=True))) == 5
    assert not any(there("waybill", each) for each in gone)
    assert Entry.objects.filter(action="retention.carry_out").count() == 3
    assert Entry.objects.filter(action="retention.end").count() == 1
    assert viewer(archive.xu_ke).staff_id == batch.by_id
