"""Cases as the API gives them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.api.cases import schemas
from keguan.api.shown import cell

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.runtime.processes.forms import FormView
    from keguan.runtime.processes.queries import CaseRow, CaseView


def clause(found: ClauseRef) -> schemas.Clause:
    """A reference to a clause."""
    return schemas.Clause(pack=found.pack, anchor=found.anchor, number=found.number, title=found.title)


def row(found: CaseRow) -> schemas.CaseRow:
    """A case in a list."""
    return schemas.CaseRow(
        title=cell(found.title),
        **{name: getattr(found, name) for name in schemas.CaseRow.model_fields if name != "title"},
    )


def form(found: FormView) -> schemas.Form:
    """A form with what the caller may see of it."""
    return schemas.Form(
        code=found.code,
        label=found.label,
        outcome=found.outcome,
        task_id=found.task_id,
        clause=clause(found.clause),
        fields=[
            schemas.FormField(
                code=field.code,
                label=field.label,
                kind=field.kind,
                cell=cell(field.shown),
                right=field.right,
                by_condition=field.by_condition,
                note=field.note,
                choices=list(field.choices),
                max_length=field.max_length,
                refers_to=field.refers_to,
                sensitive=field.sensitive,
                revealable=field.revealable,
            )
            for field in found.fields
        ],
    )


_PLAIN = (
    "id", "version", "number", "process", "process_label", "state", "state_label", "round", "record_type", "record_id",
    "record_label", "started_by", "started_at", "clock", "clause", "picture", "steps", "checklist", "moves",
    "documents", "pauses", "pause_reasons", "buttons", "task_id", "task_ids",
)  # fmt: skip
"""What the API gives as the runtime does."""


def case(found: CaseView) -> schemas.Case:
    """One case in full."""
    return schemas.Case(
        title=cell(found.title),
        forms=[form(each) for each in found.forms],
        above=None if found.above is None else row(found.above),
        below=[row(each) for each in found.below],
        merged=[row(each) for each in found.merged],
        merged_into=None if found.merged_into is None else row(found.merged_into),
        **{name: getattr(found, name) for name in _PLAIN},
    )
