"""What is filled into the forms of cases: judged like records, kept like records, shown like records."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access import crypto
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.actions import RevealValue, SaveForm
from keguan.runtime.processes.models import Case, Value
from keguan.runtime.processes.queries import case_view
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, Update
from tests.runtime.processes.forming import apply, decide, publish_forms, save, stored
from tests.runtime.processes.world import complete, open_task, start, viewer
from tests.runtime.records.filing import contract

if TYPE_CHECKING:
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.processes.forms import FormView
    from tests.cast import Member
    from tests.runtime.processes.world import Office

PHONE, MASKED = "13800135612", "138****5612"


@pytest.fixture
def relief(office: Office) -> Office:
    """The process of ``forming`` in force; the customer would pay eight million."""
    publish_forms()
    change(office, price_limit="800万")
    return office


def change(office: Office, **values: str) -> None:
    """林晓 changes her customer."""
    version = records.get(viewer_for(office.cast.lin_xiao.id), "customer", office.customer).version
    Update(
        viewer=viewer(office.cast.lin_xiao), record_type="customer", id=office.customer, version=version, values=values
    ).run()


def cell(member: Member, office: Office, code: str) -> Shown:
    """A field of the customer as somebody sees it."""
    return records.get(viewer(member), "customer", office.customer).cells[code]


def carried(office: Office) -> list[dict[str, object]]:
    """What the policy has changed of the customer, newest first."""
    filters = ledger.EntryFilters(
        subject_type="customer", subject_id=str(office.customer), action="records.update_by_policy"
    )
    return [entry.data["changes"] for entry in ledger.entries_page(filters=filters).entries]


def form(member: Member, case: Case) -> FormView:
    """The case's form as somebody sees it."""
    (found,) = case_view(viewer(member), case.pk).forms
    return found


def shown(member: Member, case: Case) -> dict[str, tuple[str, str]]:
    """The fields in it by code: what is shown and what may be done."""
    return {field.code: (field.shown.text, field.right) for field in form(member, case).fields}


def refused(case: Case, member: Member, step: str, values: dict[str, object]) -> Refused:
    """The refusal of a completion; nothing has changed."""
    before = (stored(case), case.version)
    with pytest.raises(Refused) as caught:
        complete(member, case, step, values=values)
    case.refresh_from_db()
    assert (stored(case), case.version) == before
    return caught.value


def test_values_are_read_as_those_of_records(relief: Office) -> None:
    """What is typed becomes a stored value of its kind; what the record gives beforehand is kept with it."""
    case = apply(relief, {"price_new": "￥７５０万", "discount_seen": "95%"})
    assert stored(case) == {
        "call_back": None,
        "discount_seen": "9500",
        "price_new": "750000000",
        "price_now": "800000000",
        "why": '"老客户"',
    }


def test_a_name_of_the_form_may_stand_before_the_field(relief: Office) -> None:
    """``form.field`` and ``field`` mean the same."""
    case = apply(relief, {"relief_form.price_new": "700万"})
    assert stored(case)["price_new"] == "700000000"


def test_everything_that_is_wrong_is_told_at_once(relief: Office) -> None:
    """A wrong kind, a field that is not on the form, one that this step only reads and one that it does not see are
    refused together, and no case has begun.
    """
    values = {"price_new": "很多", "nonsense": "1", "price_now": "1", "remark": "差", "why": ""}
    with pytest.raises(Refused) as caught:
        apply(relief, values)
    assert caught.value.code == "cases.form"
    assert set(caught.value.fields) == {"price_new", "nonsense", "price_now", "remark", "why"}
    assert caught.value.fields["remark"] == "这一步不能填写这一项。"
    assert caught.value.fields["why"] == "必须填写。"
    assert Case.objects.count() == 0


def test_a_step_can_require_what_the_form_does_not(relief: Office) -> None:
    """The decision is required at the second step, by its field rights."""
    case = apply(relief)
    found = refused(case, relief.cast.zhou_min, "deciding", {})
    assert found.fields == {"verdict": "必须填写。"}


def test_a_condition_over_the_form_itself_requires(relief: Office) -> None:
    """The new price is required exactly when the decision is to change it."""
    case = apply(relief)
    found = refused(case, relief.cast.zhou_min, "deciding", {"verdict": "调整"})
    assert found.fields == {"price_new": "必须填写。"}
    complete(relief.cast.zhou_min, case, "deciding", values={"verdict": "不调"})
    assert open_task(case, "applying").turn == 2


def test_the_form_decides_where_the_case_goes(relief: Office) -> None:
    """The field that is the form's outcome decides, without an outcome being named."""
    case = apply(relief, {"price_new": "700万"})
    decide(relief, case, {"verdict": "调整"})
    case.refresh_from_db()
    assert case.state == "archived"


def test_an_archived_case_has_written_its_target_into_the_record(relief: Office) -> None:
    """What has a target is written into the record by the step that fills it in, in the system's name: the ledger says
    whose step it was, by which form.
    """
    case = apply(relief)
    assert cell(relief.cast.lin_xiao, relief, "price_limit").value == 800_000_000
    decide(relief, case, {"verdict": "调整", "price_new": "700万"})
    assert cell(relief.cast.lin_xiao, relief, "price_limit").value == 700_000_000
    filters = ledger.EntryFilters(subject_type="customer", subject_id=str(relief.customer))
    entry = ledger.entries_page(filters=filters, size=1).entries[0]
    assert (entry.action, entry.actor_name, entry.clause) == ("records.update_by_policy", "system", "form-tests#relief")
    assert entry.data["changes"] == {"price_limit": [800_000_000, 700_000_000]}
    assert (entry.data["by"], entry.data["step"], entry.data["form"], entry.data["case"]) == (
        relief.cast.zhou_min.id, "deciding", "relief_form", case.pk,
    )  # fmt: skip


def test_what_was_carried_once_is_not_carried_again(relief: Office) -> None:
    """林晓 fills in a new price, which goes into the record; she corrects the record by hand; 周敏 submits the form as
    it stands, so the record keeps what is in it and the ledger has no change by the policy. A changed value goes in
    again.
    """
    case = apply(relief, {"price_new": "700万", "mail_to": "滨海市望江路1号"})
    change(relief, price_limit="750万")
    assert carried(relief) == [{"price_limit": [800_000_000, 700_000_000], "owner_address": []}]
    decide(relief, case, {"verdict": "不调", "price_new": "700万", "mail_to": "滨海市望江路1号"})
    assert cell(relief.cast.lin_xiao, relief, "price_limit").value == 750_000_000
    assert len(carried(relief)) == 1
    case.refresh_from_db()
    complete(relief.cast.lin_xiao, case, "applying", values={"price_new": "690万"})
    assert cell(relief.cast.lin_xiao, relief, "price_limit").value == 690_000_000
    assert carried(relief)[0] == {"price_limit": [750_000_000, 690_000_000]}


def test_whoever_gives_the_same_value_again_is_known_but_has_not_changed_it(relief: Office) -> None:
    """周敏 gives the discount that 林晓 gave: the row is hers now, but as old as before."""
    case = apply(relief, {"discount_seen": "95%"})
    first = Value.objects.get(case=case, field="discount_seen")
    decide(relief, case, {"verdict": "不调", "discount_seen": "95%"})
    again = Value.objects.get(case=case, field="discount_seen")
    assert (again.task_id, again.set_at, again.plain) == (first.task_id, first.set_at, first.plain)
    assert (first.set_by_id, again.set_by_id) == (relief.cast.lin_xiao.id, relief.cast.zhou_min.id)


def test_saving_writes_nothing_into_the_record(relief: Office) -> None:
    """暂存 keeps the values for the next time, asks for nothing that is required, and leaves the record alone."""
    case = apply(relief)
    save(relief.cast.zhou_min, case, "deciding", {"price_new": "600万"})
    assert stored(case)["price_new"] == "600000000"
    assert cell(relief.cast.lin_xiao, relief, "price_limit").value == 800_000_000
    decide(relief, case, {"verdict": "调整"})
    assert cell(relief.cast.lin_xiao, relief, "price_limit").value == 600_000_000


def test_only_whoever_handles_the_step_saves(relief: Office) -> None:
    """Somebody else's 暂存 is refused."""
    case = apply(relief)
    with pytest.raises(Refused) as caught:
        save(relief.cast.lin_xiao, case, "deciding", {"price_new": "600万"})
    assert caught.value.code == "cases.not_yours"
    assert "price_new" not in stored(case)


def test_a_step_without_a_form_takes_no_values(office: Office) -> None:
    """Values for a step that has no form are refused."""
    case = start(office.cast.lin_xiao, "complaint", office.customer, {"matter": "漏水"})
    found = refused(case, office.cast.zhao_qi, "judging", {"matter": "没有漏水"})
    assert found.fields == {"matter": "这一步没有表单，不能填写。"}
    with pytest.raises(Refused) as caught:
        SaveForm(
            viewer=viewer(office.cast.zhao_qi),
            task_id=open_task(case, "judging").pk,
            version=case.version,
            values={},
        ).run()
    assert caught.value.code == "cases.no_form"


def test_the_record_fills_the_form_in_beforehand(relief: Office) -> None:
    """At an open step fields show what the record gives, sensitive ones masked; the handler may read some, fill in some
    and does not get to know of others.
    """
    case = start(relief.cast.lin_xiao, "relief", relief.customer, {}, complete=False)
    seen = shown(relief.cast.lin_xiao, case)
    assert seen["price_now"] == ("¥8,000,000.00", "read")
    assert seen["call_back"] == (MASKED, "fill")
    assert seen["why"] == ("", "required")
    assert seen["price_new"] == ("", "fill")
    assert not {"remark", "verdict"} & seen.keys()
    assert stored(case) == {}


def test_what_has_been_filled_in_stays_when_the_record_changes(relief: Office) -> None:
    """What was taken from the record at one step stays in the form as it was then."""
    case = apply(relief)
    change(relief, price_limit="900万")
    assert shown(relief.cast.zhou_min, case)["price_now"] == ("¥8,000,000.00", "read")


def test_sensitive_values_are_sealed_and_masked(relief: Office) -> None:
    """A sensitive value is stored as ciphertext that is bound to its case, and shown masked, whether it was typed or
    came from the record.
    """
    case = apply(relief, {"mail_to": "滨海市望江路1号"})
    row = Value.objects.get(case=case, field="mail_to")
    assert row.plain is None
    assert "望江".encode() not in bytes(row.sealed)
    with pytest.raises(crypto.Unsealable):
        crypto.open_sealed("case.relief_form.mail_to", case.pk + 1, bytes(row.sealed))
    seen = shown(relief.cast.zhou_min, case)
    assert seen["call_back"][0] == MASKED
    assert seen["mail_to"][0] == "滨海市望******"


def test_a_masked_value_that_comes_back_is_left_as_it_is(relief: Office) -> None:
    """Sending the form back as it was shown changes no sensitive value."""
    case = apply(relief)
    before = bytes(Value.objects.get(case=case, field="call_back").sealed)
    decide(relief, case, {"verdict": "不调", "call_back": MASKED})
    assert bytes(Value.objects.get(case=case, field="call_back").sealed) == before


def test_a_sensitive_value_is_carried_into_the_record(relief: Office) -> None:
    """A sensitive field with a sensitive target arrives there sealed for its new place."""
    case = apply(relief, {"mail_to": "滨海市望江路1号"})
    assert cell(relief.cast.zhou_min, relief, "owner_address").text == "滨海市望******"
    assert case.state == "open"


def test_an_original_is_shown_for_a_reason_and_written_down(relief: Office) -> None:
    """Who may see originals of the customer sees that of the form, for a reason that goes into the ledger; others and
    those without a reason do not.
    """
    case = apply(relief)
    asked = {"case_id": case.pk, "form": "relief_form", "field": "call_back"}
    assert RevealValue(viewer=viewer(relief.cast.zhou_min), reason="回拨核实", **asked).run() == PHONE
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="cases.reveal"), size=1).entries[0]
    assert entry.data == {"form": "relief_form", "field": "call_back", "reason": "回拨核实"}
    for who, reason, code in (
        (relief.cast.zhou_min, " ", "reveal.reason"),
        (relief.cast.zhao_qi, "回拨核实", "reveal.scope"),
        (relief.cast.fang_ming, "回拨核实", "cases.not_found"),
    ):
        with pytest.raises(Refused) as caught:
            RevealValue(viewer=viewer(who), reason=reason, **asked).run()
        assert caught.value.code == code
    with pytest.raises(Refused) as caught:
        RevealValue(
            viewer=viewer(relief.cast.zhou_min), case_id=case.pk, form="relief_form", field="why", reason="看看理由"
        ).run()
    assert caught.value.code == "reveal.field"


def test_classes_bound_what_is_seen_but_not_what_one_wrote(relief: Office) -> None:
    """A salesperson does not see the class 交易: what another wrote there is hidden, what they wrote themselves not."""
    case = apply(relief, {"discount_seen": "95%"})
    assert shown(relief.cast.lin_xiao, case)["discount_seen"][0] == "95%"
    assert shown(relief.qian, case)["discount_seen"][0] == "无权查看"
    decide(relief, case, {"verdict": "不调", "discount_seen": "90%"})
    assert shown(relief.cast.lin_xiao, case)["discount_seen"][0] == "无权查看"


def test_a_reference_must_be_within_reach(relief: Office) -> None:
    """A contract of another branch cannot be named; one within reach is shown by its title."""
    cast = relief.cast
    elsewhere = Create(
        viewer=viewer(cast.fang_ming),
        record_type="customer",
        values={"name": "李四", "customer_kind": "个人", "phone": "13900001111"},
    ).run()
    far = contract(cast.zhou_min, elsewhere, "HT-远-1")
    near = contract(cast.zhou_min, relief.customer, "HT-近-1")
    with pytest.raises(Refused) as caught:
        apply(relief, {"about": far})
    assert set(caught.value.fields) == {"about"}
    case = apply(relief)
    decide(relief, case, {"verdict": "不调", "about": near})
    assert shown(cast.zhou_min, case)["about"] == ("HT-近-1", "read")
