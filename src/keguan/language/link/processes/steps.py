"""The rows of a process → its steps."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import processes as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.types import BOOLEAN
from keguan.language.link.actors import link_actors, link_party
from keguan.language.link.codes import make_label
from keguan.language.link.deadlines import link_deadline
from keguan.language.link.processes.routes import join_branches, link_routes
from keguan.language.model.label import Label
from keguan.language.model.process import Overdue, OverdueMove, Step

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.blocks.overdue import OverdueWritten
    from keguan.language.blocks.process import StepLine
    from keguan.language.link.linking import Linking
    from keguan.language.link.person_fields import PersonFields
    from keguan.language.link.processes.case_scope import CaseScope
    from keguan.language.link.processes.step_names import StepNames
    from keguan.language.markdown.document import Written
    from keguan.language.model.form import Form
    from keguan.language.model.process import Right
    from keguan.language.model.routing import Outcome


def link_steps(
    names: StepNames, scope: CaseScope, persons: PersonFields, forms: Mapping[str, Form], linking: Linking
) -> tuple[Step, ...]:
    """The steps of one process; ``scope`` has the names of its conditions, ``persons`` its fields that name people."""
    reader = _Reader(names, scope, persons, forms, linking)
    following = dict(pairwise([code for code, _ in names.lines]))
    return join_branches(tuple(reader.step(code, line, following.get(code)) for code, line in names.lines))


@dataclass(frozen=True, slots=True)
class _Reader:
    names: StepNames
    scope: CaseScope
    persons: PersonFields
    forms: Mapping[str, Form]
    linking: Linking

    def step(self, code: str, line: StepLine, following: str | None) -> Step:
        linking = self.linking
        copies = [link_party(party, self.names, self.persons, linking) for party in line.copies]
        form = self._block("form", line.form)
        outcomes = link_routes(line, following, self.names, linking.findings)
        return Step(
            code=code,
            label=make_label(line.label.text, line.english, code),
            actors=link_actors(line.actors, self.names, self.persons, linking) if line.actors else None,
            copies=tuple(party for party in copies if party is not None),
            deadline=link_deadline(line.deadline, linking),
            form=form,
            checklist=self._block("checklist", line.checklist),
            document=self._block("document", line.document),
            process=self._block("process", line.process),
            condition=self.scope.type(line.condition, BOOLEAN) if line.condition else None,
            outcomes=outcomes,
            overdue=self._overdue(line, outcomes),
            rights=MappingProxyType(self._rights(line, form)),
            span=line.span,
            told=Label(line.told, line.told_english or line.told),
        )

    def _block(self, kind: str, name: Written | None) -> str | None:
        return None if name is None else self.linking.block(kind, name)

    def _overdue(self, line: StepLine, outcomes: tuple[Outcome, ...]) -> tuple[Overdue, ...]:
        if line.overdue and line.deadline is None:
            self.linking.findings.add(entries.OVERDUE_CLOCK, line.overdue[0].span, step=line.label.text)
        made = [self._one(each, line, outcomes) for each in line.overdue]
        return tuple(each for each in made if each is not None)

    def _one(self, written: OverdueWritten, line: StepLine, outcomes: tuple[Outcome, ...]) -> Overdue | None:
        to = None
        if written.to is not None:
            to = link_party(written.to, self.names, self.persons, self.linking)
            if to is None:
                return None
        outcome = None
        if written.move is OverdueMove.DECIDE:
            labels = [each.label for each in outcomes]
            decided = written.outcome.text if written.outcome else ""
            outcome = "" if labels == [""] else decided
            if line.routes is not None and outcome not in labels:
                values = {"step": line.label.text, "outcome": decided}
                self.linking.findings.add(entries.OVERDUE_OUTCOME, written.span, **values)
        return Overdue(written.move, written.at, written.after, to, outcome)

    def _rights(self, line: StepLine, form: str | None) -> dict[str, Right]:
        fields = self.forms[form].fields if form is not None and form in self.forms else ()
        made: dict[str, Right] = {}
        for right, name in line.rights:
            code = next((field.code for field in fields if name.text in (field.label.zh, field.code)), None)
            if code is None:
                suggestion = suggest(name.text, [field.label.zh for field in fields])
                values = {"step": line.label.text, "name": name.text}
                self.linking.findings.add(entries.RIGHTS_FIELD, name.span, **values, **suggestion)
            else:
                made[code] = right
        return made
