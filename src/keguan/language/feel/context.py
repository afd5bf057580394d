"""What typing needs to know at one place of an expression, and where it reports."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from keguan.language.diagnostics.diagnostic import Diagnostic
from keguan.language.feel.shapes import Bound, ItemShape, single

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.feel.nodes import Node
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.shapes import ChildrenShape, Shape
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type
    from keguan.language.source import Span

    Reduce = Callable[["Context", Node, Type | None], Shape | None]


@dataclass(slots=True)
class Budget:
    """How much has been written out so far (turns of loops and calls of functions), and how deep typing is now."""

    spent: int = 0
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """``subject`` is what ``?`` stands for; ``cell`` forbids reading the record; ``within`` names the children whose
    aggregate this is inside of, ``via`` the field through which they refer to the record, and ``outer`` is then the
    record's own scope. In the body of a loop over children (``loop``) plain names are the record's; in a filter they
    are the child's, and the record's where it has them not.
    All contexts of one expression share ``diagnostics`` and ``budget``.
    """

    scope: Scope
    diagnostics: list[Diagnostic]
    reduce: Reduce
    subject: Typed | None = None
    cell: bool = False
    within: str | None = None
    via: str | None = None
    outer: Scope | None = None
    loop: bool = False
    bound: Mapping[str, Bound] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)

    def report(self, entry: Entry, span: Span, **values: str) -> Typed | None:
        """Note a finding. Returns None, to stand for the part that could not be typed."""
        self.diagnostics.append(Diagnostic(entry, span, values))
        return None

    def shape(self, node: Node, wanted: Type | None = None) -> Shape | None:
        """What ``node`` is, or None after reporting."""
        return self.reduce(self, node, wanted)

    def value(self, node: Node, wanted: Type | None = None) -> Typed | None:
        """The one value that ``node`` is, or None after reporting. ``wanted`` decides the scale of a quotient and the
        type of the branches of an ``if``; the result need not have that type.
        """
        return single(self, self.reduce(self, node, wanted), node.span)

    def testing(self, subject: Typed) -> Context:
        """The same place, with ``?`` standing for ``subject``."""
        return replace(self, subject=subject)

    def naming(self, names: Mapping[str, Shape]) -> Context:
        """The same place, with these names given."""
        inside = self.within is not None
        return replace(self, bound={**self.bound, **{name: Bound(shape, inside) for name, shape in names.items()}})

    def filtering(self, children: ChildrenShape) -> Context:
        """The place inside a filter of children."""
        scope = children.meaning.scope
        inside = replace(self.inside(children), scope=scope)
        return inside.naming({"item": ItemShape(children.name, scope)})

    def inside(self, children: ChildrenShape) -> Context:
        """The place inside a figure over children."""
        outer, via = self.outer or self.scope, children.meaning.via
        return replace(self, subject=None, within=children.name, via=via, outer=outer)

    def looping(self, children: ChildrenShape, name: str | None = None) -> Context:
        """The place inside the body of a loop over children, each of which is called ``name``."""
        inside = replace(self.inside(children), loop=True)
        return inside if name is None else inside.naming({name: ItemShape(children.name, children.meaning.scope)})
