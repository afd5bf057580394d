"""只存 and erasure: out of sight and use at once, and destroyed when nothing keeps it any more."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.records.queries import ListQuery, page, profile
from keguan.runtime.retention.actions import EraseSubject
from keguan.runtime.retention.models import Aside, Batch, Destroyed, Standing
from keguan.runtime.retention.queries import aside_view, asides
from keguan.runtime.retention.working import catch_up
from tests.runtime.retention.test_disposing import carried_out
from tests.runtime.retention.world import (
    approved,
    day,
    gathered,
    memo,
    sender,
    there,
    viewer,
    waybill,
)

if TYPE_CHECKING:
    from tests.cast import Cast

ASKED = "本人来函要求删除"


def found(cast: Cast, record_type: str, search: str = "") -> list[int]:
    """Ids that a list of all records gives."""
    return [row.id for row in page(viewer(cast.xu_ke), record_type, ListQuery(search=search)).rows]


def erase(cast: Cast, record_id: int) -> None:
    """赵启 has a sender erased."""
    EraseSubject(viewer=viewer(cast.zhao_qi), record_type="sender", id=record_id, reason=ASKED).run()


def test_store_only_takes_a_record_out_of_everything(archive: Cast) -> None:
    """After thirty days a memo is in no list, search or page any more, and what refers to nothing of it counts on."""
    record = memo(archive.xu_ke, "2026-05-31")
    assert found(archive, "memo", "电话") == [record]
    catch_up()
    assert not there("memo", record)
    assert found(archive, "memo") == []
    assert found(archive, "memo", "电话") == []
    with pytest.raises(Refused) as refused:
        profile(viewer(archive.xu_ke), "memo", record)
    assert refused.value.code == "records.not_found"
    assert Standing.objects.get(record_type="memo").disposed == "store_only"
    catch_up()
    assert Aside.objects.count() == 1


def test_those_who_dispose_and_auditors_still_see_it(archive: Cast) -> None:
    """With the notice of why and since when; values go through access, so an auditor sees no more than theirs."""
    record = memo(archive.xu_ke, "2026-05-31", memo_text="13812345678")
    catch_up()
    view = aside_view(viewer(archive.xu_ke), "memo", record)
    assert (view.row.title, view.row.erasure, view.row.since, view.row.until) == (
        "电话留言", False, day("2026-06-30"), None,
    )  # fmt: skip
    assert view.record.cells["memo_text"].text == "138****5678"
    assert [row.record_id for row in asides(viewer(archive.he_shen))[0]] == [record]
    assert "memo_text" not in aside_view(viewer(archive.he_shen), "memo", record).record.cells
    for member in (archive.lin_xiao, archive.guan_li):
        with pytest.raises(Refused):
            aside_view(viewer(member), "memo", record)


def test_erasure_inside_a_term_becomes_store_only(archive: Cast) -> None:
    """A person who asks for erasure is out of sight at once with all that is theirs; what a term still keeps says until
    when, and no figure counts it any more.
    """
    parent = sender(archive.xu_ke)
    kept = waybill(archive.xu_ke, "2026-01-31", sender=str(parent))
    erase(archive, parent)
    assert not there("sender", parent)
    assert not there("waybill", kept)
    row = Aside.objects.get(record_type="waybill", record_id=kept)
    assert (row.reason, row.until, row.by_name) == ("erasure", day("2027-01-31"), "赵启")
    assert row.reference == "个人信息保护法第四十七条；快递暂行条例第三十四条"
    assert (row.note, row.clause) == (ASKED, "retention-tests#keeping")
    assert Aside.objects.get(record_type="sender").until is None  # 停用日 is empty: its term has not begun


def test_erasure_outside_every_term_goes_to_destruction(archive: Cast) -> None:
    """What nothing keeps comes into a batch at once, which wants approval and two witnesses like any other."""
    parent = sender(archive.xu_ke, closed_on="2020-01-01")
    gone = waybill(archive.xu_ke, "2025-01-31", sender=str(parent))
    erase(archive, parent)
    catch_up()
    assert set(Batch.objects.values_list("record_type", "erasure", "two_persons")) == {
        ("sender", True, True),
        ("waybill", True, True),
    }
    batch = carried_out(archive, approved(archive, gathered("waybill")))
    assert (batch.done, batch.spared) == (1, 0)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM aside_waybill WHERE id = %s", [gone])
        assert cursor.fetchone() == (0,)
    line = Destroyed.objects.get()
    assert (line.record_id, line.basis) == (gone, "个人信息保护法第四十七条；快递暂行条例第三十四条")
    assert not Aside.objects.filter(record_type="waybill").exists()


def test_what_a_term_kept_follows_on_its_day(archive: Cast) -> None:
    """A waybill that was only stored for its term comes into the batch on the day when the term is over."""
    parent = sender(archive.xu_ke)
    kept = waybill(archive.xu_ke, "2025-07-02", sender=str(parent))
    erase(archive, parent)
    catch_up()
    assert not Batch.objects.filter(record_type="waybill").exists()
    clock.advance(timedelta(days=2))
    assert gathered("waybill").items.get().record_id == kept


def test_a_term_that_has_not_begun_keeps_what_was_erased(archive: Cast) -> None:
    """While nobody can say when a term is over, the record stays stored and comes into no batch, however often."""
    parent = sender(archive.xu_ke)
    erase(archive, parent)
    for _ in range(3):
        catch_up()
        clock.advance(timedelta(days=1))
    assert Aside.objects.get(record_type="sender").until is None
    assert not Batch.objects.exists()


def test_the_day_moves_with_the_facts(archive: Cast) -> None:
    """How long a stored record is kept is computed on as if it were among the others: by SQL and for it alone."""
    from django.db import transaction

    from keguan.runtime.retention.keeping import kept_now

    parent = sender(archive.xu_ke)
    kept = waybill(archive.xu_ke, "2026-01-31", sender=str(parent))
    erase(archive, parent)
    with transaction.atomic():
        (alone,) = kept_now(current().model, "waybill", (kept,))[kept]
    catch_up()
    assert Standing.objects.get(record_type="waybill", record_id=kept).due_on == alone.due_on == day("2027-01-31")


@pytest.mark.parametrize(("who", "reason"), [("lin_xiao", ASKED), ("zhao_qi", "删")])
def test_erasure_is_refused(archive: Cast, who: str, reason: str) -> None:
    """By somebody who does not dispose, or without a reason, nothing is erased."""
    parent = sender(archive.xu_ke)
    with pytest.raises(Refused):
        EraseSubject(viewer=viewer(getattr(archive, who)), record_type="sender", id=parent, reason=reason).run()
    assert there("sender", parent)
    assert not Aside.objects.exists()


def test_an_open_case_holds_erasure_up(archive: Cast) -> None:
    """While a case about it is open, nothing is erased, and the sentence says so."""
    from keguan.runtime.processes.actions import StartCase

    parent = sender(archive.xu_ke)
    mine = waybill(archive.xu_ke, sender=str(parent))
    StartCase(viewer=viewer(archive.xu_ke), process="inquiry", record_id=mine, complete=False).run()
    with pytest.raises(Refused) as refused:
        erase(archive, parent)
    assert refused.value.code == "retention.open_case"
    assert there("sender", parent)
