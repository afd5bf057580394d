"""What a customer's submission does."""

from __future__ import annotations

from datetime import timedelta

import pytest

from keguan.language.source import PackSource, read_pack
from keguan.runtime import clock
from keguan.runtime.intake import limits
from keguan.runtime.intake.actions import Submit
from keguan.runtime.intake.codes import code_of, new_mark
from keguan.runtime.intake.models import Knock, Submission
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import current
from keguan.runtime.processes.models import Case, Share
from keguan.runtime.records.shown_rows import rows_by_id
from tests.publishing import PACKS
from tests.runtime.intake.world import ELSEWHERE, HOME, MONDAY, SU_HE, Desk, case_of, submit
from tests.runtime.processes.world import moves, open_steps
from tests.runtime.records.filing import customer


def complaints() -> list[dict[str, object]]:
    """The complaint records, as stored."""
    codes = (
        "summary",
        "complainant",
        "channel",
        "matter_kind",
        "received_on",
        "received_at",
        "customer",
        "happened_on",
    )
    ids = Case.objects.values_list("record_id", flat=True)
    return sorted(rows_by_id(current().model, "complaint", set(ids), codes), key=lambda row: int(row["id"]))


def stored() -> tuple[int, int, int]:
    """How many cases, submissions and counted knocks there are."""
    return Case.objects.count(), Submission.objects.count(), Knock.objects.count()


def refused(values: dict[str, str], **more: str) -> Refused:
    """A submission that is refused."""
    with pytest.raises(Refused) as found:
        submit(values, **more)
    return found.value


def test_a_submission_files_the_record_and_begins_the_case(desk: Desk) -> None:
    """The complaint stands as she wrote it, with what the policy fills in; filing is done, the head judges next."""
    case = case_of(submit())
    (row,) = complaints()
    assert (row["summary"], row["complainant"], str(row["happened_on"])) == ("报告晚了五天", "苏禾", "2026-02-20")
    assert (row["channel"], row["matter_kind"], str(row["received_on"])) == ("客户门户", "投诉", "2026-03-02")
    assert str(row["received_at"]).startswith("2026-03-02")
    assert (case.number, case.started_by_id, case.started_by_name) == ("TS-202603-0001", None, "网上客户")
    assert moves(case) == ["start", "complete"]
    assert open_steps(case) == ["judging"]


def test_only_whoever_is_next_is_told(desk: Desk) -> None:
    """Nobody hears of the first step, which the submission itself has done."""
    case = case_of(submit())
    told = Notification.objects.filter(case_id=case.pk).values_list("staff_id", "kind")
    assert list(told) == [(desk.head.id, "cases.assigned_until")]
    filing = Share.objects.get(case=case, task__step="filing")
    assert (filing.state, filing.acted_by_id, filing.acted_by_name) == ("done", None, "网上客户")


def test_the_customer_is_recognised_by_name_and_telephone(desk: Desk) -> None:
    """Exactly one customer of that name and number: the complaint is hers."""
    known = customer(desk.cast.lin_xiao, "苏禾", SU_HE["portal_phone"])
    submit()
    assert complaints()[0]["customer_id"] == known


@pytest.mark.parametrize("name", ["苏和", ""])
def test_somebody_else_is_not_taken_for_her(desk: Desk, name: str) -> None:
    """The telephone of a customer with another name recognises nobody."""
    if name:
        customer(desk.cast.lin_xiao, name, SU_HE["portal_phone"])
    submit()
    assert complaints()[0]["customer_id"] is None


def test_the_answer_does_not_tell_who_is_known(desk: Desk) -> None:
    """A customer and a stranger get the same kind of receipt; only the ledger knows."""
    customer(desk.cast.lin_xiao, "苏禾", SU_HE["portal_phone"])
    hers, other = submit(), submit({**SU_HE, "portal_name": "骆遥", "portal_phone": "13900139000"})
    assert (hers.number, other.number) == ("TS-202603-0001", "TS-202603-0002")
    assert len(hers.code) == len(other.code) == 14
    found = ledger.entries_page(filters=ledger.EntryFilters(action="intake.submit"), size=5).entries
    assert [(each.actor_name, each.via, each.data["recognised"]) for each in found] == [
        ("网上客户", "portal", False),
        ("网上客户", "portal", True),
    ]
    assert "苏禾" not in str([each.data for each in found])
    assert "13800138000" not in str([each.data for each in found])


def test_neither_mark_nor_code_is_stored(desk: Desk) -> None:
    """What is kept of them are hashes."""
    mark = new_mark()
    receipt = submit(mark=mark)
    kept = str(list(Submission.objects.values()))
    assert receipt.code == code_of(mark)
    assert mark not in kept
    assert receipt.code not in kept
    assert receipt.code.replace("-", "") not in kept


def test_the_same_form_sent_twice_begins_one_case(desk: Desk) -> None:
    """The second time the same receipt is shown and nothing happens."""
    mark = new_mark()
    first = submit(mark=mark)
    before = stored()
    assert submit(mark=mark) == first
    assert stored() == before


def test_a_changed_form_under_the_same_mark_is_not_taken(desk: Desk) -> None:
    """Going back and changing what was sent is refused, with the number under which it was sent."""
    mark = new_mark()
    submit(mark=mark)
    before = stored()
    found = refused({**SU_HE, "portal_summary": "另一件事"}, mark=mark)
    assert (found.code, "TS-202603-0001" in found.message) == ("intake.sent", True)
    assert stored() == before


def test_everything_wrong_is_said_at_once(desk: Desk) -> None:
    """As on the form for staff: each field has its sentence, and nothing is kept."""
    found = refused({"portal_name": "苏禾", "portal_phone": "138", "portal_content": "长" * 5001, "nothing": "x"})
    assert found.code == "intake.form"
    assert set(found.fields) == {"portal_phone", "portal_summary", "portal_content", "nothing"}
    assert found.fields["portal_summary"] == "必须填写。"
    assert stored() == (0, 0, 0)


def test_what_is_not_opened_cannot_be_begun(desk: Desk) -> None:
    """Neither an unknown process nor one that the policy keeps inside."""
    with pytest.raises(Refused) as found:
        Submit(process="nothing", values=SU_HE, mark=new_mark(), address=HOME).run()
    assert found.value.code == "intake.closed"
    assert stored() == (0, 0, 0)


def test_a_form_without_its_mark_is_not_taken(desk: Desk) -> None:
    """A mark is 256 random bits of ours; anything else is refused."""
    assert refused(SU_HE, mark="1").code == "intake.mark"
    assert stored() == (0, 0, 0)


def test_one_telephone_begins_five_cases_a_day(desk: Desk) -> None:
    """The sixth is refused from wherever it comes; a day later there is room again."""
    for number in range(limits.WITH_PHONE.most):
        submit(address=f"203.0.113.{number}")
    before = stored()
    assert refused(SU_HE, address=ELSEWHERE).code == "intake.often"
    assert stored() == before
    with clock.hold(MONDAY + timedelta(days=1)):
        assert submit(address=ELSEWHERE).number == "TS-202603-0006"


def test_one_address_begins_twenty_cases_an_hour(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond that, another telephone does not help; another address does."""
    monkeypatch.setattr(limits, "FROM_ADDRESS", limits.Limit("submit.address", 2, timedelta(hours=1)))
    phones = [f"1390013900{number}" for number in range(4)]
    submit({**SU_HE, "portal_phone": phones[0]})
    submit({**SU_HE, "portal_phone": phones[1]})
    before = stored()
    assert refused({**SU_HE, "portal_phone": phones[2]}).code == "intake.often"
    assert stored() == before
    submit({**SU_HE, "portal_phone": phones[3]}, address=ELSEWHERE)


def test_neither_address_nor_telephone_is_kept_with_the_limits(desk: Desk) -> None:
    """Only keyed hashes are."""
    submit()
    kept = str(list(Knock.objects.values()))
    assert HOME not in kept
    assert SU_HE["portal_phone"] not in kept


def test_staff_may_not_take_this_way(desk: Desk) -> None:
    """Nothing but an open process is begun through the portal, even by the action that staff use."""
    from keguan.runtime.access.viewer import outsider
    from keguan.runtime.processes.actions import StartCase
    from tests.runtime.processes.world import publish_policy

    publish_policy()
    record = customer(desk.cast.lin_xiao)
    with pytest.raises(Refused) as found:
        StartCase(viewer=outsider(), process="complaint", record_id=record).run()
    assert found.value.code == "cases.may_not_start"
    assert Case.objects.count() == 0


def test_a_case_that_the_record_begins_by_itself_is_not_begun_twice(desk: Desk) -> None:
    """Where the policy has a new complaint begin its case, the submission is that case."""
    texts = {
        name: text.replace("发起: 综合部专员, 综合部主任, 质量监督员", "发起: 新建时")
        for name, text in _files().items()
    }
    texts = {name: text.replace("version: 1.0.0", "version: 1.1.0") for name, text in texts.items()}
    Publish(actor=SYSTEM, packs=(PackSource("quality-complaints", texts),)).run()
    receipt = submit()
    assert Case.objects.count() == 1
    assert Submission.objects.get().case_id == case_of(receipt).pk


def _files() -> dict[str, str]:
    return dict(read_pack(PACKS / "quality-complaints").files)
