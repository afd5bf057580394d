"""案件 in 应为: where one case stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.markdown.document import Written
from keguan.language.testing.names import EMPTY_WORDS
from keguan.language.testing.staged import words as w
from keguan.language.testing.staged.expectations import CaseExpected
from keguan.language.testing.staged.filling import read_form
from keguan.language.testing.staged.reader import Keys

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.form import Form
    from keguan.language.testing.staged.expectations import Expectation
    from keguan.language.testing.staged.reader import Reader
    from keguan.language.testing.staged.reader import T as Part

_PARTS = {
    "exists": w.EXISTS,
    "state": w.STATE,
    "number": w.NUMBER,
    "steps": w.STEPS,
    "due": w.DUE,
    "steps_due": w.STEPS_DUE,
    "round": w.ROUND,
    "turns": w.TURNS,
    "handlers": w.HANDLERS,
    "able": w.ABLE,
    "outcomes": w.OUTCOMES,
    "late": w.LATE,
    "late_steps": w.STEPS_LATE,
    "paused": w.PAUSED,
    "values": w.FORM,
}


def read_case(key: Written, value: Tree, rest: Sequence[tuple[Written, Tree]], reader: Reader) -> tuple[Expectation]:
    """What is expected of one case. Raises ``Problem``."""
    case = reader.case(value)
    keys = Keys(reader, rest, _PARTS.values())
    found = {part: tree for part, pair in _PARTS.items() if (tree := keys.get(pair)) is not None}
    due = found.get("due")
    no_due = isinstance(due, Written) and due.text in EMPTY_WORDS
    read = _Parts(reader, case.process, found)
    return (
        CaseExpected(
            case=case,
            spans={"case": key.span, **{part: tree.span for part, tree in found.items()}},
            exists=read.one("exists", reader.yes) is not False,
            state=read.one("state", lambda tree: reader.word(tree, w.CASE_STATES, w.STATE)),
            number=read.one("number", reader.text),
            steps=read.one("steps", read.steps),
            due=None if no_due else read.one("due", reader.moment),
            no_due=no_due,
            steps_due=read.each("steps_due", reader.moment),
            round=read.one("round", reader.number),
            turns=read.each("turns", reader.number),
            handlers=read.each("handlers", reader.persons),
            able=read.each("able", reader.persons),
            outcomes=read.each("outcomes", reader.text),
            late=read.one("late", reader.yes),
            late_steps=read.one("late_steps", read.steps),
            paused=read.one("paused", reader.yes),
            values=read.one("values", lambda tree: read_form(tree, read.forms(), reader)),
        ),
    )


class _Parts:
    """The written parts of one expectation; steps are of the case's process where that is named."""

    def __init__(self, reader: Reader, process: str | None, found: dict[str, Tree]) -> None:
        self._reader, self._process, self._found = reader, process, found

    def one(self, part: str, read: Callable[[Tree], Part]) -> Part | None:
        """One part, None when it is not written."""
        tree = self._found.get(part)
        return None if tree is None else read(tree)

    def each(self, part: str, read: Callable[[Tree], Part]) -> dict[str, Part] | None:
        """A part for each of several steps, by their code."""
        tree = self._found.get(part)
        if tree is None:
            return None
        pairs = self._reader.names.mapping(tree).pairs
        return {self._step(step): read(value) for step, value in pairs}

    def steps(self, tree: Tree) -> tuple[str, ...]:
        """Several steps, by code."""
        return tuple(self._step(each) for each in self._reader.texts(tree))

    def forms(self) -> dict[str, Form]:
        """The forms that the case may hold."""
        forms, processes = self._reader.model.blocks.forms, self._reader.model.blocks.processes
        if self._process is None:
            return dict(forms)
        used = {step.form for step in processes[self._process].steps}
        return {code: form for code, form in forms.items() if code in used}

    def _step(self, written: Written) -> str:
        """The code of a step. Of a case known by its number alone, steps of one name are taken to have one code."""
        codes = {each.step for each in self._reader.steps(written.text, self._process)}
        return codes.pop() if len(codes) == 1 else self._reader.step(written, self._process).step
