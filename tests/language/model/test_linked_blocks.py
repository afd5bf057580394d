"""What quotas, allocations, access rules, retentions, exceptions and reforms mean once they are linked."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, FieldRef, Literal, ParameterRef
from keguan.language.model.access import Permission, Right
from keguan.language.model.allocation import Match, Method, ShareOf
from keguan.language.model.invariants import broken
from keguan.language.model.model import HitPolicy, RowScope
from keguan.language.model.quota import Rounding, Surplus
from keguan.language.model.retention import Disposal, Start
from keguan.language.model.timing import Length, Unit
from tests.language.golden import read_golden
from tests.language.sources import model_of

if TYPE_CHECKING:
    from keguan.language.model.model import Model

LANGUAGE = Path(__file__).parent.parent


def _golden(name: str) -> Model:
    return model_of(*read_golden(LANGUAGE / f"{name}.md").packs)


def test_a_quota_knows_its_limits_and_what_becomes_of_the_rest() -> None:
    """Shares, numbers and parameters as limits; groups, ranking, and where the surplus goes."""
    quotas = _golden("quotas/good/departments").blocks.quotas
    quota = quotas["grade_quota"]
    assert (quota.decision, quota.output, quota.record_type) == ("customer_grade", "grade", "customer")
    assert isinstance(quota.group, FieldRef)
    assert isinstance(quota.by, FieldRef)
    assert (quota.group.code, quota.by.code, quota.descending) == ("department", "volume", True)
    assert (quota.surplus, quota.to, quota.rounding) == (Surplus.ONE_DOWN, None, Rounding.DOWN)
    vip, preferred = quota.lines
    assert vip.most is not None
    assert vip.least is not None
    assert isinstance(vip.most.value, ParameterRef)
    assert (vip.outcome, vip.most.share, vip.least.share) == ("贵宾", True, False)
    assert isinstance(vip.least.value, Literal)
    assert vip.least.value.value == 1
    assert preferred.most is not None
    assert (preferred.outcome, preferred.most.share, preferred.least) == ("优选", True, None)
    whole = quotas["total_quota"]
    assert (whole.group, whole.descending, whole.surplus, whole.to) == (None, False, Surplus.TO, "合格")
    assert whole.rounding is Rounding.HALF_UP
    assert (quotas["open_quota"].surplus, quotas["open_quota"].by) == (Surplus.PENDING, None)


def test_an_allocation_knows_pool_recipients_and_shares() -> None:
    """Who gets what: the pool, the recipients' records, the score, who is left out, and the match of areas."""
    allocation = _golden("allocations/good/monthly").blocks.allocations["resource_allocation"]
    assert (allocation.record_type, allocation.recipient_type, allocation.role) == ("policy_holder", "planner", None)
    assert (allocation.method, allocation.share_of) == (Method.BY_SCORE, ShareOf.KINDS)
    assert isinstance(allocation.score, FieldRef)
    assert allocation.score.code == "planner_score"
    assert isinstance(allocation.pool, Binary)
    assert isinstance(allocation.excluded, Binary)
    assert allocation.matches == (Match("area", "area_served"),)
    assert allocation.frequency is not None
    assert allocation.frequency.every == Length(1, Unit.MONTH)
    assert [(share.number, share.name, share.condition is None) for share in allocation.shares] == [
        (1, "满期", False),
        (2, "续期", False),
        (3, "老客户", False),
        (4, "其他", True),
    ]
    by_role = _golden("allocations/good/groups").blocks.allocations
    assert (by_role["call_allocation"].role, by_role["call_allocation"].recipient_type) == ("service", None)
    assert by_role["area_allocation"].share_of is ShareOf.RECIPIENTS


def test_access_denies_what_it_does_not_give() -> None:
    """A grant holds only the rights that are given, each as it is given."""
    rule = _golden("access_rules/good/classes").blocks.access_rules["see_customers"]
    first, second, third, fourth = rule.grants
    assert dict(first.rights) == {
        Right.SEE: Permission.YES,
        Right.CHANGE: Permission.APPROVAL,
        Right.EXPORT: Permission.MASKED,
    }
    assert (first.role, first.scope, first.condition) == ("seller", RowScope.OWN, None)
    assert (second.sensitive, second.condition is None) == (False, False)
    assert (third.information_class, third.rights[Right.SEE]) == ("*", Permission.MASKED)
    assert (fourth.role, fourth.sensitive, fourth.scope) == ("clerk", True, None)


def test_a_retention_knows_from_when_how_long_and_then_what() -> None:
    """Terms from a date field, from filing, or for good."""
    retention = _golden("retentions/good/terms").blocks.retentions["customer_retention"]
    whole, trade, contact, identity = retention.terms
    assert (whole.information_class, whole.start, whole.length) == ("*", Start.DATE, Length(5, Unit.YEAR))
    assert (whole.disposal, whole.two_persons, whole.hold is None) == (Disposal.DESTROY, True, False)
    assert (trade.length, trade.disposal, trade.two_persons) == (Length(10, Unit.YEAR), Disposal.STORE_ONLY, False)
    assert (contact.start, contact.length, contact.condition is None) == (Start.UPDATED, Length(6, Unit.MONTH), False)
    assert (identity.start, identity.length, identity.disposal) == (Start.CREATED, None, Disposal.ARCHIVE)


def test_exceptions_stand_before_what_they_are_exceptions_to() -> None:
    """Row numbers stay apart by thousands, and the deepest exception comes first."""
    decision = _golden("exceptions/good/layers").decisions["customer_grade"]
    assert [(rule.number, rule.row) for rule in decision.rules] == [
        (2001, 1),
        (1001, 1),
        (1002, 2),
        (3001, 1),
        (1, 0),
        (2, 0),
        (3, 0),
    ]
    assert [(each.place, each.over, each.clause.number) for each in decision.exceptions] == [
        (1, 0, "第三条"),
        (2, 1, "第四条"),
        (3, 0, "第五条"),
    ]
    assert (decision.hit, decision.declared_hit) == (HitPolicy.FIRST, HitPolicy.FIRST)


def test_a_reform_keeps_the_references_on_both_sides() -> None:
    """While it lasts the value is the reform's; afterwards it is the base's of that day, under the base's reference."""
    values = _golden("parameters/good/reform").parameters["large_figure"].values
    assert [(each.since, each.value, each.reference) for each in values] == [
        (date(2026, 1, 1), 1_000_000, "总公司第二条"),
        (date(2026, 7, 1), 500_000, "分公司第一条"),
        (date(2026, 10, 1), 2_000_000, "总公司第二条"),
        (date(2027, 1, 1), 3_000_000, "总公司第二条"),
    ]


def test_what_is_linked_keeps_every_invariant() -> None:
    """Merged exceptions and taken-apart scorecards are whole models like any other."""
    for name in ("exceptions/good/layers", "scorecards/good/credit", "scorecards/good/weights", "english/good/tables"):
        assert broken(_golden(name)) == ()
