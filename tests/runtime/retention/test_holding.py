"""封存: what is held is not destroyed, merged or changed, until somebody else lifts it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.policies.queries import current
from keguan.runtime.records.objections import objections
from keguan.runtime.retention.actions import EraseSubject, HoldRecords, LiftHold
from keguan.runtime.retention.holding import held_ids
from keguan.runtime.retention.models import Batch, Hold
from keguan.runtime.retention.queries import holds, kept_lines
from keguan.runtime.retention.working import catch_up
from tests.runtime.retention.test_disposing import carried_out
from tests.runtime.retention.world import (
    approved,
    change,
    day,
    gathered,
    sender,
    stored,
    there,
    viewer,
    waybill,
)

if TYPE_CHECKING:
    from tests.cast import Cast, Member

REASON = "法院要求保全证据"


def hold(member: Member, record_type: str, record_id: int, **more: object) -> Hold:
    """Hold one record."""
    HoldRecords(viewer=viewer(member), record_type=record_type, ids=(record_id,), reason=REASON, **more).run()  # type: ignore[arg-type]
    return Hold.objects.latest("id")


def test_what_is_held_is_not_gathered(archive: Cast) -> None:
    """A held record that is due stays out of every batch, and comes in when the hold is lifted by somebody else."""
    record = waybill(archive.xu_ke)
    held = hold(archive.xu_ke, "waybill", record)
    catch_up()
    assert not Batch.objects.exists()
    LiftHold(viewer=viewer(archive.zhao_qi), hold_id=held.pk, reason="案件已经了结").run()
    clock.advance(timedelta(days=1))
    assert gathered().items.get().record_id == record


def test_what_is_held_is_not_changed(archive: Cast) -> None:
    """A change is refused with the holder's name, merging objects too, and nothing is different afterwards."""
    record = waybill(archive.xu_ke, receiver_address="清溪路7号")
    hold(archive.xu_ke, "waybill", record)
    before = stored("waybill", record, "version", "receiver_address")
    with pytest.raises(Refused) as refused:
        change(archive.zhao_qi, "waybill", record, receiver_address="别处")
    assert refused.value.code == "records.held"
    assert refused.value.message == "许可于2026-06-30封存，解除以前不能修改、合并或销毁。"
    assert stored("waybill", record, "version", "receiver_address") == before
    assert set(objections("waybill", (record,))) == {record}


def test_a_hold_on_a_customer_holds_all_that_is_theirs(archive: Cast) -> None:
    """Held with everything, a sender's waybills are held, also one that is filed afterwards; another's are not."""
    parent, other = sender(archive.xu_ke), sender(archive.xu_ke, "青禾商行")
    mine, theirs = waybill(archive.xu_ke, sender=str(parent)), waybill(archive.xu_ke, sender=str(other))
    hold(archive.xu_ke, "sender", parent, everything=True)
    later = waybill(archive.xu_ke, sender=str(parent))
    assert held_ids(current().model, "waybill") == {mine, later}
    assert set(objections("waybill", (mine, later, theirs))) == {mine, later}
    assert [item.record_id for item in gathered().items.all()] == [theirs]


def test_a_hold_between_approval_and_execution_spares_the_record(archive: Cast) -> None:
    """What comes to be held after it was approved is not destroyed."""
    record = waybill(archive.xu_ke)
    batch = approved(archive, gathered())
    hold(archive.zhao_qi, "waybill", record)
    batch = carried_out(archive, batch)
    assert (batch.done, batch.spared, there("waybill", record)) == (0, 1, True)
    assert batch.items.get().reason == "正在封存中。"


def test_a_hold_ends_with_its_last_day(archive: Cast) -> None:
    """Until its last day it holds; on the next it does not."""
    record = waybill(archive.xu_ke)
    hold(archive.xu_ke, "waybill", record, until=day("2026-07-01"))
    clock.advance(timedelta(days=1))
    assert objections("waybill", (record,))
    clock.advance(timedelta(days=1))
    assert not objections("waybill", (record,))


@pytest.mark.parametrize(
    ("who", "reason", "expected"),
    [
        ("xu_ke", "案件已经了结", "retention.own_hold"),
        ("lin_xiao", "案件已经了结", "retention.not_permitted"),
        ("zhao_qi", "好", "retention.reason"),
    ],
)
def test_who_may_not_lift(archive: Cast, who: str, reason: str, expected: str) -> None:
    """Not whoever put it, nobody without the operation, nobody without a reason."""
    held = hold(archive.xu_ke, "waybill", waybill(archive.xu_ke))
    with pytest.raises(Refused) as refused:
        LiftHold(viewer=viewer(getattr(archive, who)), hold_id=held.pk, reason=reason).run()
    assert refused.value.code == expected
    held.refresh_from_db()
    assert held.lifted_at is None


@pytest.mark.parametrize(("who", "more"), [("lin_xiao", {}), ("xu_ke", {"until": day("2026-06-29")})])
def test_holding_is_refused(archive: Cast, who: str, more: dict[str, object]) -> None:
    """Nobody without the operation holds anything, and nothing is held up to a day gone by."""
    record = waybill(archive.xu_ke)
    with pytest.raises(Refused):
        hold(getattr(archive, who), "waybill", record, **more)
    assert not Hold.objects.exists()
    assert not Entry.objects.filter(action="retention.hold").exists()


def test_a_held_person_is_not_erased(archive: Cast) -> None:
    """Erasure is refused while anything of the person is held, and nothing has changed."""
    parent = sender(archive.xu_ke)
    mine = waybill(archive.xu_ke, sender=str(parent))
    hold(archive.xu_ke, "waybill", mine)
    with pytest.raises(Refused) as refused:
        EraseSubject(viewer=viewer(archive.zhao_qi), record_type="sender", id=parent, reason="本人来函要求").run()
    assert refused.value.code == "retention.held"
    assert there("sender", parent)
    assert there("waybill", mine)


def test_the_list_of_holds_says_who_may_lift(archive: Cast) -> None:
    """The page names record, reason and holder; the holder is offered no lifting, another is."""
    record = waybill(archive.xu_ke)
    hold(archive.xu_ke, "waybill", record)
    (row,), following = holds(viewer(archive.xu_ke))
    assert (row.title, row.reason, row.by, row.active, row.may_lift) == (
        stored("waybill", record, "waybill_number")[0], REASON, "许可", True, False,
    )  # fmt: skip
    assert following == ""
    assert holds(viewer(archive.zhao_qi))[0][0].may_lift


def test_a_record_says_how_long_it_is_kept(archive: Cast) -> None:
    """A record's own page says until when and why, by its clause, and that it is held."""
    record = waybill(archive.xu_ke, "2026-01-31")
    hold(archive.xu_ke, "waybill", record)
    lines = kept_lines(viewer(archive.lin_xiao), "waybill", record)
    assert [(each.kind, each.text, each.clause) for each in lines] == [
        ("held", "许可于2026-06-30封存，解除以前不能修改、合并或销毁。", ""),
        (
            "kept",
            "保存到2027-01-31：自签收日起1年，之后销毁（运单保存，快递暂行条例第三十四条）。",
            "retention-tests#keeping",
        ),
    ]
