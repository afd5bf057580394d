"""Many people pressing at once, run in a process of its own with a database of its own; prints what came of it."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import TYPE_CHECKING

from django.db import connection

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.models import Notification
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.actions import CompleteStep, StartCase
from keguan.runtime.processes.models import Case, Move, Share, Task
from keguan.runtime.processes.sweeping import sweep
from tests.cast import assemble
from tests.publishing import publish_packs
from tests.runtime.processes.world import MONDAY, complete, join, publish_policy, start, timedelta, viewer
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

THREADS = 10


def at_once(acts: Sequence[Callable[[], object]]) -> list[str]:
    """Do all of these at the same moment; "ok" or the code of the refusal, for each."""
    gate = Barrier(len(acts))

    def one(act: Callable[[], object]) -> str:
        gate.wait()
        try:
            with policies.pinned():
                act()
        except Refused as refused:
            return refused.code
        else:
            return "ok"
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(one, acts))


def main() -> None:
    """Three races: the same step, a joint signing, and new cases with numbers; then the sweep, ten times at once."""
    with clock.hold(MONDAY):
        cast = assemble()
        publish_packs()
        publish_policy()
        more = [
            join(cast, f"supervisor_{number}", f"主管{number}", "sales_supervisor") for number in range(THREADS - 1)
        ]
        record = customer(cast.lin_xiao)
        matter = {"matter": "空调不制冷"}
        case = start(cast.lin_xiao, "complaint", record, matter)
        task = Task.objects.get(case=case, step="judging")
        told = {}
        one_step = at_once(
            [
                lambda who=who: CompleteStep(
                    viewer=viewer(who), task_id=task.pk, version=case.version, outcome="成立"
                ).run()
                for who in (cast.zhao_qi, *more)
            ]
        )
        told["one_step"] = sorted(one_step)
        told["begun"] = list(Task.objects.filter(case=case).order_by("id").values_list("step", "state"))
        told["completions"] = Move.objects.filter(case=case, kind="complete").count()
        told["numbers"] = sorted(
            at_once(
                [
                    lambda: StartCase(
                        viewer=viewer(cast.lin_xiao), process="complaint", record_id=record, values=matter
                    ).run()
                ]
                * THREADS
            )
        )
        told["given"] = sorted(Case.objects.filter(process="complaint").values_list("number", flat=True))
        below = start(cast.lin_xiao, "project", record)
        within = Case.objects.get(parent_task__case=below)
        complete(cast.lin_xiao, within, "filing")
        clock.advance(timedelta(days=8))
        told["sweeps"] = at_once([sweep] * THREADS)
        told["late"] = [
            list(Move.objects.filter(case=each, by_id=None).order_by("id").values_list("kind", flat=True))
            for each in Case.objects.filter(process__in=["complaint", "notice", "project"]).order_by("id")
        ]
        keys = list(Notification.objects.values_list("key", flat=True))
        told["doubled"] = len(keys) - len(set(keys))
        told["shares"] = Share.objects.filter(task__state="open", state="open").exclude(kind="copy").count()
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main()
