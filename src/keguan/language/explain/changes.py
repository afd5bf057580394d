"""What changed between two versions of a set of packs, clause by clause and cell by cell."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, TypeAlias

from keguan.language.explain.difference import Difference, Reach, What
from keguan.language.explain.difference.clauses import counterparts, prose_of
from keguan.language.explain.difference.reach import reach_of, same_meaning
from keguan.language.explain.difference.tables import block_changes
from keguan.language.model.model import ClauseRef, Label

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from keguan.language.model.model import Clause, Control, Model, Part, Policy

_FRONT = (
    ("title", "名称", Reach.TEXT),
    ("version", "版本", Reach.TEXT),
    ("effective", "施行日", Reach.PRACTICE),
    ("uses", "所依据的制度包", Reach.STRUCTURE),
    ("preamble", "引言", Reach.TEXT),
)
"""Of a policy as a whole: its attribute, what it is called, and how far a change of it reaches."""

_NOTHING = Label("", "")

_Key: TypeAlias = tuple[str, str, int]
"""Kind and code of a block, and how many blocks with both stand before it in the policy."""


def differences(old: Model | None, new: Model) -> tuple[Difference, ...]:
    """Every difference, in the reading order of the new version; what is gone stands at the end of its policy."""
    found: list[Difference] = []
    policies = old.policies if old is not None else {}
    for id_, policy in new.policies.items():
        found.extend(_Policies(old, new, policies.get(id_), policy).all())
    for id_, policy in policies.items():
        if id_ not in new.policies:
            found.extend(_of_clause(What.REMOVED, clause) for clause in policy.clauses)
    return tuple(found)


def _of_clause(what: What, clause: Clause, before: str = "", after: str = "") -> Difference:
    label = Label(clause.ref.title, clause.ref.title)
    return Difference(what, Reach.TEXT, clause.ref, "clause", clause.ref.anchor, label, "", "", before, after)


class _Policies:
    """Two versions of one policy, the old one perhaps missing."""

    def __init__(self, old_model: Model | None, new_model: Model, old: Policy | None, new: Policy) -> None:
        self._models = old_model, new_model
        self._old, self._new = old, new
        self._before = old.clauses if old is not None else ()
        self._matched = counterparts(self._before, new.clauses)
        self._blocks = {key: (part, clause) for key, part, clause in _blocks(self._before)}
        self._kept = {key: (part, clause) for key, part, clause in _blocks(new.clauses)}

    def all(self) -> Iterator[Difference]:
        """Front matter, clauses, and what is gone."""
        if self._old is not None:
            yield from self._front(self._old)
        in_clause: dict[str, list[tuple[_Key, Part]]] = {}
        for key, (part, clause) in self._kept.items():
            in_clause.setdefault(clause.ref.anchor, []).append((key, part))
        for clause in self._new.clauses:
            former = self._matched.get(clause.ref.anchor)
            if former is None:
                yield _of_clause(What.ADDED, clause)
            else:
                yield from _clause(former, clause)
            for key, part in in_clause.get(clause.ref.anchor, ()):
                yield from self._block(key, part, clause)
        yield from self._gone()

    def _front(self, old: Policy) -> Iterator[Difference]:
        ref = ClauseRef(self._new.id, "", "", self._new.title)
        for attribute, label, reach in _FRONT:
            before, after = (_text(getattr(policy, attribute)) for policy in (old, self._new))
            if before != after:
                name = Label(label, attribute)
                yield Difference(What.CHANGED, reach, ref, "policy", attribute, name, "", "", before, after)

    def _block(self, key: _Key, part: Part, clause: Clause) -> Iterator[Difference]:
        control = part.control
        if control is None:
            return
        if key not in self._blocks:
            yield _of_block(What.ADDED, reach_of(control.kind), clause.ref, control)
            return
        former, stood = self._blocks[key]
        here = self._matched.get(clause.ref.anchor)
        if here is None or here.ref.anchor != stood.ref.anchor:
            places = stood.ref.number, clause.ref.number
            yield _of_block(What.MOVED, Reach.TEXT, clause.ref, control, *places)
        if former.control is not None and former.control.label.zh != control.label.zh:
            labels = former.control.label.zh, control.label.zh
            yield _of_block(What.CHANGED, Reach.TEXT, clause.ref, control, *labels)
        same = former.control is not None and same_meaning(former.control, control, *self._models)
        for each in block_changes(control.kind, former, part):
            reach = Reach.TEXT if same or each.label_only else reach_of(control.kind, each.column)
            yield Difference(
                each.what,
                reach,
                clause.ref,
                control.kind,
                control.code,
                control.label,
                each.row,
                each.column,
                each.before,
                each.after,
            )

    def _gone(self) -> Iterator[Difference]:
        found = {clause.ref.anchor for clause in self._matched.values()}
        gone: dict[str, list[Control]] = {}
        for key, (part, clause) in self._blocks.items():
            if key not in self._kept and part.control is not None:
                gone.setdefault(clause.ref.anchor, []).append(part.control)
        for clause in self._before:
            for control in gone.get(clause.ref.anchor, ()):
                yield _of_block(What.REMOVED, reach_of(control.kind), clause.ref, control)
            if clause.ref.anchor not in found:
                yield _of_clause(What.REMOVED, clause)


def _clause(old: Clause, new: Clause) -> Iterator[Difference]:
    if old.ref.number != new.ref.number:
        yield _of_clause(What.RENUMBERED, new, old.ref.number, new.ref.number)
    if old.ref.title != new.ref.title:
        yield _of_clause(What.CHANGED, new, old.ref.title, new.ref.title)
    if old.chapter != new.chapter:
        yield _of_clause(What.MOVED, new, old.chapter, new.chapter)
    texts = prose_of(old), prose_of(new)
    if texts[0] != texts[1]:
        yield Difference(
            What.CHANGED, Reach.TEXT, new.ref, "prose", new.ref.anchor, _NOTHING, "", "", texts[0], texts[1]
        )


def _blocks(clauses: Sequence[Clause]) -> Iterator[tuple[_Key, Part, Clause]]:
    """Each block with what it is known by: a record type that its own policy extends has more than one."""
    met: Counter[tuple[str, str]] = Counter()
    for clause in clauses:
        for part in clause.parts:
            if part.control is not None:
                name = part.control.kind, part.control.code
                yield (*name, met[name]), part, clause
                met[name] += 1


def _of_block(
    what: What, reach: Reach, clause: ClauseRef, control: Control, before: str = "", after: str = ""
) -> Difference:
    return Difference(what, reach, clause, control.kind, control.code, control.label, "", "", before, after)


def _text(value: object) -> str:
    return "、".join(value) if isinstance(value, tuple) else str(value)
