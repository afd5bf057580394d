"""What comes out in a file: for whom, in which form, and what the ledger says of it."""

from __future__ import annotations

import csv
import io
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import CancelExport, Download
from keguan.runtime.exports.models import Export as Stored
from keguan.runtime.exports.sweeping import expire, next_moment, settle
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import pinned
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.exports.world import (
    BULK,
    PARTNERS,
    add,
    approved,
    chosen,
    export,
    fetched,
    job_of,
    make,
)

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

    from keguan.runtime.permits.selection import Selection
    from tests.cast import Cast


def table(data: bytes) -> list[list[str]]:
    """The rows of a CSV file."""
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_a_list_as_csv(company: Cast, partners: list[int]) -> None:
    """Headings, then the list newest first; what is sensitive is masked, and what a spreadsheet would take for a
    formula is defused.
    """
    assert table(fetched(company.xu_ke, chosen("name", "city", "phone"))) == [
        ["名称", "城市", "手机"],
        ["江南园林", "滨海", ""],
        ["'=西山钢构", "云岭", "138****0003"],
        ["滨海水泥", "滨海", "138****0002"],
        ["云岭建材", "云岭", "138****0001"],
    ]


def test_filters_and_order_are_the_lists(company: Cast, partners: list[int]) -> None:
    """A list narrowed to one city and ordered by the balance comes out as such; empty values last."""
    query = ListQuery(filters=(Filter("city", Operator.IS, ("滨海",)),))
    about = exports.Selection("partner", query, columns=("name",), form="csv")
    assert table(fetched(company.xu_ke, about)) == [["名称"], ["江南园林"], ["滨海水泥"]]


def test_chosen_records(company: Cast, partners: list[int]) -> None:
    """Records chosen one by one come out, and no others."""
    about = chosen("name", ids=(partners[0], partners[3], 999_999))
    assert table(fetched(company.xu_ke, about)) == [["名称"], ["江南园林"], ["云岭建材"]]


def test_what_is_approved_comes_out_in_full(company: Cast, partners: list[int]) -> None:
    """With a permit the balance leaves as a figure; what is sensitive stays masked; the permit is used up."""
    about = chosen("name", "phone", "balance")
    permit = approved(company, company.xu_ke, about)
    assert table(fetched(company.xu_ke, None, permit))[1:] == [
        ["江南园林", "", ""],
        ["'=西山钢构", "138****0003", "0.00"],
        ["滨海水泥", "138****0002", "-500.00"],
        ["云岭建材", "138****0001", "1234567.80"],
    ]
    with pytest.raises(Refused) as refused:
        export(company.xu_ke, None, permit)
    assert refused.value.code == "permits.not_standing"


def test_what_was_filed_after_the_request_is_not_in_the_file(company: Cast, partners: list[int]) -> None:
    """The approver said yes to four partners: the fifth, filed since, does not come with them."""
    permit = approved(company, company.xu_ke, chosen("name"))
    add(company, "新客户", "云岭", "", "", "")
    assert len(table(fetched(company.xu_ke, None, permit))) == 1 + len(PARTNERS)


def test_a_bulk_export_needs_a_permit_whatever_the_columns(company: Cast, partners: list[int]) -> None:
    """Of columns that may leave freely, four rows do and five do not; approved, all five."""
    add(company, "新客户", "云岭", "", "", "")
    with pytest.raises(Refused) as refused:
        export(company.xu_ke, chosen("name"))
    assert refused.value.code == "exports.needs_permit"
    assert not Stored.objects.exists()
    permit = approved(company, company.xu_ke, chosen("name"))
    assert len(table(fetched(company.xu_ke, None, permit))) == 1 + BULK


def test_small_exports_add_up(company: Cast, partners: list[int]) -> None:
    """Four rows now and one an hour later are five; a day later the counting begins anew."""
    export(company.xu_ke, chosen("name"))
    with clock.hold(clock.now() + timedelta(hours=1)), pytest.raises(Refused) as refused:
        export(company.xu_ke, chosen("name", ids=(partners[0],)))
    assert refused.value.code == "exports.needs_permit"
    assert Stored.objects.count() == 1
    with clock.hold(clock.now() + timedelta(hours=24)):
        export(company.xu_ke, chosen("name", ids=(partners[0],)))
    assert Stored.objects.count() == 2


@pytest.mark.parametrize(
    ("about", "code"),
    [
        (chosen("name", "balance"), "exports.needs_permit"),
        (chosen("name", "remark"), "exports.columns"),
        (chosen("name", "made_up"), "exports.columns"),
        (chosen(), "exports.columns"),
        (chosen("name", form="exe"), "exports.form"),
        (chosen("name", ids=(999_999,)), "exports.nothing"),
        (exports.Selection("no_such_type", columns=("name",), form="csv"), "records.type"),
    ],
)
def test_what_may_not_leave(company: Cast, partners: list[int], about: Selection, code: str) -> None:
    """Columns that need an approval, are denied or made up, other forms and other types: refused, and nothing begun."""
    with pytest.raises(Refused) as refused:
        export(company.xu_ke, about)
    assert refused.value.code == code
    assert not Stored.objects.exists()


def test_the_ledger_has_person_time_place_and_item(company: Cast, partners: list[int]) -> None:
    """Beginning, making and each fetching of the file is an entry; none holds a value, the last has its digest."""
    data = fetched(company.xu_ke, chosen("name", "phone"))
    entries = ledger.entries_page(filters=ledger.EntryFilters(action="exports.")).entries
    assert [(each.action, each.actor_name) for each in reversed(entries)] == [
        ("exports.begin", "许可"),
        ("exports.finish", "system"),
        ("exports.download", "许可"),
    ]
    told = entries[0].data
    assert entries[0].at == clock.now()
    assert {key: told[key] for key in ("number", "type", "columns", "form", "rows", "purpose", "recipient")} == {
        "number": f"EX{entries[0].subject_id:0>6}",
        "type": "partner",
        "columns": ["name", "phone"],
        "form": "csv",
        "rows": 4,
        "purpose": "邮寄对账单",
        "recipient": "本人",
    }
    assert (told["address"], told["unit"], told["times"]) == ("10.1.2.3", "云岭置地", 1)
    assert told["sha256"] == Stored.objects.get().digest
    assert "云岭建材" not in str([each.data for each in entries])
    assert len(data) == Stored.objects.get().size


def test_the_file_is_never_in_clear_on_the_disk(
    company: Cast, partners: list[int], settings: SettingsWrapper, tmp_path: Path
) -> None:
    """What lies in the folder is readable by its owner alone and holds no name; damaged, it is refused."""
    settings.HOME = tmp_path
    export_id = export(company.xu_ke, chosen("name"))
    mine = viewer_for(company.xu_ke.id)
    assert make(mine, export_id) == "ready"
    (stored,) = (tmp_path / "exports").iterdir()
    assert stored.stat().st_mode & 0o777 == 0o600
    sealed = stored.read_bytes()
    assert "云岭".encode() not in sealed
    stored.write_bytes(sealed[:-1] + bytes([sealed[-1] ^ 1]))
    with pytest.raises(Refused) as refused:
        Download(viewer=mine, export_id=export_id).run()
    assert refused.value.code == "exports.file_gone"
    assert Stored.objects.get().downloads == 0


def test_the_file_is_there_for_seven_days(
    company: Cast, partners: list[int], settings: SettingsWrapper, tmp_path: Path
) -> None:
    """Until a second before it can be fetched; then not, and the sweep deletes it from the disk."""
    settings.HOME = tmp_path
    export_id = export(company.xu_ke, chosen("name"))
    mine = viewer_for(company.xu_ke.id)
    make(mine, export_id)
    end = clock.now() + timedelta(days=7)
    assert next_moment() == end
    with clock.hold(end - timedelta(seconds=1)):
        assert Download(viewer=mine, export_id=export_id).run().size > 0
        assert expire() == 0
    with clock.hold(end):
        with pytest.raises(Refused) as refused:
            Download(viewer=mine, export_id=export_id).run()
        assert refused.value.code == "exports.expired"
        assert (expire(), expire()) == (1, 0)
    assert list((tmp_path / "exports").iterdir()) == []
    assert exports.one(mine, export_id).state == "expired"


def test_calling_off(company: Cast, partners: list[int]) -> None:
    """Before the file is made, an export is called off: nothing is made, and its permit stands again."""
    permit = approved(company, company.xu_ke, chosen("name"))
    export_id = export(company.xu_ke, None, permit)
    mine = viewer_for(company.xu_ke.id)
    CancelExport(viewer=mine, export_id=export_id).run()
    assert not run_now(job_of(export_id))
    assert exports.one(mine, export_id).state == "cancelled"
    assert len(table(fetched(company.xu_ke, None, permit))) == 1 + len(PARTNERS)
    with pytest.raises(Refused) as refused:
        CancelExport(viewer=mine, export_id=export_id).run()
    assert refused.value.code == "exports.over"


def test_an_export_whose_job_was_given_up_is_closed(company: Cast, partners: list[int]) -> None:
    """A job that has killed too many workers is not run again: its export fails, says why, and its permit stands."""
    permit = approved(company, company.xu_ke, chosen("name"))
    export_id = export(company.xu_ke, None, permit)
    assert settle() == 0
    Job.objects.filter(pk=job_of(export_id)).update(attempts=5)
    assert run_now(job_of(export_id))
    assert (settle(), settle()) == (1, 0)
    found = exports.one(viewer_for(company.xu_ke.id), export_id)
    assert (found.state, "不再重试" in found.error) == ("failed", True)
    assert len(table(fetched(company.xu_ke, None, permit))) == 1 + len(PARTNERS)


def test_an_offer_tells_what_it_takes(
    company: Cast, partners: list[int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """Which columns leave plain, masked, after an approval; how many rows; and whether so many need a permit."""
    mine = viewer_for(company.xu_ke.id)
    with pinned(), django_assert_max_num_queries(6):
        found = exports.offer(mine, chosen())
    assert [(each.code, each.permission.value) for each in found.columns] == [
        ("name", "yes"),
        ("city", "yes"),
        ("phone", "masked"),
        ("balance", "approval"),
    ]
    assert (found.rows, found.exact, found.limit, found.bulk, found.askable) == (4, True, BULK, False, True)
    add(company, "新客户", "云岭", "", "", "")
    assert exports.offer(mine, chosen()).bulk


def test_the_register_is_for_those_who_oversee(
    company: Cast, partners: list[int], django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    """The auditor finds everybody's exports by person, type, state and day; the person only their own."""
    fetched(company.xu_ke, chosen("name"))
    export(company.zhao_qi, chosen("name"))
    auditor = viewer_for(company.he_shen.id)
    with pinned(), django_assert_max_num_queries(3):
        assert [each.staff_name for each in exports.register(auditor)] == ["赵启", "许可"]
    narrow = exports.RegisterFilters
    today = clock.today()
    assert [each.staff_name for each in exports.register(auditor, narrow(staff="许"))] == ["许可"]
    assert [each.staff_name for each in exports.register(auditor, narrow(state="waiting"))] == ["赵启"]
    assert len(exports.register(auditor, narrow(since=today, until=today, record_type="partner"))) == 2
    assert exports.register(auditor, narrow(since=today + timedelta(days=1))) == ()
    mine = viewer_for(company.xu_ke.id)
    assert [each.staff_name for each in exports.mine(mine)] == ["许可"]
    with pytest.raises(Refused):
        exports.register(mine)
