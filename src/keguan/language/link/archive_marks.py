"""What a record type says of how its records are kept → what its completeness, its lateness and its verification are.

Completeness and lateness are facts that the system writes: names among the others, computed and stored as they are.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import keeping as entries
from keguan.language.diagnostics.catalogue import names
from keguan.language.diagnostics.findings import suggest
from keguan.language.feel.stamps import CREATED
from keguan.language.feel.typed import Binary, FieldRef, If, Literal, Operator
from keguan.language.feel.types import BOOLEAN, DATE_TIME, NULL, Number
from keguan.language.link.codes import check_code, check_label, make_label
from keguan.language.link.deadlines import dated_deadline
from keguan.language.markdown.document import Written
from keguan.language.model.model import Fact, Field, FieldKind, Label, Timely

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.blocks.record import RecordDeclaration
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.link.records import Draft
    from keguan.language.link.scopes import Scopes
    from keguan.language.model.model import Parameter, RecordType
    from keguan.language.source import Span

DUE, LATE = ("录入期限", "file_by", "To be filed by"), ("迟录", "filed_late", "Filed late")
"""Label, code and English label of the moment by which a record has to be filed, and of whether it was filed later."""

SHARE = Number(4)
_WHOLE = Number(0)
_MOMENTS = frozenset({FieldKind.DATE, FieldKind.DATE_TIME})


@dataclass(frozen=True, slots=True)
class Mark:
    """A fact that the system writes, as far as it is known before expressions are typed."""

    record_type: str
    label: Label
    code: str
    kind: FieldKind
    information_class: str
    span: Span


def with_marks(
    records: Mapping[str, RecordType],
    drafts: Mapping[str, Draft],
    parameters: Mapping[str, Parameter],
    findings: Findings,
) -> tuple[dict[str, RecordType], tuple[Mark, ...]]:
    """The record types with what they say of their keeping, and the facts to come of it."""
    result, marks = {}, []
    for code, record_type in records.items():
        draft, made = drafts[code], record_type
        made = replace(made, verified=_verified(made, draft, findings))
        made, late = _timely(made, draft, parameters, findings)
        made, share = _completeness(made, draft, findings)
        marks += [mark for mark in (late, share) if mark is not None]
        result[code] = made
    return result, tuple(marks)


def declare(marks: Sequence[Mark], scopes: Scopes) -> None:
    """Let expressions find them."""
    for mark in marks:
        scopes.add(mark.record_type, mark.label, mark.code, _type(mark))


def facts(marks: Sequence[Mark], records: Mapping[str, RecordType], findings: Findings) -> dict[str, tuple[Fact, ...]]:
    """The facts by record type; called when it is known when each field is required."""
    found: dict[str, list[Fact]] = {}
    for mark in marks:
        record_type = records[mark.record_type]
        if record_type.completeness == mark.code:
            asked = [field for field in record_type.fields if field.asked]
            if not asked:
                findings.add(entries.NOTHING_ASKED, mark.span, label=record_type.label.zh)
                continue
            expression, text = completeness(asked), f"{'、'.join(map(_shown, asked))}，已填的占多少"
        else:
            expression = Binary(Operator.GREATER, FieldRef(CREATED, DATE_TIME), FieldRef(DUE[1], DATE_TIME), BOOLEAN)
            text = f"录入时间 > {DUE[0]}"
        found.setdefault(mark.record_type, []).append(
            Fact(
                code=mark.code,
                label=mark.label,
                kind=mark.kind,
                type=_type(mark),
                record_type=mark.record_type,
                expression=expression,
                text=text,
                information_class=mark.information_class,
                clause=record_type.clause,
                span=mark.span,
            )
        )
    return {code: tuple(made) for code, made in found.items()}


def completeness(asked: Sequence[Field]) -> Typed:
    """The parts of the fields that are filled in, divided by those of all that are asked for; all of it where nothing
    is. A field that is required on a condition is asked for where that is true.
    """
    parts = [_if(field.counts_when, _parts(field)) for field in asked]
    filled = [_if(field.counts_when, If(is_filled(field), _parts(field), _NONE, _WHOLE)) for field in asked]
    share = Binary(Operator.DIVIDE, _sum(filled), _sum(parts), SHARE)
    if any(field.counts_when is None for field in asked):
        return share
    nothing = Binary(Operator.EQUAL, _sum(parts), _NONE, BOOLEAN)
    return If(nothing, Literal(10**SHARE.scale, SHARE), share, SHARE)


def is_filled(field: Field) -> Typed:
    """Whether a field has a value. An attachment field has none while no file lies under it."""
    return Binary(Operator.UNEQUAL, FieldRef(field.code, field.type), Literal(None, NULL), BOOLEAN)


_NONE = Literal(0, _WHOLE)


def _parts(field: Field) -> Typed:
    return Literal(1 if field.weight is None else field.weight, _WHOLE)


def _if(condition: Typed | None, then: Typed) -> Typed:
    return then if condition is None else If(condition, then, _NONE, _WHOLE)


def _sum(parts: Sequence[Typed]) -> Typed:
    """Halved again and again, because engines limit how deep an expression may be; constants are added at once."""
    known = [part.value for part in parts if isinstance(part, Literal) and isinstance(part.value, int)]
    rest = [part for part in parts if not isinstance(part, Literal)]
    if not rest:
        return Literal(sum(known), _WHOLE)
    whole = [*rest, Literal(sum(known), _WHOLE)] if sum(known) else rest
    return _halved(whole)


def _halved(parts: Sequence[Typed]) -> Typed:
    if len(parts) == 1:
        return parts[0]
    middle = len(parts) // 2
    return Binary(Operator.ADD, _halved(parts[:middle]), _halved(parts[middle:]), _WHOLE)


def _shown(field: Field) -> str:
    return field.label.zh if field.weight in (None, 1) else f"{field.label.zh}×{field.weight}"


def _type(mark: Mark) -> Type:
    return SHARE if mark.kind is FieldKind.PERCENT else BOOLEAN


def _saying(draft: Draft, key: str, zh: str, findings: Findings) -> RecordDeclaration | None:
    """The block that has a header line; of several the first, after a diagnostic."""
    saying = [each for each in (draft.declaration, *draft.extensions) if key in each.headers]
    for each in saying[1:]:
        values = {"label": draft.label, "key": zh, "other": saying[0].headers[key].span}
        findings.add(entries.SAID_TWICE, each.headers[key].span, **values)
    return saying[0] if saying else None


def _field(record_type: RecordType, name: Written, findings: Findings) -> Field | None:
    found = next((each for each in record_type.fields if name.text in (each.label.zh, each.code)), None)
    if found is None and record_type.fields:
        suggestion = suggest(name.text, [each.label.zh for each in record_type.fields])
        values = {"record_type": record_type.label.zh, "name": name.text}
        findings.add(names.FIELD_UNKNOWN, name.span, **values, **suggestion)
    return found


def _verified(record_type: RecordType, draft: Draft, findings: Findings) -> str | None:
    saying = _saying(draft, "verified", "核实", findings)
    if saying is None:
        return None
    name = saying.headers["verified"]
    found = _field(record_type, name, findings)
    if found is not None and found.kind is not FieldKind.DATE:
        findings.add(entries.VERIFIED_FIELD, name.span, name=name.text)
        return None
    return None if found is None else found.code


def _timely(
    record_type: RecordType, draft: Draft, parameters: Mapping[str, Parameter], findings: Findings
) -> tuple[RecordType, Mark | None]:
    saying = _saying(draft, "timely", "及时录入", findings)
    if saying is None or saying.timely is None:
        return record_type, None
    written = saying.timely
    happened = _field(record_type, written.field, findings)
    deadline = dated_deadline(written.deadline, parameters, findings)
    if happened is None or deadline is None:
        return record_type, None
    if happened.kind not in _MOMENTS:
        findings.add(entries.TIMELY_FIELD, written.field.span, name=written.field.text)
        return record_type, None
    if deadline.length is not None and deadline.length.amount < 0:
        findings.add(entries.TIMELY_AHEAD, written.span)
        return record_type, None
    span = written.span
    if not all(_claim(draft, label, code, span, findings) for label, code, _ in (DUE, LATE)):
        return record_type, None
    due = Field(
        code=DUE[1],
        label=make_label(DUE[0], DUE[2], DUE[1]),
        kind=FieldKind.DATE_TIME,
        type=DATE_TIME,
        required=False,
        information_class=happened.information_class,
        sensitive=False,
        clause=happened.clause,
        span=span,
        due_of=happened.code,
    )
    timely = Timely(happened.code, deadline, DUE[1], LATE[1])
    mark = Mark(
        record_type.code,
        make_label(LATE[0], LATE[2], LATE[1]),
        LATE[1],
        FieldKind.BOOLEAN,
        happened.information_class,
        span,
    )
    return replace(record_type, fields=(*record_type.fields, due), timely=timely), mark


def _completeness(record_type: RecordType, draft: Draft, findings: Findings) -> tuple[RecordType, Mark | None]:
    saying = _saying(draft, "completeness", "完整度", findings)
    if saying is None or saying.completeness is None:
        return record_type, None
    written = saying.completeness
    well_formed = check_code(written.code, findings, column=True) and check_label(written.label, findings)
    if not well_formed or not draft.taken.claim(written.code, written.label, findings):
        return record_type, None
    title = next(_classes(record_type, record_type.title), "")
    own = written.information_class.text if written.information_class is not None else title
    label = make_label(written.label.text, "", written.code.text)
    mark = Mark(record_type.code, label, written.code.text, FieldKind.PERCENT, own, written.label.span)
    return replace(record_type, completeness=written.code.text), mark


def _classes(record_type: RecordType, code: str) -> Iterator[str]:
    return (field.information_class for field in record_type.fields if field.code == code)


def _claim(draft: Draft, label: str, code: str, span: Span, findings: Findings) -> bool:
    return draft.taken.claim(Written(code, span), Written(label, span), findings)
