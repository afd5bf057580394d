"""Definitions as layered subqueries, so that nothing expensive is computed twice.

A definition that is cheap, or used once, is written where it is used. Any other becomes a column of a layer: a
subquery that the engine may not merge into the next one. Columns that later layers need are carried along. A figure
over children that reads the record itself is a definition whose layer joins the children with the layer below.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, FieldRef, InputRef, OuterRef, ParentRef
from keguan.language.feel.walk import outer
from keguan.language.plan.base import IDS, Base
from keguan.language.plan.children import Parents, children_of_parents, of_nothing
from keguan.language.plan.definition import Looked
from keguan.language.plan.expressions import quoted
from keguan.language.plan.magnitude import fits
from keguan.language.plan.walk import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.feel.types import Type
    from keguan.language.plan.context import Context
    from keguan.language.plan.definition import Definition, Template
    from keguan.language.plan.expressions import Expressions

_WORTH_A_LAYER = 16
"""From this many repeated operations on, carrying a column is cheaper than computing it again."""


@dataclass(frozen=True, slots=True)
class Stored:
    """A column of the record's table as it is stored now: a field, or an outcome before this run."""

    code: str
    type: Type


ID = Stored("id", IDS)
Key = str | Stored | ParentRef | Aggregate | Looked
"""What a layer can have as a column: a definition by name, a stored column, a value read through references, a figure
over children, what a quota did with some of the records.
"""


class Layers:
    """Writes SELECTs over the definitions of one record type."""

    def __init__(
        self, context: Context, record_type: str, definitions: Mapping[str, Definition], ids: str = ""
    ) -> None:
        self._context = context
        self._record_type = record_type
        self._definitions = definitions
        self._ids = ids
        self._numbers: dict[ParentRef | Aggregate | Looked, int] = {}
        self._levels: dict[Key, int] = {}
        self._costs: dict[Key, int] = {}
        self._separate: frozenset[Key] = frozenset()

    def select(self, columns: Mapping[str, Key], changed: Sequence[tuple[Key, Key]] = ()) -> str:
        """SELECT these columns (alias → what). With ``changed``, only rows in which one of the pairs differs."""
        columns = {name: self.original(key) for name, key in columns.items()}
        changed = [(self.original(new), old) for new, old in changed]
        wanted = dict.fromkeys([*columns.values(), *(key for pair in changed for key in pair)])
        self._arrange(wanted)
        top = max((self._level(key) for key in wanted), default=0)
        needs: list[Iterable[Key]] = [wanted]
        for level in range(top, 0, -1):
            needs.insert(0, self._carried(needs[0], level))
        below = []
        for level, keys in enumerate(needs[:-1]):
            text = _Layer(self._context, self, level).select({self.alias(key): key for key in keys})
            below.append(f"layer_{level} AS ({text}{self._context.dialect.fence})")
        last = _Layer(self._context, self, max(0, top)).select(columns, changed)
        return f"WITH {', '.join(below)} {last}" if below else last

    def base(self) -> Base:
        """A fresh innermost FROM."""
        return Base(self._context, self._record_type, self._ids)

    def definition(self, name: str) -> Definition:
        """The definition of a name."""
        return self._definitions[name]

    def key(self, node: FieldRef | ParentRef | InputRef | Aggregate, within: Definition) -> Key:
        """What a leaf of a definition's expression refers to."""
        match node:
            case Aggregate() | ParentRef():
                return node
            case InputRef(index=index):
                return self.original(within.inputs[index])
            case FieldRef(code=code, type=type_):
                return self.original(code) if code in self._definitions else Stored(code, type_)

    def original(self, key: Key) -> Key:
        """A definition that only names another column is that column."""
        if not isinstance(key, str):
            return key
        definition = self._definitions[key]
        if isinstance(definition.expression, FieldRef) and definition.template is None:
            return self.key(definition.expression, definition)
        return key

    def computed_at(self, key: Key, level: int) -> bool:
        """Whether a layer computes the key itself instead of finding it in the layer below."""
        return isinstance(key, str) and self._level(key) == level

    def alias(self, key: Key) -> str:
        """The name of a carried column; no author can write one that begins with a digit."""
        match key:
            case str():
                return key
            case Stored(code=code):
                return f"0stored_{code}"
            case ParentRef() | Aggregate() | Looked():
                return f"0read_{self._numbers.setdefault(key, len(self._numbers) + 1)}"

    def outside(self, reference: OuterRef | ParentRef) -> Key:
        """What a figure over children reads of the record itself, or through its references."""
        if isinstance(reference, ParentRef):
            return replace(reference, outer=False)
        code, type_ = reference.code, reference.type
        return self.original(code) if code in self._definitions else Stored(code, type_)

    def _joins_below(self, key: Key) -> tuple[OuterRef | ParentRef, ...]:
        """What the layer below must have as columns, for a figure over children that reads the record itself."""
        expression = self._definitions[key].expression if isinstance(key, str) else None
        return outer(expression) if isinstance(expression, Aggregate) else ()

    def _is_window(self, key: Key) -> bool:
        template = self._definitions[key].template if isinstance(key, str) else None
        return template is not None and template.over

    def _references(self, key: Key) -> list[Key]:
        if not isinstance(key, str):
            return []
        if read := self._joins_below(key):
            return [ID, *map(self.outside, read)]
        definition = self._definitions[key]
        if definition.template is not None:
            columns = [self.original(column) for column in definition.template.reads.values()]
            return [ID, *columns] if definition.template.over else columns
        found = nodes(definition.expression)
        leaves = (node for node in found if isinstance(node, FieldRef | ParentRef | InputRef | Aggregate))
        return [self.key(leaf, definition) for leaf in leaves]

    def _arrange(self, wanted: Iterable[Key]) -> None:
        """Decide which definitions become columns of a layer of their own."""
        self._levels, self._costs = {}, {}
        inner: Counter[Key] = Counter()
        waiting, seen = list(wanted), set(wanted)
        while waiting:
            references = self._references(waiting.pop())
            inner.update(references)
            fresh = [key for key in dict.fromkeys(references) if key not in seen]
            seen.update(fresh)
            waiting += fresh
        uses = inner + Counter(list(wanted))
        separate: set[Key] = {name for name in seen if self._is_window(name)}
        for name in self._definitions:
            if name in seen and inner[name]:
                repeated = self._cost(name, separate) * (uses[name] - 1)
                if repeated > _WORTH_A_LAYER or self._may_be_written_twice(name):
                    separate.add(name)
        self._separate = frozenset(separate)

    def _cost(self, key: Key, separate: set[Key]) -> int:
        if not isinstance(key, str) or key in separate:
            return 1
        if key not in self._costs:
            size = sum(1 for _ in nodes(self._definitions[key].expression))
            self._costs[key] = size + sum(self._cost(reference, separate) for reference in self._references(key))
        return self._costs[key]

    def _may_be_written_twice(self, name: str) -> bool:
        """Arithmetic that may overflow repeats its operands; nested in one another they would multiply."""
        return not all(fits(node) for node in nodes(self._definitions[name].expression))

    def _level(self, key: Key) -> int:
        if not isinstance(key, str):
            return -1
        if key not in self._levels:
            joins = bool(self._joins_below(key))
            below = [self._level(each) + (joins or each in self._separate) for each in self._references(key)]
            below.append(int(joins or self._is_window(key)))
            self._levels[key] = max([0, *below])
        return self._levels[key]

    def _carried(self, keys: Iterable[Key], level: int) -> list[Key]:
        """What the layer below must provide so that this one can compute ``keys``."""
        carried: dict[Key, None] = {}
        waiting = list(reversed(list(keys)))
        while waiting:
            key = waiting.pop()
            if self.computed_at(key, level):
                waiting += reversed(self._references(key))
            else:
                carried[key] = None
        return list(carried)


class _Layer:
    """One SELECT: over the base tables (level 0) or over the layer below."""

    def __init__(self, context: Context, layers: Layers, level: int) -> None:
        self._context = context
        self._layers = layers
        self._level = level
        self._base = layers.base() if level == 0 else None
        self._joins: dict[tuple[str, str], list[Aggregate]] = {}

    def select(self, columns: Mapping[str, Key], changed: Sequence[tuple[Key, Key]] = ()) -> str:
        texts = ", ".join(f"{self._column(key)} AS {quoted(name)}" for name, key in columns.items())
        differences = " OR ".join(self._differs(new, old) for new, old in changed)
        conditions = [f"({differences})"] if differences else []
        if self._base is not None:
            conditions += self._base.conditions()
        source = self._above() if self._base is None else self._base.source()
        where = f" WHERE {' AND '.join(conditions)}" if conditions else ""
        return f"SELECT {texts} FROM {source}{where}"

    def _above(self) -> str:
        """The layer below, with the children whose figures read it."""
        below = f"layer_{self._level - 1}"
        parents = Parents(below, f"p.{self._name(ID)}", lambda read: f"p.{self._name(self._layers.outside(read))}")
        parts = [f"{below} AS s"]
        for position, ((child, via), group) in enumerate(self._joins.items(), start=1):
            children = children_of_parents(self._context, child, via, group, parents)
            parts.append(f"LEFT JOIN ({children}) AS k{position} ON k{position}.parent = s.{self._name(ID)}")
        return " ".join(parts)

    def _joined(self, aggregate: Aggregate) -> str:
        """A figure over children that reads the layer below."""
        group = self._joins.setdefault((aggregate.child, aggregate.via), [])
        if aggregate not in group:
            group.append(aggregate)
        join = list(self._joins).index((aggregate.child, aggregate.via)) + 1
        return of_nothing(aggregate.function, f"k{join}.n{group.index(aggregate) + 1}")

    def _name(self, key: Key) -> str:
        return quoted(self._layers.alias(key))

    def _differs(self, new: Key, old: Key) -> str:
        return self._expressions(None).differs(self._column(new), self._column(old))

    def _column(self, key: Key) -> str:
        text = self._text(key)
        if self._layers.computed_at(key, self._level) and isinstance(key, str):
            return self._expressions(None).column(text, self._layers.definition(key).type)
        return text

    def _text(self, key: Key) -> str:
        if self._layers.computed_at(key, self._level) and isinstance(key, str):
            definition = self._layers.definition(key)
            if definition.template is not None:
                return self._filled(definition.template)
            text = self._expressions(definition).value(definition.expression)
            return f"nullif(substr({text}, 2), '')" if definition.rule_list else text
        return f"s.{quoted(self._layers.alias(key))}" if self._base is None else _innermost(self._base, key)

    def _filled(self, template: Template) -> str:
        columns = {name: self._text(self._layers.original(key)) for name, key in template.reads.items()}
        return template.text.format(id=self._text(ID) if template.over else "", **columns)

    def _expressions(self, definition: Definition | None) -> Expressions:
        def resolve(node: FieldRef | OuterRef | ParentRef | InputRef | Aggregate) -> str:
            if definition is None or isinstance(node, OuterRef):
                raise TypeError(f"a constant does not read {node}")
            if isinstance(node, Aggregate) and outer(node):
                return self._joined(node)
            return self._text(self._layers.key(node, definition))

        return self._context.expressions(resolve)


def _innermost(base: Base, key: Key) -> str:
    """What only the tables themselves can give."""
    match key:
        case Aggregate():
            return base.aggregate(key)
        case ParentRef():
            return base.parent(key)
        case Stored(code=code, type=type_):
            return base.field(code, type_)
        case Looked():
            return base.looked(key)
    raise KeyError(key)
