"""并案."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.processes.actions import CopyTo, MergeCase, WithdrawCase
from keguan.runtime.processes.models import Case
from tests.runtime.processes.moving import (
    MATTER,
    REASON,
    copies,
    dump,
    last,
    on_case,
    steps,
    told,
)
from tests.runtime.processes.world import complete, local, open_steps, start

if TYPE_CHECKING:
    from tests.cast import Member
    from tests.runtime.processes.world import Office


def two(office: Office) -> tuple[Case, Case]:
    """The same matter filed by 许可, and two hours later by 林晓."""
    cast = office.cast
    first = start(cast.xu_ke, "complaint", office.customer, MATTER)
    clock.advance(timedelta(hours=2))
    return first, start(cast.lin_xiao, "complaint", office.customer, MATTER)


def refused_merge(code: str, member: Member, case: Case, into: Case, **more: Any) -> None:
    """Refused with this code, and neither of the two has changed."""
    before = dump(case, into)
    with pytest.raises(Refused) as refusal:
        on_case(MergeCase, member, case, into_case_id=into.pk, **{"opinion": REASON, **more})
    assert (refusal.value.code, dump(case, into)) == (code, before)


def test_the_later_goes_into_the_earlier(office: Office) -> None:
    """It is over and names the other; 林晓, who filed it, is told and may read the other, whose clocks stay."""
    cast = office.cast
    first, second = two(office)
    moved = on_case(MergeCase, cast.zhao_qi, second, into_case_id=first.pk, opinion=REASON)
    first.refresh_from_db()
    second.refresh_from_db()
    assert (moved.state, second.merged_into_id, second.closed_at) == ("merged", first.pk, clock.now())
    assert steps(second)[-1] == ("judging", 1, "cancelled")
    assert (first.state, local(first.due_at), open_steps(first)) == ("open", "2026-03-09 09:00", ["judging"])
    assert cast.lin_xiao.id in copies(first)
    assert (last(second).kind, last(second).data) == ("merge", {"into": first.pk})
    assert (last(first).kind, last(first).data["merged"]) == ("merge", second.pk)
    assert "cases.merged" in told(second, cast.lin_xiao)
    assert list(Entry.objects.order_by("-id").values_list("action", "subject_id")[:2]) == [
        ("cases.merge", str(first.pk)),
        ("cases.merge", str(second.pk)),
    ]


def test_the_earlier_clock_is_kept_whichever_goes_into_which(office: Office) -> None:
    """The first goes into the second: that is due when the first was."""
    first, second = two(office)
    on_case(MergeCase, office.cast.zhao_qi, first, into_case_id=second.pk, opinion=REASON)
    second.refresh_from_db()
    assert (local(second.due_at), local(second.next_at)) == ("2026-03-09 09:00", "2026-03-09 09:00")


def test_whoever_has_a_part_is_not_copied_twice(office: Office) -> None:
    """赵启 judges both and 许可 was copied in both: only 孙洁, who was told of one, is told of the other."""
    cast = office.cast
    first, second = two(office)
    on_case(CopyTo, cast.zhao_qi, second, staff_ids=(office.sun.id,))
    before = copies(first)
    on_case(MergeCase, cast.zhao_qi, second, into_case_id=first.pk, opinion=REASON)
    assert copies(first) == [*before, cast.lin_xiao.id, office.sun.id]


def test_what_does_not_go_together(office: Office) -> None:
    """Itself, another process, what is over, out of sight, within a case; others' cases; no reason: nothing changes."""
    cast = office.cast
    first, second = two(office)
    refused_merge("cases.itself", cast.zhao_qi, second, second)
    refused_merge("cases.opinion", cast.zhao_qi, second, first, opinion="同")
    refused_merge("cases.not_handler", cast.xu_ke, second, first)
    refused_merge("cases.other_process", cast.zhao_qi, second, start(cast.lin_xiao, "parallel", office.customer))
    refused_merge("cases.not_found", cast.zhao_qi, second, Case(pk=10**9))
    project = start(cast.lin_xiao, "project", office.customer)
    notice = start(cast.lin_xiao, "notice", office.customer)
    below = Case.objects.get(parent_task__case=project)
    complete(cast.lin_xiao, below, "filing")
    refused_merge("cases.belongs_merge", cast.zhao_qi, below, notice)
    on_case(WithdrawCase, cast.xu_ke, first, opinion=REASON)
    refused_merge("cases.into_closed", cast.zhao_qi, second, first)


def test_whoever_one_of_them_is_about_does_not(office: Office) -> None:
    """赵启 handles the one and is named in the other."""
    cast = office.cast
    case = start(cast.lin_xiao, "complaint", office.customer, MATTER)
    about = start(cast.xu_ke, "complaint", office.customer, {**MATTER, "against": "赵启"})
    refused_merge("cases.not_handler", cast.zhao_qi, case, about)


def test_somebody_was_quicker(office: Office) -> None:
    """It is refused on what was seen before."""
    first, second = two(office)
    refused_merge("cases.stale", office.cast.zhao_qi, second, first, version=1)
