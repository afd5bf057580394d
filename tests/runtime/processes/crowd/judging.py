"""After the crowd has gone: everything that is stored must be what the moves led to, and what people were told true."""

from __future__ import annotations

import json
from collections import Counter
from typing import TYPE_CHECKING

from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.models import Entry
from keguan.runtime.ledger.queries import verify
from keguan.runtime.notifications.models import Notification
from keguan.runtime.processes.models import Case, Move, Share, Task
from tests.runtime.processes.crowd.company import ROLES, person
from tests.runtime.processes.crowd.oracle import UNCOUNTED, Facts, Oracle, Wrong
from tests.runtime.processes.crowd.pressing import Press

if TYPE_CHECKING:
    from collections.abc import Sequence


def faults(presses: Sequence[Press], people: int) -> list[str]:
    """Whatever is not as it should be, in sentences; none when all is well."""
    found = [f"{each}" for each in presses if each.told.startswith("!")]
    won = Counter((each.case_id, each.version) for each in presses if each.told == "ok" and each.kind not in UNCOUNTED)
    found += [f"{count} won at version {version} of case {case}" for (case, version), count in won.items() if count > 1]
    roles = {person(number).staff_id: ROLES[number % 4] for number in range(people)}
    for case in Case.objects.filter(process="joint").order_by("id"):
        found += _of_case(case, presses, roles)
    keys = list(Notification.objects.values_list("key", flat=True))
    if len(set(keys)) != len(keys):
        found.append("somebody was told twice")
    seal()
    report = verify()
    return found if report.sound else [*found, f"the ledger: {report.faults}"]


def _of_case(case: Case, presses: Sequence[Press], roles: dict[int | None, str]) -> list[str]:
    moves = list(Move.objects.filter(case=case).order_by("id").values())
    stored = Case.objects.filter(pk=case.pk).values().get()
    tasks = list(Task.objects.filter(case=case).order_by("id").values())
    shares = {row["id"]: row for row in Share.objects.filter(case=case).order_by("id").values()}
    found: list[str] = []
    try:
        Oracle(Facts(stored, moves, tasks, shares, roles)).go_through()
    except Wrong as wrong:
        found.append(f"case {case.pk}: {wrong}")
    told = Counter((each.staff_id, each.kind) for each in presses if each.case_id == case.pk and each.told == "ok")
    made = Counter((row["by_id"], row["kind"]) for row in moves[2:] if row["by_id"] is not None)  # it was begun before
    for who, kind in told.keys() | made.keys():
        more = made[who, kind] - told[who, kind]
        if more < 0 or (more > 0 and kind != "resume"):  # completing a step lets the clocks run again
            found.append(f"case {case.pk}: {who} made {made[who, kind]} times {kind} and was told {told[who, kind]}")
    entries = Entry.objects.filter(subject_type="case", subject_id=str(case.pk)).order_by("id")
    if [f"cases.{row['kind']}" for row in moves] != list(entries.values_list("action", flat=True)):
        found.append(f"case {case.pk}: the ledger says otherwise")
    return found


def judged(told: Sequence[tuple[int, int, str, int, str]], people: int) -> str:
    """As ``faults``, from presses and to faults as JSON."""
    return json.dumps(faults([Press(*each) for each in told], people), ensure_ascii=False)
