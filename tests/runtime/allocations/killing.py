"""A run that is killed while it is worked out and while it is handed over: each attempt is a process of its own, forked
from one that has loaded the program.

python -m tests.runtime.allocations.killing HOLDERS KILLS MOST    kills each job so often before one of the
                                                              first so many statements, then lets it finish
"""

from __future__ import annotations

import random
import sys
from functools import partial

import django

from tests.dying import forked


def main(count: int, kills: int, most: int) -> None:
    """Prints how many attempts were cut short, then what came of it."""
    django.setup()
    from keguan.runtime import clock
    from keguan.runtime.allocations.actions import BeginRun, ConfirmRun
    from keguan.runtime.allocations.models import Run
    from tests.runtime.allocations.world import NOON, viewer

    chance = random.Random(20_261_122)
    cast = _filed(count)
    with clock.hold(NOON):
        run_id = BeginRun(viewer=viewer(cast.xu_ke), allocation="sharing", wake=False).run()
        job = Run.objects.get(pk=run_id).job_id or 0
        cut = sum(forked(partial(_work, job), chance.randint(1, most)) for _ in range(kills))
        forked(partial(_work, job), None)
        second = ConfirmRun(viewer=viewer(cast.xu_ke), run_id=run_id, wake=False).run()
        cut += sum(forked(partial(_work, second), chance.randint(1, most)) for _ in range(kills))
        forked(partial(_work, second), None)
        sys.stdout.write(f"{cut}\n")
        _told(run_id)


def _filed(count: int) -> object:
    """A home with three planners and so many policy holders."""
    from keguan.runtime import clock
    from keguan.runtime.access.viewer import system_viewer
    from keguan.runtime.records.actions import CreateMany
    from keguan.runtime.records.draft import NewRecord
    from tests import cast as people
    from tests.runtime.allocations.world import NOON, appoint, planner, publish_policy

    with clock.hold(NOON):
        company = people.assemble()
        publish_policy()
        appoint(company)
        for member, points in ((company.lin_xiao, 90), (company.fang_ming, 60), (company.zhao_qi, 31)):
            planner(member, points)
        kinds = ("满期", "续期", "老客户", "未到期")
        new = [NewRecord({"holder_name": f"客户{each}", "kind": kinds[each % 4]}) for each in range(count)]
        CreateMany(viewer=system_viewer(), record_type="holder", rows=new).run()
    return company


def _work(job: int) -> None:
    from keguan.runtime.allocations import drafting, handing
    from keguan.runtime.jobs.actions import run_now

    handing.AT_ONCE, drafting._BATCH = 3, 7
    run_now(job)


def _told(run_id: int) -> None:
    from django.db.models import Count

    from keguan.runtime.allocations.models import Line, Run
    from keguan.runtime.policies.queries import current
    from keguan.runtime.records.classes import rows_of
    from keguan.runtime.records.models import Ownership, Transfer

    run = Run.objects.get(pk=run_id)
    owned = rows_of(current().model, "holder").filter(owner_id__isnull=False)
    doubled = Ownership.objects.values("record_id").annotate(n=Count("id")).filter(n__gt=1).count()
    people = sorted(run.recipients.values_list("got", flat=True))
    moved = Line.objects.filter(run=run, moved=True).count()
    told = (run.state, run.pooled, run.given, run.handed, run.spared, owned.count(), moved, Transfer.objects.count())
    sys.stdout.write(f"{' '.join(map(str, told))} {people} {doubled}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
