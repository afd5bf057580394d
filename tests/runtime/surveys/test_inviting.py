"""Customers are asked after what the policy names, once, and about what it means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.duties.actions import DischargeDuty
from keguan.runtime.duties.models import Duty
from keguan.runtime.processes.actions import StartCase, WithdrawCase
from keguan.runtime.processes.models import Case
from keguan.runtime.records.actions import Update
from keguan.runtime.surveys.models import Invitation
from keguan.runtime.surveys.reactions import case_closed
from tests.runtime.records.filing import contract, customer
from tests.runtime.surveys.world import complete, invitation, logged, publish_policy, viewer, wait

if TYPE_CHECKING:
    from tests.runtime.surveys.conftest import Asking


FILING_FORM = """:::表单 存档登记 (filing_form)
对象: 客户
信息类别: 来往

| 字段 | 代码 | 类型 | 存入 |
|---|---|---|---|
| 会带动 | leads | 是否 | 带动购买 |
:::
"""


def test_a_closed_case_is_asked_about(asking: Asking) -> None:
    """Two hours after the repair its customer is asked: with the case, the clause of the process, who ended it and the
    record's place; the ledger says by which clause.
    """
    case_id = asking.repaired()
    found = invitation()
    assert (found.state, found.record_type, found.record_id) == ("waiting", "customer", asking.zhang)
    assert (found.case_id, found.clause) == (case_id, "survey-tests#repairs")
    assert (found.handler_id, found.handler_name) == (asking.cast.lin_xiao.id, "林晓")
    assert (found.owner_id, found.unit_id) == (asking.cast.lin_xiao.id, asking.cast.lin_xiao.unit_id)
    assert (found.ways, found.digest) == (["link", "qr", "sms", "call"], None)
    assert f"{found.send_at:%Y-%m-%d %H:%M}" == "2026-03-02 03:00"
    assert logged("surveys.invite")[0]["about"] == "survey-tests#repairs"


def test_a_case_that_came_to_nothing_is_not_asked_about(asking: Asking) -> None:
    """Of a cancelled and of a withdrawn case there is nothing to judge."""
    asking.repaired(outcome="不修")
    case_id = StartCase(viewer=viewer(asking.cast.xu_ke), process="repair", record_id=asking.zhang).run()
    version = Case.objects.get(pk=case_id).version
    WithdrawCase(viewer=viewer(asking.cast.xu_ke), case_id=case_id, version=version, opinion="登记错了").run()
    assert not Invitation.objects.exists()


def test_a_survey_that_is_not_meant_for_a_record_does_not_go_out(asking: Asking) -> None:
    """适用 is asked of the record when the case is closed."""
    Update(
        viewer=viewer(asking.cast.lin_xiao),
        record_type="customer",
        id=asking.zhang,
        version=1,
        values={"customer_kind": "单位", "uscc": "91350100M000100Y43"},
    ).run()
    asking.repaired()
    assert not Invitation.objects.exists()


def test_the_same_event_asks_once(asking: Asking) -> None:
    """The end of a case, announced again, makes no second invitation."""
    from keguan.runtime.processes.events import CaseClosed

    case_id = asking.repaired()
    case_closed(CaseClosed(case_id, "repair", "customer", asking.zhang, "archived", late=False))
    assert Invitation.objects.count() == 1


def test_a_step_is_asked_about_when_it_is_completed(asking: Asking) -> None:
    """The reply is judged, not the filing, while the case is still open; and it is by whoever replied."""
    case_id = StartCase(viewer=viewer(asking.cast.xu_ke), process="enquiry", record_id=asking.zhang).run()
    complete(asking.cast.lin_xiao, case_id)
    found = invitation("reply_survey")
    assert (found.case_id, found.handler_name, found.send_at) == (case_id, "林晓", found.happened_at)
    complete(asking.cast.xu_ke, case_id)
    assert Invitation.objects.count() == 1


def test_a_discharged_duty_is_asked_about(asking: Asking) -> None:
    """Whoever discharged it is judged; by call-back alone there is no link."""
    contract(asking.cast.zhao_qi, asking.zhang)
    Invitation.objects.all().delete()
    duty = Duty.objects.get(duty="after_purchase")
    DischargeDuty(viewer=viewer(asking.cast.xu_ke), duty_id=duty.pk).run()
    found = invitation("duty_survey")
    assert (found.duty_id, found.handler_name, found.clause) == (duty.pk, "许可", "survey-tests#repairs")
    wait(minutes=1)
    found.refresh_from_db()
    assert (found.state, found.digest, found.call_from) == ("sent", None, found.sent_at)


def test_a_new_record_is_asked_about_and_an_imported_one_is_not(asking: Asking) -> None:
    """A contract that is filed brings its survey; one that comes with an import is history."""
    from keguan.runtime.policies.queries import current
    from keguan.runtime.records.classes import rows_of
    from keguan.runtime.records.events import RecordsChanged
    from keguan.runtime.surveys.reactions import records_changed

    contract_id = contract(asking.cast.zhao_qi, asking.zhang)
    found = invitation("contract_survey")
    assert (found.record_type, found.record_id, found.handler_id) == (
        "purchase_contract",
        contract_id,
        asking.cast.lin_xiao.id,  # a contract is whose its customer is
    )
    found.delete()
    rows_of(current().model, "purchase_contract").filter(id=contract_id).update(import_id=7)
    records_changed(RecordsChanged("purchase_contract", (contract_id,), created=True))
    assert not Invitation.objects.filter(survey="contract_survey").exists()


def test_a_condition_that_becomes_true_asks_once(asking: Asking) -> None:
    """Not of a record filed with it, nor of one of which it was true at publication; of one that changes, and then no
    more.
    """
    lin = viewer(asking.cast.lin_xiao)
    customer(asking.cast.lin_xiao, "李娜", phone="13800135613", leads_others="是")
    assert not Invitation.objects.filter(survey="leading_survey").exists()
    for version, value in ((1, "是"), (2, "否"), (3, "是")):
        values = {"leads_others": value}
        Update(viewer=lin, record_type="customer", id=asking.zhang, version=version, values=values).run()
    assert list(Invitation.objects.values_list("survey", "record_id")) == [("leading_survey", asking.zhang)]


def test_a_reworded_condition_looks_at_records_afresh(asking: Asking) -> None:
    """What is true already when a condition comes into force has not become true by it."""
    publish_policy("1.1.0", ("当 带动购买 = true", '当 客户类别 = "个人"'))
    Update(
        viewer=viewer(asking.cast.lin_xiao),
        record_type="customer",
        id=asking.zhang,
        version=1,
        values={"leads_others": "是"},
    ).run()
    assert not Invitation.objects.exists()


def test_whoever_completed_the_step_that_made_it_true_is_judged(asking: Asking) -> None:
    """What a step's form carries into the record asks after that step: it is by whoever completed it, not by whoever
    had done the one before.
    """
    publish_policy(
        "1.1.0",
        ("| 答复 | reply | 销售员 | → 存档 |", "| 答复 | reply | 销售员 | | → 存档 |"),
        ("| 存档 | filing | 客服专员 | → 归档 |", "| 存档 | filing | 客服专员 | 存档登记 | → 归档 |"),
        (
            "信息类别: 来往\n\n| 步骤 | 代码 | 办理角色 | 去向 |\n|---|---|---|---|\n| 答复",
            "信息类别: 来往\n\n| 步骤 | 代码 | 办理角色 | 表单 | 去向 |\n|---|---|---|---|---|\n| 答复",
        ),
        (
            "### 第二条",
            f"{FILING_FORM}\n### 第二条",
        ),
    )
    case_id = StartCase(viewer=viewer(asking.cast.xu_ke), process="enquiry", record_id=asking.zhang).run()
    complete(asking.cast.lin_xiao, case_id)
    complete(asking.cast.xu_ke, case_id, leads="是")
    found = invitation("leading_survey")
    assert (found.case_id, found.handler_name) == (case_id, "许可")
