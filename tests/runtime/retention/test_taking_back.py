"""What was only stored is brought back: as it stood, for a reason, by those who may, and after keys were rotated."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime import keyring
from keguan.runtime.access import crypto
from keguan.runtime.keys.actions import RetireKey
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.records.actions import Create
from keguan.runtime.records.queries import ListQuery, page, profile
from keguan.runtime.retention.actions import EraseSubject, HoldRecords, TakeBack
from keguan.runtime.retention.models import Aside, Standing
from keguan.runtime.retention.queries import aside_view
from keguan.runtime.retention.working import catch_up
from tests.runtime.keys.test_rotation import keys_of_its_own, named, rotate
from tests.runtime.retention.world import memo, sender, stored, there, viewer, waybill

if TYPE_CHECKING:
    from tests.cast import Cast, Member

__all__ = ["keys_of_its_own"]

PHONE = "13812345678"
FOR_A_TRIAL = "法院调取，先行取回"


def found(member: Member, record_type: str, search: str = "") -> list[int]:
    """Ids that somebody's list gives."""
    return [row.id for row in page(viewer(member), record_type, ListQuery(search=search)).rows]


def hold(member: Member, record_type: str, record_id: int) -> None:
    """Keep a record for a trial."""
    HoldRecords(viewer=viewer(member), record_type=record_type, ids=(record_id,), reason=FOR_A_TRIAL).run()


def take(member: Member, record_type: str, record_id: int, reason: str = FOR_A_TRIAL) -> None:
    """Bring one back."""
    TakeBack(viewer=viewer(member), record_type=record_type, id=record_id, reason=reason).run()


def refused(code: str, member: Member, record_type: str, record_id: int, reason: str = FOR_A_TRIAL) -> None:
    """Assert that it is refused and stays where it was."""
    before = list(Aside.objects.order_by("id").values())
    with pytest.raises(Refused) as caught:
        take(member, record_type, record_id, reason)
    assert caught.value.code == code
    assert list(Aside.objects.order_by("id").values()) == before
    assert not there(record_type, record_id)


def test_a_held_record_brought_back_stands_as_it_stood(archive: Cast) -> None:
    """Every column is what it was, it is found by its title again, and the next day does not store it anew."""
    record = memo(archive.xu_ke, "2026-05-31", memo_text=PHONE)
    before = stored("memo", record, "*")
    catch_up()
    hold(archive.xu_ke, "memo", record)
    take(archive.zhao_qi, "memo", record)
    assert stored("memo", record, "*") == before
    assert found(archive.xu_ke, "memo", "电话") == [record]
    assert not Aside.objects.exists()
    catch_up()
    assert there("memo", record)
    assert Standing.objects.get(record_type="memo").disposed == ""
    (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action="retention.take_back")).entries
    assert (entry.actor_name, entry.subject_id, entry.data["reason"]) == ("赵启", str(record), FOR_A_TRIAL)


def test_what_is_over_is_held_first(archive: Cast) -> None:
    """A memo whose thirty days are over would be stored again tomorrow: it is not taken back without a hold."""
    record = memo(archive.xu_ke, "2026-05-31")
    catch_up()
    refused("retention.term_over", archive.zhao_qi, "memo", record)


@pytest.mark.parametrize(
    ("who", "reason", "code"),
    [("lin_xiao", FOR_A_TRIAL, "retention.not_permitted"), ("he_shen", FOR_A_TRIAL, "retention.not_permitted"),
     ("zhao_qi", "要", "retention.reason")],
)  # fmt: skip
def test_taking_back_is_refused(archive: Cast, who: str, reason: str, code: str) -> None:
    """To those who do not dispose, auditors among them, and without a reason."""
    record = memo(archive.xu_ke, "2026-05-31")
    catch_up()
    hold(archive.xu_ke, "memo", record)
    refused(code, getattr(archive, who), "memo", record, reason)


def test_there_is_nothing_to_take_back(archive: Cast) -> None:
    """A record among the others, and a type that does not exist, are not stored ones."""
    record = memo(archive.xu_ke, "2026-06-29")
    for record_type in ("memo", "nothing"):
        with pytest.raises(Refused) as caught:
            take(archive.zhao_qi, record_type, record)
        assert caught.value.code == "retention.not_aside"
    assert there("memo", record)


def test_an_erasure_is_undone_by_somebody_else_from_above(archive: Cast) -> None:
    """赵启 erased the wrong sender: not he but 许可 brings it back, the sender before the waybill that refers
    to it, and it counts again.
    """
    parent = sender(archive.xu_ke)
    mine = waybill(archive.xu_ke, "2026-01-31", sender=str(parent))
    EraseSubject(viewer=viewer(archive.zhao_qi), record_type="sender", id=parent, reason="本人来函要求删除").run()
    refused("retention.own_erasure", archive.zhao_qi, "sender", parent)
    refused("retention.parent_aside", archive.xu_ke, "waybill", mine)
    take(archive.xu_ke, "sender", parent, "来函的是同名的另一人")
    assert profile(viewer(archive.xu_ke), "sender", parent).row.cells["waybills"].value == 0
    take(archive.xu_ke, "waybill", mine, "来函的是同名的另一人")
    assert profile(viewer(archive.xu_ke), "sender", parent).row.cells["waybills"].value == 1
    assert not Aside.objects.exists()


def test_what_waits_in_a_batch_is_struck_out_first(archive: Cast) -> None:
    """What is on its way to destruction is not taken away behind the back of those who approve."""
    parent = sender(archive.xu_ke, closed_on="2020-01-01")
    EraseSubject(viewer=viewer(archive.zhao_qi), record_type="sender", id=parent, reason="本人来函要求删除").run()
    catch_up()
    refused("retention.in_batch", archive.xu_ke, "sender", parent)


def test_rotated_keys_reach_what_is_only_stored(archive: Cast) -> None:
    """With every key new and the old ones destroyed, its sealed number opens; brought back, it is a duplicate and found
    as it was before.
    """
    parent = sender(archive.xu_ke, sender_phone=PHONE)
    text = memo(archive.xu_ke, "2026-05-31", memo_text=PHONE)
    EraseSubject(viewer=viewer(archive.zhao_qi), record_type="sender", id=parent, reason="本人来函要求删除").run()
    catch_up()
    for purpose in ("fields", "indexes", "tokens"):
        old = named(purpose)
        rotate(purpose)
        RetireKey(actor=SYSTEM, key_id=old).run()
        assert old not in {key.id for key in keyring.all_keys()}
    assert aside_view(viewer(archive.xu_ke), "memo", text).record.cells["memo_text"].text == "138****5678"
    (phone,) = _aside("memo", text, "memo_text")
    assert crypto.key_of(phone) == named("fields")
    assert crypto.open_sealed("memo.memo_text", text, phone) == PHONE
    take(archive.xu_ke, "sender", parent, "来函的是同名的另一人")
    assert found(archive.xu_ke, "sender", "云杉") == [parent]
    values = {"sender_name": "另一家", "sender_phone": PHONE}
    with pytest.raises(Refused) as caught:
        Create(viewer=viewer(archive.xu_ke), record_type="sender", values=values).run()
    assert caught.value.code == "records.duplicate"


def _aside(record_type: str, record_id: int, column: str) -> tuple[bytes, ...]:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM aside_{record_type} WHERE id = %s", [record_id])
        return tuple(bytes(each) for each in cursor.fetchone())
