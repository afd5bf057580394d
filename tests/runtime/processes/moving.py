"""Making office moves in tests, and making sure that a refusal changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes.models import Case, Move, Pause, Share, ShareKind, Task, Value
from tests.runtime.processes.world import open_task, shares, viewer

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.runtime.processes.acting import CaseAction, Moved
    from tests.cast import Cast, Member

MATTER: Mapping[str, str] = {"matter": "空调不制冷"}
REASON = "材料不全，请补正"


def on_task(action: type[CaseAction[Moved]], member: Member, case: Case, at: str, **more: Any) -> Moved:
    """Make a move on the open task of a step, having just looked at the case."""
    case.refresh_from_db()
    return action(viewer=viewer(member), task_id=open_task(case, at).pk, **{"version": case.version, **more}).run()


def on_case(action: type[CaseAction[Moved]], member: Member, case: Case, **more: Any) -> Moved:
    """Make a move on a case, having just looked at it."""
    case.refresh_from_db()
    return action(viewer=viewer(member), case_id=case.pk, **{"version": case.version, **more}).run()


def dump(*cases: Case) -> list[tuple[Any, ...]]:
    """Every stored row of the cases, with the ledger and what people were told."""
    ids = [case.pk for case in cases]
    rows: list[tuple[Any, ...]] = list(Case.objects.filter(pk__in=ids).order_by("pk").values_list())
    for model in (Task, Share, Value, Move, Pause):
        rows += model._default_manager.filter(case_id__in=ids).order_by("pk").values_list()
    return [*rows, (Entry.objects.count(), Notification.objects.count())]


def refused_task(
    code: str, action: type[CaseAction[Moved]], member: Member, case: Case, at: str, **more: Any
) -> Refused:
    """The move on a step is refused with this code, and nothing has changed."""
    before = dump(case)
    with pytest.raises(Refused) as refusal:
        on_task(action, member, case, at, **more)
    assert (refusal.value.code, dump(case)) == (code, before)
    assert refusal.value.message
    return refusal.value


def refused_case(code: str, action: type[CaseAction[Moved]], member: Member, case: Case, **more: Any) -> Refused:
    """The move on a case is refused with this code, and nothing has changed."""
    before = dump(case)
    with pytest.raises(Refused) as refusal:
        on_case(action, member, case, **more)
    assert (refusal.value.code, dump(case)) == (code, before)
    assert refusal.value.message
    return refusal.value


def parts(cast: Cast, case: Case, step: str, *extra: Member) -> list[tuple[str, str, str]]:
    """The shares in the last task of a step: whose, of which kind, in which state."""
    people = [getattr(cast, each) for each in ("lin_xiao", "zhao_qi", "zhou_min", "xu_ke", "fang_ming", "he_shen")]
    names = {member.id: member.name for member in (*people, *extra)}
    return [(names.get(share.staff_id or 0, share.role), share.kind, share.state) for share in shares(case, step)]


def told(case: Case, member: Member) -> list[str]:
    """The kinds of notices that somebody got about a case, in order."""
    found = Notification.objects.filter(case_id=case.pk, staff_id=member.id).order_by("id")
    return list(found.values_list("kind", flat=True))


def last(case: Case) -> Move:
    """The last move."""
    return Move.objects.filter(case=case).latest("id")


def copies(case: Case) -> list[int | None]:
    """To whom the case was copied, in order."""
    found = Share.objects.filter(case=case, kind=ShareKind.COPY).order_by("id")
    return list(found.values_list("staff_id", flat=True))


def steps(case: Case) -> list[tuple[str, int, str]]:
    """All the tasks: step, turn, state."""
    return list(Task.objects.filter(case=case).order_by("id").values_list("step", "turn", "state"))
