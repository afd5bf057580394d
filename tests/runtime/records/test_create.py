"""Filing one record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.queries import ListQuery
from tests.runtime.records.filing import contract, customer, reception

if TYPE_CHECKING:
    from keguan.runtime.records.validation import Typed
    from tests.cast import Cast, Member


def refusal(member: Member, record_type: str = "customer", **values: Typed) -> Refused:
    """What creating this is refused with; nothing may have been created."""
    before = ledger.entries_page().entries
    with pytest.raises(Refused) as caught:
        Create(viewer=viewer_for(member.id), record_type=record_type, values=values).run()
    assert ledger.entries_page().entries == before
    return caught.value


def test_a_new_customer_is_her_own(company: Cast) -> None:
    """林晓 files a customer, who is hers and her branch's, and is announced."""
    heard: list[RecordsChanged] = []
    with listening(RecordsChanged, heard.append):
        record_id = customer(company.lin_xiao)
    row = records.get(viewer_for(company.lin_xiao.id), "customer", record_id)
    assert (row.title.text, row.owner, row.unit, row.version) == ("张伟", "林晓", "江南分公司", 1)
    assert heard == [RecordsChanged("customer", (record_id,), created=True)]


def test_the_ledger_says_what_was_filled_in_and_no_value(company: Cast) -> None:
    """The entry names the fields, the clause and the record; no name and no number."""
    record_id = customer(company.lin_xiao)
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="records.create")).entries[0]
    assert (entry.actor_name, entry.subject_type, entry.subject_id) == ("林晓", "customer", str(record_id))
    assert entry.clause == "core#customer"
    assert entry.data["fields"] == ["customer_kind", "name", "phone"]
    assert "张伟" not in str(entry.data)
    assert "13800135612" not in str(entry.data)


def test_everything_wrong_is_said_at_once(company: Cast) -> None:
    """Each wrong field has its own sentence, and nothing is created."""
    refused = refusal(company.lin_xiao, name="", phone="1380013", customer_kind="人")
    assert refused.code == "records.invalid"
    assert set(refused.fields) == {"name", "phone", "customer_kind"}


def test_a_condition_makes_a_field_required(company: Cast) -> None:
    """An organisation without its credit code is refused; a person is not asked for one."""
    refused = refusal(company.lin_xiao, name="云岭贸易", customer_kind="单位", phone="13800135612")
    assert refused.fields == {"uscc": "必须填写。"}


def test_a_duplicate_in_sight_is_named(company: Cast) -> None:
    """The same phone, written in another way, is found although both are sealed."""
    record_id = customer(company.lin_xiao)
    refused = refusal(company.zhao_qi, name="张先生", customer_kind="个人", phone="138 0013 5612")
    assert refused.code == "records.duplicate"
    assert refused.fields == {"phone": f"“张伟”（编号{record_id}）的手机与此相同。请打开那份客户继续办理。"}


def test_a_duplicate_out_of_sight_is_not_named(company: Cast) -> None:
    """方明 of another branch learns that there is one, and neither whose nor which."""
    record_id = customer(company.lin_xiao)
    refused = refusal(company.fang_ming, name="张先生", customer_kind="个人", phone="13800135612")
    (sentence,) = refused.fields.values()
    assert "不在您的可见范围内" in sentence
    for secret in ("张伟", "江南", "林晓", f"编号{record_id}"):
        assert secret not in sentence


def test_nobody_writes_what_they_may_not_see(company: Cast) -> None:
    """A salesperson sees no transactions, so she can file no contract."""
    record_id = customer(company.lin_xiao)
    refused = refusal(company.lin_xiao, "purchase_contract", contract_number="HT-1", customer=record_id)
    assert refused.fields["contract_number"] == "您无权查看这一类信息，所以不能填写。"


def test_auditors_create_nothing(company: Cast) -> None:
    """An auditor has no such operation."""
    refused = refusal(company.he_shen, name="张伟", customer_kind="个人", phone="13800135612")
    assert refused.code == "records.not_permitted"


def test_a_contract_belongs_where_its_customer_does(company: Cast) -> None:
    """许可 at the head office files a contract; it is 林晓's and her branch's, as the customer is."""
    contract_id = contract(company.xu_ke, customer(company.lin_xiao))
    row = records.get(viewer_for(company.zhao_qi.id), "purchase_contract", contract_id)
    assert (row.owner, row.unit) == ("林晓", "江南分公司")
    assert row.cells["amount"].text == "¥50,000,000.00"
    assert row.cells["customer"].text == "张伟"


def test_a_reference_out_of_sight_cannot_be_used(company: Cast) -> None:
    """方明 cannot attach a reception to a customer that he may not see."""
    record_id = customer(company.lin_xiao)
    refused = refusal(
        company.fang_ming, "reception", customer=record_id, channel="来访", received_on="2026-11-20", summary="看房"
    )
    assert list(refused.fields) == ["customer"]


def test_a_reception_falls_into_one_week_and_month_of_its_branch(company: Cast) -> None:
    """Receptions of one week share the branch's report; a week that ends in November counts to November."""
    record_id = customer(company.lin_xiao)
    for day in ("2026-11-20", "2026-11-16", "2026-10-30"):
        reception(company.lin_xiao, record_id, day)
    viewer = viewer_for(company.lin_xiao.id)
    weeks = [row.title.text for row in records.page(viewer, "weekly_report", ListQuery(sort="period_start")).rows]
    months = [row.title.text for row in records.page(viewer, "monthly_report", ListQuery(sort="period_start")).rows]
    assert weeks == ["2026年第44周", "2026年第47周"]
    assert months == ["2026年11月"]
    assert records.page(viewer_for(company.fang_ming.id), "weekly_report", ListQuery()).rows == ()


def test_people_make_no_periods(company: Cast) -> None:
    """A weekly report is the system's to make."""
    assert refusal(company.zhou_min, "weekly_report", week="2026年第1周").code == "records.periodic"


def test_an_unknown_record_type_is_refused(company: Cast) -> None:
    """A type that the policy does not have is refused in a sentence."""
    assert refusal(company.zhou_min, "spaceship", name="x").code == "records.type"
