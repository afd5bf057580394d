"""Who may do what with which information, as the policy in force says it: for a page and for scenarios. No record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.access import Permission, Right
from keguan.language.model.classes_of import level_of, record_level, sources
from keguan.language.model.conditions import is_hidden
from keguan.language.model.model import Fact, RowScope
from keguan.runtime.access.columns import columns, display_of
from keguan.runtime.access.granted import blocked, narrower

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.model.access import AccessRule
    from keguan.language.model.access import Grant as Row
    from keguan.language.model.classes import Display, InformationClass
    from keguan.language.model.classes_of import ClassSource
    from keguan.language.model.model import ClauseRef, Label, Model, Role


@dataclass(frozen=True, slots=True)
class ClassCard:
    """An information class in use: what the policy declares of it (None: nothing), and how much there is of it.

    ``held`` are the record types that hold some of it, with how many fields, facts and outcomes, and how many of them
    are sensitive.
    """

    label: str
    declared: InformationClass | None
    display: Display
    held: tuple[tuple[Label, int, int], ...]


@dataclass(frozen=True, slots=True)
class RightsRow:
    """What one role may do with one class of a record type. ``information_class`` is ``*`` for all; ``condition`` as
    written, ``secrecy`` None for both kinds of fields. ``clause`` is where it is written.
    """

    role: Label
    information_class: str
    secrecy: bool | None
    rights: Mapping[Right, Permission]
    scope: RowScope
    condition: str
    clause: ClauseRef


@dataclass(frozen=True, slots=True)
class Computed:
    """Something computed, its class and level, and what it is computed from."""

    label: Label
    information_class: str
    level: str
    sources: tuple[ClassSource, ...]


@dataclass(frozen=True, slots=True)
class TypeRights:
    """One record type: its level (the highest of what it holds), whether an access block decides, and who may what."""

    code: str
    label: Label
    level: str
    by_rows: bool
    rows: tuple[RightsRow, ...]
    computed: tuple[Computed, ...]


def level_of_class(model: Model, information_class: str) -> str:
    """The level of protection of a class, by its label; empty where none is declared."""
    return level_of(model, information_class)


def level_of_type(model: Model, record_type: str) -> str:
    """The level of a record type: the highest of what it holds; empty where none is declared. Raises ``KeyError``."""
    return record_level(model, record_type)


def responsible_for(model: Model, information_class: str) -> str:
    """The unit or post that answers for a class, by its label; empty where nobody is named."""
    found = model.information_classes.get(information_class)
    return "" if found is None else found.responsible


def classes(model: Model) -> tuple[ClassCard, ...]:
    """Every class that is declared or used, the highest level first."""
    used: dict[str, dict[str, list[bool]]] = {label: {} for label in model.information_classes}
    for code in model.record_types:
        for column in columns(model, code).values():
            used.setdefault(column.information_class, {}).setdefault(code, []).append(column.sensitive)
    order = model.protection_levels
    cards = [
        ClassCard(
            label,
            model.information_classes.get(label),
            display_of(model, label),
            tuple((model.record_types[code].label, len(held), sum(held)) for code, held in by_type.items()),
        )
        for label, by_type in used.items()
        if label
    ]
    return tuple(sorted(cards, key=lambda card: -_height(order, level_of(model, card.label))))


def rights_over(model: Model, record_type: str) -> TypeRights:
    """Who may do what with the records of a type. Raises ``KeyError``."""
    declared = model.record_types[record_type]
    rows = _written(model, record_type) if blocked(model, record_type) is not None else _by_role(model, record_type)
    return TypeRights(
        record_type,
        declared.label,
        record_level(model, record_type),
        blocked(model, record_type) is not None,
        tuple(rows),
        tuple(_computed(model, record_type)),
    )


def _height(order: tuple[str, ...], level: str) -> int:
    return order.index(level) if level in order else -1


def _written(model: Model, record_type: str) -> Iterator[RightsRow]:
    for rule in model.blocks.access_rules.values():
        if rule.record_type == record_type:
            yield from (_row(model, rule, row) for row in rule.grants if _counts(model.roles[row.role], row))


def _counts(role: Role, row: Row) -> bool:
    """Whether the row gives its role anything."""
    return role.scope is not RowScope.NONE and (
        row.information_class == "*" or bool(role.classes & {"*", row.information_class})
    )


def _row(model: Model, rule: AccessRule, row: Row) -> RightsRow:
    role = model.roles[row.role]
    scope = role.scope if row.scope is None else narrower(row.scope, role.scope)
    return RightsRow(
        role.label, row.information_class, row.sensitive, row.rights, scope, row.condition_text, rule.clause
    )


def _by_role(model: Model, record_type: str) -> Iterator[RightsRow]:
    """What roles give by themselves, class by class."""
    held = dict.fromkeys(column.information_class for column in columns(model, record_type).values())
    for role in model.roles.values():
        seen = [each for each in held if "*" in role.classes or each in role.classes]
        if role.scope is RowScope.NONE or not seen:
            continue
        rights = {Right.SEE: Permission.YES, Right.PRINT: Permission.YES}
        if "edit" in role.operations:
            rights[Right.CHANGE] = Permission.YES
        if "export" in role.operations:
            rights[Right.EXPORT] = Permission.YES
        if role.reveal is not RowScope.NONE:
            rights[Right.REVEAL] = Permission.YES
        for each in ["*"] if len(seen) == len(held) else seen:
            yield RightsRow(role.label, each, None, rights, role.scope, "", role.clause)


def _computed(model: Model, record_type: str) -> Iterator[Computed]:
    for step in model.computations.get(record_type, ()):
        if is_hidden(step.code):
            continue
        read = sources(model, record_type, step)
        level = level_of(model, step.information_class)
        for label in [step.label] if isinstance(step, Fact) else [output.label for output in step.outputs]:
            yield Computed(label, step.information_class, level, read)
