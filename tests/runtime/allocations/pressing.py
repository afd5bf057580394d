"""Many people pressing at once, run in a process of its own with a database of its own; prints what came of it."""

from __future__ import annotations

import json

from keguan.runtime import clock
from keguan.runtime.allocations.actions import BeginRun, ClaimRecord
from keguan.runtime.allocations.models import Claim, Run
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import Appoint
from keguan.runtime.records.models import Ownership
from tests.cast import SINCE, assemble
from tests.runtime.allocations.world import NOON, appoint, lead, owner, publish_policy, viewer
from tests.runtime.processes.pressing import at_once
from tests.runtime.processes.world import join


def main() -> None:
    """One lead claimed by ten people; five leads claimed by one person who may two a day; a run begun ten times."""
    with clock.hold(NOON):
        cast = assemble()
        publish_policy()
        appoint(cast)
        more = [join(cast, f"broker_{number}", f"经纪{number}", "broker") for number in range(9)]
        one = lead("甲")
        people = [viewer(who) for who in (cast.lin_xiao, *more)]
        told: dict[str, object] = {
            "one": sorted(
                at_once([lambda who=who: ClaimRecord(viewer=who, pool="lead_pool", id=one).run() for who in people])
            )
        }
        told["holder"] = [owner(one, "lead")] == list(Claim.objects.values_list("staff_id", flat=True))
        Appoint(actor=SYSTEM, staff_id=cast.zhou_min.id, role="broker", since=SINCE).run()
        greedy, leads = viewer(cast.zhou_min), [lead(f"乙{number}") for number in range(5)]
        told["greedy"] = sorted(
            at_once([lambda each=each: ClaimRecord(viewer=greedy, pool="lead_pool", id=each).run() for each in leads])
        )
        told["hers"] = Claim.objects.filter(staff_id=cast.zhou_min.id).count()
        told["moves"] = Ownership.objects.count()
        keeper = viewer(cast.xu_ke)
        begun = at_once([lambda: BeginRun(viewer=keeper, allocation="sharing", wake=False).run()] * 4)
        told["begun"], told["runs"] = sorted(begun), Run.objects.count()
        print(json.dumps(told, ensure_ascii=False))  # noqa: T201 - the test reads it


if __name__ == "__main__":
    main()
