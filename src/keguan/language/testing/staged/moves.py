"""当: what people do to cases, duties and consequences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.testing.names import Problem
from keguan.language.testing.staged.duties import duty_of, proof_of
from keguan.language.testing.staged.events import CaseMove, DutyAct, DutyMove, Move, Verdict, Where
from keguan.language.testing.staged.filling import read_checked, read_filling
from keguan.language.testing.staged.reader import Keys
from keguan.language.testing.staged.scenario import CaseRef, Said
from keguan.language.testing.staged.words import (
    AMOUNT,
    BY,
    CASE,
    CHECKED,
    COMPLETE,
    DUTY_ACTS,
    EVERY_MOVE,
    FILLED,
    MEASURE,
    MEASURES,
    MOVES,
    ON,
    OPINION,
    OUTCOME,
    PROCESS,
    PROOF,
    REASON,
    RECORD,
    REFUSED,
    TO,
    UNTIL,
    VERDICTS,
    WHERE,
    WHERES,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.process import Process
    from keguan.language.testing.staged.reader import Reader
    from keguan.language.testing.staged.scenario import FormValue, RecordRef, StepRef
    from keguan.language.testing.staged.words import Pair

    Pairs_ = Sequence[tuple[Written, Tree]]

MOVE_NAMES = {name: move for move, words in MOVES.items() for name in words.names}
DUTY_NAMES = {name: act for act, words in DUTY_ACTS.items() for name in words}
VERDICT_NAMES = {name: kind for kind, words in VERDICTS.items() for name in words}


def said(keys: Keys, event: Written, value: Tree, reader: Reader, *, needed: bool = True) -> Said:
    """Who does it and whether it is refused. Somebody must, where it is ``needed``. Raises ``Problem``."""
    by, refused = keys.get(BY), keys.get(REFUSED)
    if by is None and needed:
        reader.findings.add(entries.BY_MISSING, event.span, event=event.text)
        raise Problem
    if refused is not None and not isinstance(refused, Written):
        raise reader.names.shape(refused, "一段话", "some words")
    what = f"{event.text}“{value.text}”" if isinstance(value, Written) else event.text
    return Said(None if by is None else reader.person(by), what, refused, event.span)


def read_move(key: Written, value: Tree, rest: Pairs_, reader: Reader) -> CaseMove:
    """Somebody does something to a case. Raises ``Problem``."""
    kind = MOVE_NAMES[key.text]
    words = MOVES[kind]
    keys = Keys(reader, rest, (*EVERY_MOVE, *words.keys))
    for needed in words.needs:
        if needed not in keys:
            reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=needed[0], part_en=needed[1])
            raise Problem
    return _Move(reader, keys, kind, value).read(said(keys, key, value, reader))


class _Move:
    """Reads one move's parts, each with the help of those before."""

    def __init__(self, reader: Reader, keys: Keys, kind: Move, value: Tree) -> None:
        self._reader, self._keys, self._kind, self._value = reader, keys, kind, value

    def read(self, by: Said) -> CaseMove:
        """The whole."""
        process = self._process()
        record = self._record(process)
        step = self._step(process, record)
        if step is not None:
            process = self._reader.model.blocks.processes[step.process]
        case = self._case(process, record)
        until = self._keys.get(UNTIL)
        return CaseMove(
            said=by,
            kind=self._kind,
            case=case,
            step=step,
            target=self._reader.step(until, process.code if process else None)
            if until is not None and self._kind is Move.RETURN
            else None,
            into=self._reader.case(until) if until is not None and self._kind is Move.MERGE else None,
            until=self._reader.moment(until).moment if until is not None and self._kind is Move.EXTEND else None,
            to=self._people(),
            values=self._filled(process, step),
            checked=self._checked(process, step),
            outcome=self._outcome(process, step),
            opinion=self._text(OPINION),
            reason=self._text(REASON),
            where=self._where(),
            complete=self._complete(),
        )

    def _process(self) -> Process | None:
        named = self._keys.get(PROCESS)
        if self._kind is Move.START:
            return self._reader.process(self._value)
        return None if named is None else self._reader.process(named)

    def _record(self, process: Process | None) -> RecordRef | None:
        named = self._keys.get(RECORD)
        return None if named is None else self._reader.record(named, process.record_type if process else None)

    def _step(self, process: Process | None, record: RecordRef | None) -> StepRef | None:
        """The step that the value names; a start is at the first one."""
        within = process.code if process else None
        of = record.record_type if record else None
        at = MOVES[self._kind].at
        if at == "process":
            return self._reader.steps(process.steps[0].code, within)[0] if process else None
        if at == "step":
            return self._reader.step(self._value, within, of)
        text = self._value.text if isinstance(self._value, Written) else ""
        return self._reader.step(self._value, within, of) if self._reader.steps(text, within, of) else None

    def _case(self, process: Process | None, record: RecordRef | None) -> CaseRef:
        named = self._keys.get(CASE)
        code = process.code if process else None
        if named is not None:
            found = self._reader.case(named)
            return CaseRef(found.number, found.process or code, found.record or record, found.span)
        if MOVES[self._kind].at == "case" and not self._is_step():
            found = self._reader.case(self._value)
            return CaseRef(found.number, found.process or code, found.record or record, found.span)
        return CaseRef(None, code, record, self._value.span)

    def _is_step(self) -> bool:
        text = self._value.text if isinstance(self._value, Written) else ""
        return bool(self._reader.steps(text))

    def _people(self) -> tuple[str, ...]:
        to = self._keys.get(TO)
        return () if to is None else self._reader.persons(to)

    def _filled(self, process: Process | None, step: StepRef | None) -> dict[str, FormValue]:
        tree = self._keys.get(FILLED)
        if tree is None or process is None or step is None:
            return {}
        at = process.step(step.step)
        return read_filling(tree, self._reader.model.blocks.forms.get(at.form or ""), at.label.zh, self._reader)

    def _checked(self, process: Process | None, step: StepRef | None) -> dict[str, bool]:
        tree = self._keys.get(CHECKED)
        if tree is None or process is None or step is None:
            return {}
        at = process.step(step.step)
        checklist = self._reader.model.blocks.checklists.get(at.checklist or "")
        return read_checked(tree, checklist, at.label.zh, self._reader)

    def _outcome(self, process: Process | None, step: StepRef | None) -> str:
        tree = self._keys.get(OUTCOME)
        if tree is None or process is None or step is None:
            return ""
        text, known = self._reader.text(tree), _outcomes(process, step, self._reader)
        if text not in known:
            hint = suggest(text, known)
            label = process.step(step.step).label.zh
            self._reader.findings.add(entries.OUTCOME_UNKNOWN, tree.span, step=label, name=text, **hint)
            raise Problem
        return text

    def _where(self) -> Where:
        tree = self._keys.get(WHERE)
        return Where.BESIDE if tree is None else self._reader.word(tree, WHERES, WHERE)

    def _complete(self) -> bool:
        tree = self._keys.get(COMPLETE)
        return tree is None or self._reader.yes(tree)

    def _text(self, pair: Pair) -> str:
        tree = self._keys.get(pair)
        return "" if tree is None else self._reader.text(tree)


def _outcomes(process: Process, step: StepRef, reader: Reader) -> list[str]:
    """What can be decided at a step: its outcomes, and the options of its form where one stands for the others."""
    declared = process.step(step.step)
    form = reader.model.blocks.forms.get(declared.form or "")
    known = [each.label for each in declared.outcomes if each.label]
    if form is not None and form.outcome is not None and any(each.otherwise for each in declared.outcomes):
        known += getattr(form.field(form.outcome).type, "choices", None) or ()
    return list(dict.fromkeys(known))


def read_duty_move(key: Written, value: Tree, rest: Pairs_, reader: Reader) -> DutyMove:
    """Somebody does something to what is owed. Raises ``Problem``."""
    kind = DUTY_NAMES[key.text]
    keys = Keys(reader, rest, (BY, REFUSED, RECORD, OPINION, REASON, TO, FILLED, CHECKED, PROOF))
    to, proof = keys.get(TO), keys.get(PROOF)
    if kind is DutyAct.HAND_OVER and to is None:
        reader.findings.add(entries.PART_MISSING, key.span, event=key.text, part=TO[0], part_en=TO[1])
        raise Problem
    duty = duty_of(value, keys.get(RECORD), reader)
    filled, checked = keys.get(FILLED), keys.get(CHECKED)
    reasons = [tree for tree in (keys.get(REASON), keys.get(OPINION)) if tree is not None]
    blocks = reader.model.blocks
    return DutyMove(
        said=said(keys, key, value, reader),
        kind=kind,
        duty=duty,
        to=None if to is None else reader.person(to),
        reason=reader.text(reasons[0]) if reasons else "",
        values={}
        if filled is None
        else read_filling(filled, blocks.forms.get(proof_of(duty, "form", reader)), duty.label, reader),
        checked={}
        if checked is None
        else read_checked(checked, blocks.checklists.get(proof_of(duty, "checklist", reader)), duty.label, reader),
        proof=None if proof is None else reader.record(proof),
    )


def read_verdict(key: Written, value: Tree, rest: Pairs_, reader: Reader) -> Verdict:
    """Somebody decides about a proposed consequence, or objects to it. Raises ``Problem``."""
    keys = Keys(reader, rest, (BY, REFUSED, AMOUNT, TO, OPINION, REASON))
    which = Keys(reader, reader.names.mapping(value).pairs, (ON, MEASURE, RECORD))
    on, measure, record = which.get(ON), which.get(MEASURE), which.get(RECORD)
    amount, chosen, opinion = keys.get(AMOUNT), keys.get(TO), keys.get(OPINION) or keys.get(REASON)
    return Verdict(
        said(keys, key, value, reader),
        VERDICT_NAMES[key.text],
        None if on is None else reader.person(on),
        None if measure is None else reader.word(measure, MEASURES, MEASURE).value,
        None if record is None else reader.record(record),
        "" if amount is None else reader.text(amount),
        None if chosen is None else reader.person(chosen),
        "" if opinion is None else reader.text(opinion),
    )
