"""What a duty means once it is linked."""

from __future__ import annotations

from keguan.language.feel import parse_expression, references
from keguan.language.link.own_names import path_bases, without_own_name
from keguan.language.model.actors import Party, PartyKind
from keguan.language.model.duty import Escalation, Evidence, Trigger, TriggerKind
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.model.timing import Length, Unit
from keguan.language.source import Span
from tests.language.blocks.golden_models import good

LEADER = Party(PartyKind.ROLE, "leader")


def test_a_duty_is_about_the_records_named_in_its_conditions() -> None:
    """Without a line 对象 the record type before the dot is the duty's object, and its name falls away."""
    duty = good("duties/visits").blocks.duties["customer_visit"]
    assert duty.record_type == "customer"
    assert duty.information_class == "来往"
    first = duty.obligations[0]
    assert first.applies is not None
    assert references(first.applies) == {"grade"}
    assert [evaluate(first.applies, Values(record={"grade": grade})) for grade in ("A", "B", None)] == [
        True,
        False,
        False,
    ]


def test_a_frequency_with_its_evidence() -> None:
    """A row says how often, who, by what evidence, with which check, and to whom it goes when overdue."""
    first, second, third = good("duties/visits").blocks.duties["customer_visit"].obligations
    assert [(row.frequency.at_least, row.frequency.at_most) for row in (first, second, third) if row.frequency] == [
        (1, None),
        (1, 2),
        (2, None),
    ]
    assert first.responsible == (LEADER,)
    assert third.responsible == (Party(PartyKind.ROLE, "marketing_clerk"), Party(PartyKind.OWNER))
    assert first.evidence == third.evidence == Evidence("visit", "customer", "visited_on")
    assert first.evidence is not None
    assert first.evidence.checked
    assert first.check is not None
    assert [evaluate(first.check, Values(record={"way": way})) for way in ("上门", "电话")] == [True, False]
    assert third.check is None
    assert first.exempt is not None
    assert second.escalations == (
        Escalation(Party(PartyKind.UNIT_HEAD)),
        Escalation(LEADER, Length(3, Unit.DAY)),
    )
    assert third.escalations[1] == Escalation(LEADER, Length(2, Unit.WORKING_DAY))
    assert first.remind == Length(5, Unit.DAY)


def test_what_triggers_a_duty() -> None:
    """A duty is triggered by a date field, by a change, by a new record or by a new child record."""
    rows = good("duties/visits").blocks.duties["after_sales_calls"].obligations
    assert [(row.task, row.trigger, row.deadline.text if row.deadline else "") for row in rows[3:]] == [
        ("满年回访", Trigger(TriggerKind.DATE, "delivered_on"), "1年"),
        ("商定续约", Trigger(TriggerKind.DATE, "expires_on"), "提前30天"),
        ("重订走访计划", Trigger(TriggerKind.CHANGED, "grade"), "3个工作日"),
        ("核对新档案", Trigger(TriggerKind.CREATED), "次工作日"),
        ("整理走访记录", Trigger(TriggerKind.CREATED, child="visit", via="customer"), "当日"),
        ("抽查", Trigger(TriggerKind.CHANGED), "7天"),
    ]
    assert rows[3].evidence == Evidence("after_sales", "customer", "called_on")
    assert rows[4].evidence is None


def test_a_record_s_own_name_is_not_taken_from_filters() -> None:
    """Before its own fields a record's name falls away; inside a filter the same words are about other records."""
    text = '客户.等级 = "A" and not(客户.停用) and count(走访[客户.等级 = "B"]) > max(客户.次数, 年.数)'
    node, _ = parse_expression(text, Span("policy.md", 1, 1, 1, len(text) + 1))
    assert node is not None
    left = without_own_name(node, frozenset({"客户"}))
    assert [base.name for base in path_bases(node)] == ["客户", "客户", "客户", "客户", "年"]
    assert [(base.name, base.span.column) for base in path_bases(left)] == [("客户", 41), ("年", 68)]
