"""Asking for a right, and what the end of its case makes of it."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.language.model.granting import GrantedRight
from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits import queries as permits
from keguan.runtime.permits.models import Permit
from keguan.runtime.permits.selection import Selection
from keguan.runtime.processes import queries as cases
from keguan.runtime.processes.actions import WithdrawCase
from keguan.runtime.records.queries import Filter, ListQuery, Operator, get, page
from tests.runtime.exports.world import ask, chosen, decide, open_office

if TYPE_CHECKING:
    from tests.cast import Cast


def test_a_request_files_a_record_and_begins_its_case(company: Cast, partners: list[int]) -> None:
    """What is asked for stands in the record that the approver reads: how many records and which columns, no value."""
    permit = permits.one(viewer_for(company.xu_ke.id), ask(company.xu_ke, chosen("name", "balance")))
    assert (permit.card.state, permit.card.rows, permit.card.uses_left) == ("waiting", 4, 1)
    stored = Permit.objects.get(pk=permit.card.id)
    record = get(viewer_for(company.zhou_min.id), "partner_request", stored.request_id)
    assert {code: cell.text for code, cell in record.cells.items()} == {
        "purpose": "年度对账",
        "recipient": "云岭会计师事务所",
        "asked_right": "导出",
        "asked_of": "往来客户",
        "asked_rows": "4",
        "asked_columns": "名称、余额",
        "guard": "水印",
    }


def test_the_end_of_the_case_grants_the_right(company: Cast, partners: list[int]) -> None:
    """Approved, the permit stands for three days and one use; rejected, it gives nothing; so it does taken back."""
    mine = viewer_for(company.xu_ke.id)
    granted, refused, withdrawn = (ask(company.xu_ke, chosen("name")) for _ in range(3))
    decide(company.zhou_min, permits.one(mine, granted).card.case_id)
    decide(company.zhou_min, permits.one(mine, refused).card.case_id, "驳回")
    case = cases.case_view(mine, permits.one(mine, withdrawn).card.case_id)
    WithdrawCase(viewer=mine, case_id=case.id, version=case.version, opinion="不需要了").run()
    cards = {card.id: card for card in permits.mine(mine)}
    assert [(cards[each].state, cards[each].expires_at) for each in (granted, refused, withdrawn)] == [
        ("granted", clock.now() + timedelta(days=3)),
        ("refused", None),
        ("withdrawn", None),
    ]
    assert [card.id for card in permits.mine(mine, granted=True)] == [granted]


def test_nobody_grants_a_right_to_themselves(company: Cast, monday: None) -> None:
    """Where the process forgets to keep them apart and only whoever asked has signed, the permit is refused."""
    open_office(
        company, ("分离: 发起人, 审批\n", ""), ("| 审批 | approving | 信息安全员 |", "| 审批 | approving | 往来专员 |")
    )
    permit = ask(company.xu_ke, chosen("name"), outcome="同意")
    mine = viewer_for(company.xu_ke.id)
    card = permits.one(mine, permit).card
    assert (card.state, card.reason) == ("refused", "没有申请人以外的人批准。")


@pytest.mark.parametrize(
    ("columns", "more", "code"),
    [
        (("name",), {"purpose": "对账"}, "permits.words"),
        (("name",), {"recipient": " "}, "permits.words"),
        (("name", "remark"), {}, "permits.columns"),
        (("name", "no_such_column"), {}, "permits.columns"),
        ((), {}, "permits.not_permitted"),
        (("name",), {"process": "complaint"}, "permits.no_process"),
        (("name",), {"values": {}}, "records.invalid"),
    ],
)
def test_what_cannot_be_asked_for(
    company: Cast, partners: list[int], columns: tuple[str, ...], more: dict[str, object], code: str
) -> None:
    """Without a purpose or a recipient, for what the policy denies, by a process that does not grant it or with its own
    record half filled in: refused, and neither record nor permit is made.
    """
    with pytest.raises(Refused) as refused:
        ask(company.xu_ke, chosen(*columns), GrantedRight.EXPORT, **more)
    assert refused.value.code == code
    assert not Permit.objects.exists()
    assert page(viewer_for(company.zhou_min.id), "partner_request", ListQuery()).rows == ()


def test_whoever_may_export_nothing_cannot_ask_for_it(company: Cast, partners: list[int]) -> None:
    """The office sees partners and may begin the process, but may not export them: no approval helps."""
    with pytest.raises(Refused) as refused:
        ask(company.fang_ming, chosen("name"))
    assert refused.value.code == "permits.columns"
    assert not Permit.objects.exists()


def test_rights_over_single_records_name_records_in_sight(company: Cast, partners: list[int]) -> None:
    """To see originals one names the records; those that are not there are refused with the whole request."""
    for ids in ((), (partners[0], 999_999)):
        with pytest.raises(Refused):
            ask(company.xu_ke, chosen("phone", form="", ids=ids), GrantedRight.REVEAL)
    permit = ask(company.xu_ke, chosen("phone", form="", ids=(partners[0],)), GrantedRight.REVEAL)
    assert permits.one(viewer_for(company.xu_ke.id), permit).chosen == 1


def test_the_approver_learns_nothing_of_what_was_looked_for(company: Cast, partners: list[int]) -> None:
    """A list narrowed to 余额 ≥ 100万, which the approver may not see: they are told that a condition is not shown, of
    the search nothing but that there is one, and how many records it is.
    """
    query = ListQuery(
        search="云岭", filters=(Filter("balance", Operator.FROM, ("100万",)), Filter("city", Operator.IS, ("云岭",)))
    )
    permit = ask(company.xu_ke, Selection("partner", query, columns=("name", "balance"), form="xlsx"))
    own = permits.one(viewer_for(company.xu_ke.id), permit)
    assert (own.query.search, own.query.filters, own.hidden) == ("云岭", query.filters, 0)
    seen = permits.of_case(viewer_for(company.zhou_min.id), own.card.case_id)
    assert seen is not None
    assert (seen.query.search, seen.query.filters, seen.hidden) == ("", query.filters[1:], 2)
    assert (seen.card.rows, seen.columns) == (1, ("名称", "余额"))
    stored = bytes(Permit.objects.get(pk=permit).selection)
    assert "云岭".encode() not in stored
    assert b"balance" not in stored


def test_others_know_nothing_of_a_permit(company: Cast, partners: list[int]) -> None:
    """A colleague who has no part in the case is refused as for one that is not there; the auditor reads all."""
    permit = ask(company.xu_ke, chosen("name"))
    for who, permit_id in ((company.guan_li, permit), (company.xu_ke, permit + 1)):
        with pytest.raises(Refused) as refused:
            permits.one(viewer_for(who.id), permit_id)
        assert refused.value.code == "permits.not_found"
    assert permits.one(viewer_for(company.he_shen.id), permit).card.id == permit
    assert [card.id for card in permits.register(viewer_for(company.he_shen.id))] == [permit]
    with pytest.raises(Refused):
        permits.register(viewer_for(company.xu_ke.id))
