"""What a duty is called in a scenario: its block, or what is to be done in one of its rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.testing.names import Problem
from keguan.language.testing.staged.events import DutyRef

if TYPE_CHECKING:
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.testing.staged.reader import Reader


def find_duty(name: Written, record: Tree | None, reader: Reader) -> DutyRef | None:
    """The duty that a name means, None when it means none. Raises ``Problem`` for a wrong record."""
    for duty in reader.model.blocks.duties.values():
        if name.text in (duty.code, duty.label.zh):
            of = None if record is None else reader.record(record, duty.record_type)
            return DutyRef(duty.code, None, name.text, of, name.span)
    for duty in reader.model.blocks.duties.values():
        for row in duty.obligations:
            if row.task == name.text:
                of = None if record is None else reader.record(record, duty.record_type)
                return DutyRef(duty.code, row.number, name.text, of, name.span)
    return None


def duty_of(tree: Tree, record: Tree | None, reader: Reader) -> DutyRef:
    """The duty that is meant. Raises ``Problem``."""
    if not isinstance(tree, Written):
        raise reader.names.shape(tree, "一项职责或事项的名称", "the name of a duty or of its task")
    found = find_duty(tree, record, reader)
    if found is None:
        unknown(tree, reader)
        raise Problem
    return found


def proof_of(ref: DutyRef, what: Literal["form", "checklist"], reader: Reader) -> str:
    """The code of the form or the checklist that proves a duty; empty when none does."""
    for row in reader.model.blocks.duties[ref.duty].obligations:
        if ref.row in (None, row.number) and row.evidence is not None:
            found = row.evidence.form if what == "form" else row.evidence.checklist
            if found is not None:
                return found
    return ""


def unknown(name: Written, reader: Reader, also: tuple[str, ...] = ()) -> None:
    """Report that nothing to be done is called so; ``also`` are other names that could stand there."""
    duties = reader.model.blocks.duties.values()
    known = [each.label.zh for each in duties] + [row.task for each in duties for row in each.obligations]
    reader.findings.add(entries.DUTY_UNKNOWN, name.span, name=name.text, **suggest(name.text, [*known, *also]))
