"""Changing one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Update
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.queries import ListQuery
from tests.runtime.records.filing import contract, customer, reception

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.records.validation import Typed
    from tests.cast import Cast, Member


def update(member: Member, record_id: int, version: int = 1, record_type: str = "customer", **values: Typed) -> int:
    """Change a record as this member of the cast."""
    action = Update(viewer=viewer_for(member.id), record_type=record_type, id=record_id, version=version, values=values)
    return action.run()


def names(member: Member, search: str) -> list[str]:
    """Names of the customers that this member finds."""
    return [row.title.text for row in records.page(viewer_for(member.id), "customer", ListQuery(search=search)).rows]


def test_what_changed_is_in_the_ledger(company: Cast) -> None:
    """Old and new of a plain field are kept; of a sensitive or long one only that it changed."""
    record_id = customer(company.lin_xiao)
    assert update(company.lin_xiao, record_id, name="张伟民", phone="13900009999", traits="爱喝茶") == 2
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="records.update")).entries[0]
    assert entry.data == {"changes": {"name": ["张伟", "张伟民"], "phone": [], "traits": []}, "version": 2}


def test_the_search_follows(company: Cast) -> None:
    """After a change the customer is found by the new name and phone and no more by the old ones."""
    record_id = customer(company.lin_xiao)
    update(company.lin_xiao, record_id, name="李娜", phone="13900009999")
    found = {typed: names(company.lin_xiao, typed) for typed in ("张伟", "zw", "5612", "李娜", "ln", "9999")}
    assert found == {"张伟": [], "zw": [], "5612": [], "李娜": ["李娜"], "ln": ["李娜"], "9999": ["李娜"]}


def test_the_second_of_two_is_told_who_was_first(company: Cast, afternoon: datetime) -> None:
    """A change on top of a version that is gone is refused with the other's name and time, and changes nothing."""
    record_id = customer(company.lin_xiao)
    update(company.zhao_qi, record_id, name="张伟民")
    with pytest.raises(Refused) as caught:
        update(company.lin_xiao, record_id, name="张小伟")
    assert caught.value.code == "records.stale"
    assert "赵启已在2026-11-21 周六 14:30改过这份档案" in caught.value.message
    assert records.get(viewer_for(company.lin_xiao.id), "customer", record_id).title.text == "张伟民"


def test_a_masked_value_that_comes_back_changes_nothing(company: Cast) -> None:
    """A form sends 138****5612 back as it showed it: the phone stays, and the version too."""
    record_id = customer(company.lin_xiao)
    assert update(company.lin_xiao, record_id, phone="138****5612") == 1
    viewer = viewer_for(company.lin_xiao.id)
    reveal = Reveal(viewer=viewer, record_type="customer", id=record_id, field="phone", reason="核对号码")
    assert reveal.run() == "13800135612"


def test_out_of_sight_is_as_if_it_were_not_there(company: Cast) -> None:
    """方明 gets the same answer for 林晓's customer as for one that does not exist."""
    record_id = customer(company.lin_xiao)
    answers = []
    for wanted in (record_id, record_id + 1000):
        with pytest.raises(Refused) as caught:
            update(company.fang_ming, wanted, name="方的客户")
        answers.append((caught.value.code, caught.value.message))
    assert answers[0] == answers[1]
    assert answers[0][0] == "records.not_found"


def test_a_field_out_of_sight_cannot_be_written(company: Cast) -> None:
    """An auditor, who may edit nothing, is refused."""
    record_id = customer(company.lin_xiao)
    with pytest.raises(Refused) as caught:
        update(company.he_shen, record_id, source="来电")
    assert caught.value.code == "records.not_permitted"


def test_a_duplicate_of_another_is_refused(company: Cast) -> None:
    """A phone that another customer has cannot be put on this one; its own phone can."""
    customer(company.lin_xiao)
    record_id = customer(company.lin_xiao, "李娜", "13900009999")
    with pytest.raises(Refused) as caught:
        update(company.lin_xiao, record_id, phone="13800135612")
    assert (caught.value.code, list(caught.value.fields)) == ("records.duplicate", ["phone"])
    assert update(company.lin_xiao, record_id, phone="139 0000 9999") == 1


def test_a_required_field_cannot_be_emptied(company: Cast) -> None:
    """Emptying the name is refused; so is a change that makes another field required."""
    record_id = customer(company.lin_xiao)
    for values, field in (({"name": ""}, "name"), ({"customer_kind": "单位"}, "uscc")):
        with pytest.raises(Refused) as caught:
            update(company.lin_xiao, record_id, **values)
        assert list(caught.value.fields) == [field]


def test_a_contract_that_changes_hands_is_announced_for_both(company: Cast) -> None:
    """The customer that loses a contract is computed again, like the one that gets it."""
    first, second = customer(company.lin_xiao), customer(company.lin_xiao, "李娜", "13900009999")
    contract_id = contract(company.xu_ke, first)
    heard: list[RecordsChanged] = []
    with listening(RecordsChanged, heard.append):
        update(company.xu_ke, contract_id, 1, "purchase_contract", customer=second)
    assert heard == [RecordsChanged("purchase_contract", (contract_id,), {"customer": (first,)})]


def test_a_new_date_may_be_another_week(company: Cast) -> None:
    """Moving a reception to another week moves it to that week's report, and the old report is announced."""
    reception_id = reception(company.lin_xiao, customer(company.lin_xiao), "2026-11-20")
    viewer = viewer_for(company.lin_xiao.id)
    update(company.lin_xiao, reception_id, 1, "reception", received_on="2026-11-13")
    assert records.get(viewer, "reception", reception_id).cells["weekly_report"].text == "2026年第46周"
