"""The order in which facts and decisions are computed, within a record type and between record types."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import names as entries
from keguan.language.feel import children, parents, references
from keguan.language.model.model import Decision, Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from typing import TypeVar

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import RecordType

    K = TypeVar("K", bound=Hashable)

Computation = Fact | Decision


def expressions(computation: Computation) -> tuple[Typed, ...]:
    """Every expression of a computation that reads the record."""
    if isinstance(computation, Fact):
        return (computation.expression,)
    results = [result for rule in computation.rules for result in rule.results]
    return (*(column.expression for column in computation.inputs), *results)


def reads(computation: Computation) -> frozenset[str]:
    """The codes of the record's own fields, facts and outcomes that it reads."""
    cuts = computation.cuts if isinstance(computation, Decision) else ()
    keys = (key for cut in cuts for key in (cut.group, cut.order) if key is not None)
    return frozenset().union(*(references(each) for each in (*expressions(computation), *keys)))


def produces(computation: Computation) -> tuple[str, ...]:
    """The codes that it computes."""
    if isinstance(computation, Fact):
        return (computation.code,)
    return tuple(output.code for output in computation.outputs)


def reads_children(computation: Computation) -> dict[str, frozenset[str]]:
    """By child record type, the codes of the children that it reads."""
    found: dict[str, frozenset[str]] = {}
    for expression in expressions(computation):
        for aggregate in children(expression):
            parts = [part for part in (aggregate.where, aggregate.value) if part is not None]
            codes = frozenset().union(*(references(part) for part in parts))
            found[aggregate.child] = found.get(aggregate.child, frozenset()) | codes
    return found


def reads_parents(computation: Computation, record_type: str) -> frozenset[tuple[str, str]]:
    """(record type, code) of what it reads of records that are referred to, its children's references included."""
    found = (parent for expression in expressions(computation) for _, parent in parents(expression, record_type))
    return frozenset((parent.record_type, parent.code) for parent in found)


def order_computations(computations: Sequence[Computation], findings: Findings) -> tuple[Computation, ...]:
    """Computations after those they read."""
    maker = {code: computation for computation in computations for code in produces(computation)}

    def needs(computation: Computation) -> list[Computation]:
        return [maker[code] for code in sorted(reads(computation)) if code in maker]

    def ring(path: Sequence[Computation]) -> None:
        names = " → ".join(computation.label.zh for computation in path)
        findings.add(entries.COMPUTATION_CYCLE, path[0].span, path=names)

    # The fact that bounds a score has the code of the scorecard's decision.
    return tuple(_sorted(computations, needs, lambda each: f"{type(each).__name__} {each.code}", ring))


def order_record_types(
    record_types: Mapping[str, RecordType], computations: Mapping[str, Sequence[Computation]], findings: Findings
) -> tuple[str, ...]:
    """Record types that compute something, each after those of which it reads what they compute: children before the
    records that count them, and what a record refers to before the record.
    """
    made = {
        code: {produced for computation in computed for produced in produces(computation)}
        for code, computed in computations.items()
    }

    def needed(code: str) -> dict[str, Computation]:
        """The types of which this one reads what they compute, each with the first computation that does."""
        found: dict[str, Computation] = {}
        for computation in computations[code]:
            read = [(child, each) for child, codes in reads_children(computation).items() for each in codes]
            for other, each in (*read, *reads_parents(computation, code)):
                if each in made[other]:
                    found.setdefault(other, computation)
        return found

    def ring(path: Sequence[str]) -> None:
        names, names_en = [record_types[path[0]].label.zh], [record_types[path[0]].label.en]
        for code, following in pairwise(path):
            reader, other = needed(code)[following].label, record_types[following].label
            names.append(f"（“{reader.zh}”要读）{other.zh}")
            names_en.append(f"(by “{reader.en}”) {other.en}")
        span = needed(path[0])[path[1]].span
        findings.add(entries.RECORD_TYPE_CYCLE, span, path=" → ".join(names), path_en=" → ".join(names_en))

    computing = [code for code in record_types if computations[code]]
    return tuple(_sorted(computing, lambda code: sorted(needed(code)), lambda code: code, ring))


def _sorted(
    items: Iterable[K],
    needs: Callable[[K], Iterable[K]],
    key: Callable[[K], str],
    ring: Callable[[Sequence[K]], None],
) -> list[K]:
    """Depth-first, iterative (a chain of facts may be long). A ring is reported once and cut."""
    order: list[K] = []
    state: dict[str, int] = {}
    for root in items:
        if key(root) in state:
            continue
        path, stack = [root], [iter(needs(root))]
        state[key(root)] = 1
        while stack:
            following = next(stack[-1], None)
            if following is None:
                stack.pop()
                done = path.pop()
                state[key(done)] = 2
                order.append(done)
            elif key(following) not in state:
                state[key(following)] = 1
                path.append(following)
                stack.append(iter(needs(following)))
            elif state[key(following)] == 1:
                start = next(index for index, item in enumerate(path) if key(item) == key(following))
                ring([*path[start:], following])
    return order
