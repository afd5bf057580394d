"""The records of a scenario in the test database: filed by one of the cast, decided by the system's own SQL.

The scenario runner of the language plays on this world as it does on its own in memory, so that one text is the test of
both executions.
"""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from keguan.language.blocks.scenario import ScenarioDeclaration, read_scenario
from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document
from keguan.language.testing.events import happen, read_day
from keguan.language.testing.expectations import judge
from keguan.language.testing.names import Names
from keguan.rehearsal.company import Company
from keguan.rehearsal.world import StageWorld
from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from keguan.language.model.model import Model
    from keguan.language.testing.result import Failure
    from keguan.runtime.access.viewer import Viewer


class CastCompany(Company):
    """The cast's company: one of them files everything, in units by the names that scenarios use."""

    def __init__(self, viewer: Viewer, units: Mapping[str, int]) -> None:
        self.top = units[""]
        self._units = {name: unit_id for name, unit_id in units.items() if name}
        self._people = {}
        self._viewer = viewer

    def viewer(self, name: str | None) -> Viewer:
        """Whoever files everything."""
        return self._viewer


def scenarios(file: Path) -> list[ScenarioDeclaration]:
    """The scenarios of a file."""
    findings = Findings()
    elements = parse_document(file.name, file.read_text(encoding="utf-8"), findings).elements
    read = (read_scenario(each, findings) for each in elements if isinstance(each, Block))
    found = [scenario for scenario in read if scenario is not None]
    assert findings.all() == ()
    return found


@contextmanager
def played(
    scenario: ScenarioDeclaration, model: Model, viewer: Viewer, units: Mapping[str, int]
) -> Iterator[tuple[StageWorld, list[Failure]]]:
    """The world after a scenario, on its last day, and what is not as expected there."""
    findings = Findings()
    names = Names(model, findings)
    day = max(policy.effective for policy in model.policies.values())
    if scenario.date is not None:
        day = read_day(scenario.date, names)
    with clock.hold(datetime(day.year, day.month, day.day, 4, tzinfo=UTC)):
        world = StageWorld(model, CastCompany(viewer, units), names)
        for item in (*scenario.given, *scenario.events):
            happen(item, world, names)
        failures = [failure for item in scenario.expected for failure in judge(item, world, names, "zh")]
        assert findings.all() == ()
        yield world, failures
