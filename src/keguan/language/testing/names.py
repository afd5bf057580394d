"""What the names in a scenario mean: record types, fields, records by title, values by their field's type."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.field_type import TYPE_NAMES
from keguan.language.diagnostics.catalogue import names
from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Mapping as Pairs
from keguan.language.model.lookup import Item, items
from keguan.language.model.model import FieldKind
from keguan.language.model.values import read_value

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import Model, RecordType
    from keguan.language.model.values import Value
    from keguan.language.testing.world import Stored, World

EMPTY_WORDS = frozenset({"空", "null", "~", ""})
UNIT_WORDS = frozenset({"部门", "unit"})
OWNER_WORDS = frozenset({"负责人", "owner"})
"""Whose a record is, unless the record has a field of that name."""


class Problem(Exception):
    """The scenario cannot be run further; the diagnostic is noted already."""


class Names:
    """Looks names up in a model and reports those it cannot find."""

    def __init__(self, model: Model, findings: Findings) -> None:
        self.model = model
        self.findings = findings
        self._types = {name: each for each in model.record_types.values() for name in (each.label.zh, each.code)}

    def find_type(self, name: str) -> RecordType | None:
        """The record type of this label or code."""
        return self._types.get(name)

    def record_type(self, written: Written) -> RecordType:
        """The record type of this label or code. Raises ``Problem``."""
        found = self._types.get(written.text)
        if found is None:
            suggestion = suggest(written.text, [each.label.zh for each in self._types.values()])
            self.findings.add(names.RECORD_TYPE_UNKNOWN, written.span, name=written.text, **suggestion)
            raise Problem
        return found

    def item(self, record_type: RecordType, written: Written, *, computed: bool) -> Item:
        """The field (or with ``computed`` also the fact or outcome) of this label or code. Raises ``Problem``."""
        known = items(self.model, record_type.code)
        if not computed:
            fields = {field.code for field in record_type.fields}
            known = {code: item for code, item in known.items() if code in fields}
        for item in known.values():
            if written.text in (item.label.zh, item.code):
                return item
        if written.text.replace(".", "").isdecimal():
            self.findings.add(entries.NUMBER_COMMA, written.span, text=written.text)
            raise Problem
        self.findings.add(
            names.FIELD_UNKNOWN,
            written.span,
            record_type=record_type.label.zh,
            name=written.text,
            **suggest(written.text, [item.label.zh for item in known.values()]),
        )
        raise Problem

    def value(self, record_type: RecordType, item: Item, tree: Tree, world: World) -> Value:
        """A value written for a field, fact or outcome; a reference is written by the title of its record.

        Raises ``Problem``.
        """
        if item.kind in (FieldKind.REFERENCE, FieldKind.PERIOD):
            if isinstance(tree, Written) and tree.text in EMPTY_WORDS:
                return None
            target = self.model.record_types[record_type.field(item.code).target or ""]
            return self.record(target, tree, world).id
        if not isinstance(tree, Written):
            raise self.shape(tree, "一个值", "one value")
        if tree.text in EMPTY_WORDS:
            return None
        try:
            return read_value(tree.text, item.type)
        except ValueError:
            zh, en = TYPE_NAMES[item.kind]
            self.findings.add(
                entries.VALUE, tree.span, name=item.label.zh, value=tree.text, expected=zh, expected_en=en
            )
            raise Problem from None

    def record(self, record_type: RecordType, tree: Tree, world: World) -> Stored:
        """The one record that is meant by its title, or by some of its fields. Raises ``Problem``."""
        if isinstance(tree, Written):
            title = tree.text
            found = [stored for stored in world.of(record_type.code) if world.title(stored) == title]
        elif isinstance(tree, Pairs):
            title = "、".join(f"{key.text} {value.text}" for key, value in tree.pairs if isinstance(value, Written))
            found = self._matching(record_type, tree, world)
        else:
            raise self.shape(tree, "一条档案的名称", "the name of one record")
        if len(found) == 1:
            return found[0]
        label = record_type.label.zh
        if found:
            entry, count = entries.RECORD_AMBIGUOUS, str(len(found))
            self.findings.add(entry, tree.span, record_type=label, title=title, count=count)
        else:
            self.findings.add(entries.RECORD_MISSING, tree.span, record_type=label, title=title)
        raise Problem

    def _matching(self, record_type: RecordType, tree: Pairs, world: World) -> list[Stored]:
        wanted: dict[str, Value] = {}
        unit = None
        for key, value in tree.pairs:
            if key.text in UNIT_WORDS and isinstance(value, Written):
                unit = value.text
                continue
            item = self.item(record_type, key, computed=True)
            wanted[item.code] = self.value(record_type, item, value, world)
        return [
            stored
            for stored in world.of(record_type.code)
            if (unit is None or stored.unit == unit)
            and all(stored.all.get(code) == value for code, value in wanted.items())
        ]

    def is_owner(self, record_type: RecordType, written: Written) -> bool:
        """Whether this names whose a record is, and no field of it."""
        own = {name for field in record_type.fields for name in (field.label.zh, field.code)}
        return written.text in OWNER_WORDS and written.text not in own

    def mapping(self, tree: Tree) -> Pairs:
        """A mapping where one must stand. Raises ``Problem``."""
        if not isinstance(tree, Pairs) or not tree.pairs:
            raise self.shape(tree, "“名称: 值”", "“name: value”")
        return tree

    def shape(self, tree: Tree, expected: str, expected_en: str) -> Problem:
        """Report that something else must stand here; the caller raises what this returns."""
        self.findings.add(entries.SHAPE, tree.span, expected=expected, expected_en=expected_en)
        return Problem()

    def link(self, child: RecordType, parent: RecordType, written: Written) -> str:
        """The code of the field through which a child refers to a parent. Raises ``Problem``."""
        for field in child.fields:
            if field.target == parent.code:
                return field.code
        self.findings.add(entries.LINK_MISSING, written.span, child=child.label.zh, parent=parent.label.zh)
        raise Problem


def first(pairs: Pairs) -> tuple[tuple[Written, Tree], Sequence[tuple[Written, Tree]]]:
    """The first pair of an item and the rest."""
    return pairs.pairs[0], pairs.pairs[1:]
