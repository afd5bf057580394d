"""What is declared and comes to nothing: no other declaration names it, or nobody could ever see it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, get_args

from keguan.language.diagnostics.catalogue import coverage as entries
from keguan.language.feel.typed import FieldRef, OuterRef, ParentRef, Typed
from keguan.language.feel.walk import walk
from keguan.language.model.model import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.check.subject import Subject
    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.model.label import ClauseRef, Label
    from keguan.language.model.model import Model
    from keguan.language.source import Span

    Found = tuple[ClauseRef, Label, Span]

_TYPED = get_args(Typed)
_MOST_NAMED = 5
_ALL = "*"


def unused(subject: Subject) -> None:
    """Report, once for each policy: facts that nothing reads and nobody sees, fields that no role may see, roles that
    come to nothing, and forms, checklists and documents that no step and no duty names.
    """
    model = subject.model
    _tell(subject, entries.FACTS_UNREAD, _facts(model))
    _tell(subject, entries.FIELDS_UNSEEN, _fields(model))
    _tell(subject, entries.ROLES_EMPTY, _roles(model))
    for entry, kind in (
        (entries.FORMS_UNUSED, "forms"),
        (entries.CHECKLISTS_UNUSED, "checklists"),
        (entries.DOCUMENTS_UNUSED, "documents"),
    ):
        _tell(subject, entry, _blocks(model, kind))


def _tell(subject: Subject, entry: Entry, found: Iterator[Found]) -> None:
    by_policy: dict[str, list[tuple[Label, Span]]] = {}
    for clause, label, span in found:
        by_policy.setdefault(clause.pack, []).append((label, span))
    for each in by_policy.values():
        named = each[:_MOST_NAMED]
        more, more_en = ("等", " …") if len(each) > len(named) else ("", "")
        subject.findings.add(
            entry,
            each[0][1],
            count=len(each),
            names=f"{'、'.join(label.zh for label, _ in named)}{more}",
            names_en=f"{', '.join(label.en for label, _ in named)}{more_en}",
        )


def _seen(model: Model) -> frozenset[str] | None:
    """The information classes that some role may see; None when one may see every class, or there are no roles."""
    seen = frozenset(_named(model.blocks.access_rules)).union(*(role.classes for role in model.roles.values()))
    return None if not model.roles or _ALL in seen else seen


def _facts(model: Model) -> Iterator[Found]:
    seen = _seen(model)
    if seen is None:
        return
    read = set(_named(model.blocks))
    shares = {record_type.completeness for record_type in model.record_types.values()}
    for record_type in model.record_types.values():
        read.update((record_type.title, *record_type.columns))
        read.update(_named(tuple((field.required, field.asked_when) for field in record_type.fields)))
    for computed in (each for computations in model.computations.values() for each in computations):
        if computed.code in shares:  # asks of every field whether it is there; its conditions were looked at above
            continue
        parts = (computed.expression,) if isinstance(computed, Fact) else (computed.inputs, computed.rules)
        read.update(_named(parts))
    for facts in model.facts.values():
        for fact in facts:
            if fact.code not in read and fact.information_class not in seen:
                yield fact.clause, fact.label, fact.span


def _fields(model: Model) -> Iterator[Found]:
    seen = _seen(model)
    if seen is None:
        return
    for record_type in model.record_types.values():
        for field in record_type.fields:
            if field.information_class not in seen:
                yield field.clause, field.label, field.span


def _roles(model: Model) -> Iterator[Found]:
    named = set(_named(model.blocks))
    for role in model.roles.values():
        if not (role.classes or role.operations or role.code in named):
            yield role.clause, role.label, role.span


def _blocks(model: Model, kind: str) -> Iterator[Found]:
    others = tuple(getattr(model.blocks, each.name) for each in fields(model.blocks) if each.name != kind)
    named = set(_named(others))
    declared = getattr(model.blocks, kind)
    for each in declared.values():
        if each.code not in named and getattr(each, "survey", None) is None:  # a survey goes out by itself
            yield each.clause, each.label, each.span


def _named(value: object) -> Iterator[str]:
    """Every text in what is declared, wherever it is kept, and every name that its expressions read. Codes of different
    kinds may be alike: something may then count as used that is not.
    """
    if isinstance(value, str):
        yield value
    elif isinstance(value, _TYPED):
        yield from (part.code for part in walk(value) if isinstance(part, FieldRef | OuterRef | ParentRef))
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _named(each)
    elif isinstance(value, tuple | frozenset):
        for each in value:
            yield from _named(each)
    elif is_dataclass(value):
        for part in fields(value):
            if part.name != "code":
                yield from _named(getattr(value, part.name))
