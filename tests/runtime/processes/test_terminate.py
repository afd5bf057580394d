"""终止, and who may change cases from outside their steps."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from keguan.language.model.model import RowScope
from keguan.runtime.access.viewer import Grant
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.actions import NameHead
from keguan.runtime.processes.actions import TerminateCase
from keguan.runtime.processes.models import Case
from tests.cast import HEAD_OFFICE, JIANGNAN
from tests.runtime.processes.moving import MATTER, REASON, dump, last, on_case, refused_case, steps, told
from tests.runtime.processes.world import complete, open_steps, start, viewer

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office


def test_the_head_ends_it(office: Office) -> None:
    """周敏 heads the branch: the case is over, and whoever had it or started it is told."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    NameHead(actor=SYSTEM, unit_id=cast.units[JIANGNAN], staff_id=cast.zhou_min.id).run()
    moved = on_case(TerminateCase, cast.zhou_min, case, opinion=REASON)
    assert moved.state == "terminated"
    assert steps(case)[-1] == ("judging", 1, "cancelled")
    assert (last(case).kind, last(case).opinion) == ("terminate", REASON)
    assert (told(case, cast.lin_xiao)[1:], told(case, cast.zhao_qi)[-1]) == (["cases.terminated"], "cases.terminated")


@pytest.mark.parametrize(("scope", "allowed"), [(RowScope.ALL, True), (RowScope.UNIT, False), (RowScope.OWN, False)])
def test_a_role_that_manages_cases_may_within_its_scope(office: Office, scope: RowScope, allowed: bool) -> None:
    """管理案件 reaches as far as the role does: the head office's unit does not cover the branch's case here."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    units = frozenset({cast.units[HEAD_OFFICE]})
    grant = Grant(scope, RowScope.NONE, frozenset("*"), frozenset({"manage_cases"}), cast.zhou_min.id, units)
    who = viewer(cast.zhou_min)
    manager = replace(who, grants=(*who.grants, grant))
    move = TerminateCase(viewer=manager, case_id=case.pk, version=case.version, opinion=REASON)
    if allowed:
        assert move.run().state == "terminated"
        return
    before = dump(case)
    with pytest.raises(Refused) as refusal:
        move.run()
    assert (refusal.value.code, dump(case)) == ("cases.not_manager", before)


def test_a_step_that_waited_for_it_goes_on(office: Office) -> None:
    """The notice within a project is terminated: the project goes back to its application, as it did not end well."""
    cast = office.cast
    case = start(cast.lin_xiao, "project", office.customer)
    below = Case.objects.get(parent_task__case=case)
    NameHead(actor=SYSTEM, unit_id=cast.units[JIANGNAN], staff_id=cast.zhou_min.id).run()
    on_case(TerminateCase, cast.zhou_min, below, opinion=REASON)
    below.refresh_from_db()
    assert (below.state, open_steps(case)) == ("terminated", ["apply"])


def test_who_may_not(office: Office) -> None:
    """Handlers and initiators, the head when it is about them, without a reason, and once it is over."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, {**MATTER, "against": "周敏"})
    other = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    NameHead(actor=SYSTEM, unit_id=cast.units[JIANGNAN], staff_id=cast.zhou_min.id).run()
    for who in (cast.lin_xiao, cast.zhao_qi):
        refused_case("cases.not_manager", TerminateCase, who, other, opinion=REASON)
    refused_case("cases.not_manager", TerminateCase, cast.zhou_min, case, opinion=REASON)
    refused_case("cases.opinion", TerminateCase, cast.zhou_min, other, opinion="停")
    on_case(TerminateCase, cast.zhou_min, other, opinion=REASON)
    refused_case("cases.closed", TerminateCase, cast.zhou_min, other, opinion=REASON)


def test_somebody_was_quicker(office: Office) -> None:
    """It is refused on what was seen before."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    NameHead(actor=SYSTEM, unit_id=cast.units[JIANGNAN], staff_id=cast.zhou_min.id).run()
    seen = case.version
    complete(cast.zhao_qi, case, "judging", "成立")
    refused_case("cases.stale", TerminateCase, cast.zhou_min, case, opinion=REASON, version=seen)
