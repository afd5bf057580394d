"""Finding proposed consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.consequence import Measure
from keguan.rehearsal.stored import rows
from keguan.runtime.consequences.queries import read_amount

if TYPE_CHECKING:
    from keguan.language.testing.staged.events import Verdict
    from keguan.language.testing.staged.expectations import ProposalExpected
    from keguan.rehearsal.scene import Scene
    from keguan.rehearsal.stored import Row


def proposals(wanted: ProposalExpected | Verdict, scene: Scene) -> list[Row]:
    """Those that fall on the person, are of the measure and about the record that are named, oldest first.

    Raises ``Problem``.
    """
    asked: dict[str, object] = {}
    if wanted.measure is not None:
        asked["measure"] = wanted.measure
    if wanted.record is not None:
        asked |= {"record_type": wanted.record.record_type, "record_id": scene.record(wanted.record).id}
    found = rows("consequences.Proposal", **asked)
    if wanted.person is None:
        return found
    staff_id = scene.company.id(wanted.person)
    return [each for each in found if staff_id == each["staff_id"] or staff_id in each["candidates"]]


def expected_proposals(expected: ProposalExpected, scene: Scene) -> list[Row]:
    """Those with all the parts that are written. Raises ``Problem``."""
    return [
        each
        for each in proposals(expected, scene)
        if expected.block in (None, each["consequence"])
        and (expected.state is None or each["state"] == expected.state.value)
        and (expected.amount is None or each["amount"] == read_amount(Measure(each["measure"]), expected.amount))
    ]
