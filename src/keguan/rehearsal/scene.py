"""What everybody who acts and judges needs at hand, and how what a scenario speaks of is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from keguan.rehearsal.missing import Missing
from keguan.rehearsal.stored import Row, rows

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.language.model.process import Process, Step
    from keguan.language.testing.names import Names
    from keguan.language.testing.staged.events import DutyRef
    from keguan.language.testing.staged.scenario import CaseRef, RecordRef
    from keguan.language.testing.world import Stored
    from keguan.rehearsal.company import Company
    from keguan.rehearsal.words import Words
    from keguan.rehearsal.world import StageWorld
    from keguan.runtime.access.viewer import Viewer

OPEN = "open"


class Doable(Protocol):
    """An action, ready to be done."""

    def run(self) -> object:
        """Do it. Raises ``Refused``."""


@dataclass(frozen=True, slots=True)
class Scene:
    """The policy's model, the people, the records, and the words in which things are told."""

    model: Model
    company: Company
    world: StageWorld
    names: Names
    words: Words

    def viewer(self, name: str | None) -> Viewer:
        """Somebody looking and acting."""
        return self.company.viewer(name)

    def record(self, ref: RecordRef) -> Stored:
        """The record that is meant. Raises ``Problem``."""
        return self.names.record(self.model.record_types[ref.record_type], ref.which, self.world)

    def process(self, code: str) -> Process:
        """The process with this code. Raises ``KeyError``."""
        return self.model.blocks.processes[code]

    def step(self, process: str, step: str) -> Step:
        """A step. Raises ``KeyError``."""
        return self.process(process).step(step)

    def cases(self, ref: CaseRef) -> list[Row]:
        """The cases that may be meant, oldest first. Raises ``Problem``."""
        wanted: dict[str, object] = {} if ref.number is None else {"number": ref.number}
        if ref.process is not None:
            wanted["process"] = ref.process
        if ref.record is not None:
            wanted |= {"record_type": ref.record.record_type, "record_id": self.record(ref.record).id}
        return rows("processes.Case", **wanted)

    def case(self, ref: CaseRef, step: str | None = None) -> Row:
        """The one case that is meant: of several the one that stands at the step, or else the one that is open.

        Raises ``Missing`` when there is none or there are still several, and ``Problem``.
        """
        found = self.cases(ref)
        if len(found) > 1 and step is not None:
            standing = {task["case_id"] for task in rows("processes.Task", step=step, state=OPEN)}
            found = [case for case in found if case["id"] in standing] or found
        if len(found) > 1:
            found = [case for case in found if case["state"] == OPEN] or found
        if len(found) == 1:
            return found[0]
        say, told = self.words.say, self.told(ref, step)
        raise Missing(say(f"一个案件（{told}）", f"one case ({told})"), say(f"{len(found)}个", str(len(found))))

    def told(self, ref: CaseRef, step: str | None = None) -> str:
        """A case in words, as a scenario means it."""
        parts = [] if ref.number is None else [ref.number]
        if ref.process is not None:
            process = self.process(ref.process)
            parts.append(process.label.text(self.words.language))
            if step is not None:
                parts.append(process.step(step).label.text(self.words.language))
        if ref.record is not None:
            parts.append(ref.record.title)
        return self.words.listed(parts) if parts else self.words.say("唯一的一个", "the only one")

    def task(self, case: Row, step: str) -> Row:
        """The newest time that a case came to a step, which may be over. Raises ``Missing``."""
        found = rows("processes.Task", case_id=case["id"], step=step)
        standing = [task for task in found if task["state"] == OPEN]
        if found:
            return (standing or found)[-1]
        label, say = self.step(case["process"], step).label.text(self.words.language), self.words.say
        raise Missing(say(f"停在“{label}”", f"to stand at “{label}”"), self.words.listed(self.open_steps(case)))

    def open_steps(self, case: Row) -> list[str]:
        """The labels of the steps at which a case stands."""
        tasks = rows("processes.Task", case_id=case["id"], state=OPEN)
        return [self.step(case["process"], task["step"]).label.text(self.words.language) for task in tasks]

    def duties(self, ref: DutyRef, **wanted: object) -> list[Row]:
        """The duties that are meant, oldest first. Raises ``Problem``."""
        wanted["duty"] = ref.duty
        if ref.row is not None:
            wanted["row"] = ref.row
        if ref.record is not None:
            wanted["record_id"] = self.record(ref.record).id
        return rows("duties.Duty", **wanted)

    def title(self, record_type: str, record_id: int) -> str:
        """What a record is called."""
        found = self.world.by_id(record_type, record_id)
        return f"#{record_id}" if found is None else self.world.title(found) or f"#{record_id}"
