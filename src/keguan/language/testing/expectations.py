"""应为: exact values, the clause and row a decision rests on, what is still missing, how many records there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.explain import explain
from keguan.language.markdown.document import Written
from keguan.language.markdown.numerals import clause_number
from keguan.language.markdown.yaml_tree import Items
from keguan.language.model.lookup import Item, items
from keguan.language.model.model import Decision, FieldKind
from keguan.language.model.naming import rule_column
from keguan.language.model.values import show_value
from keguan.language.testing.basis import BASIS, REASON, place, place_words, read_basis, rests_on
from keguan.language.testing.metric_example import METRIC, judge_metric
from keguan.language.testing.names import Problem, first
from keguan.language.testing.result import Failure
from keguan.language.testing.table_example import DECISION, judge_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from keguan.language.markdown.yaml_tree import Mapping as Pairs
    from keguan.language.markdown.yaml_tree import Tree
    from keguan.language.model.model import RecordType
    from keguan.language.model.values import Value
    from keguan.language.source import Span
    from keguan.language.testing.names import Names
    from keguan.language.testing.world import Stored, World

COUNTS = frozenset({"记录数", "counts"})
MISSING = frozenset({"待补", "missing"})


def judge(item: Pairs, world: World, names: Names, language: str) -> Iterator[Failure]:
    """The expectations of one item that are not met, in words of ``zh`` or ``en``. Raises ``Problem``."""
    (key, value), rest = first(item)
    if key.text in COUNTS:
        yield from _counts(value, world, names, language)
        return
    if key.text in DECISION:
        yield from judge_table(value, rest, world, names, language)
        return
    if key.text in METRIC:
        yield from judge_metric(value, rest, world, names, language)
        return
    record_type = names.record_type(key)
    stored = names.record(record_type, value, world)
    judge_ = _Judge(world, names, record_type, stored, [written.text for written, _ in rest], language)
    for name, expected in rest:
        yield from judge_.one(name, expected)


def _counts(value: Tree, world: World, names: Names, language: str) -> Iterator[Failure]:
    for key, expected in names.mapping(value).pairs:
        record_type = names.record_type(key)
        got = sum(1 for _ in world.of(record_type.code))
        if not isinstance(expected, Written) or not expected.text.isdecimal():
            raise names.shape(expected, "一个数", "a number")
        if got != int(expected.text):
            label = record_type.label.text(language)
            given = f"{label}的条数" if language == "zh" else f"Number of {label}"
            clause = record_type.clause.number
            yield Failure(expected.span, given, expected.text, str(got), clause, "", language)


class _Judge:
    """The expectations about one record."""

    def __init__(
        self,
        world: World,
        names: Names,
        record_type: RecordType,
        stored: Stored,
        mentioned: Sequence[str],
        language: str,
    ) -> None:
        self._world = world
        self._names = names
        self._record_type = record_type
        self._stored = stored
        self._mentioned = mentioned
        self._language = language
        self._zh = language == "zh"

    def one(self, name: Written, expected: Tree) -> Iterator[Failure]:
        if name.text in BASIS:
            yield from self._basis(expected)
        elif name.text in REASON:
            yield from self._reason(expected)
        elif name.text in MISSING:
            yield from self._missing(expected)
        elif (child := self._child(name)) is not None:
            yield from self._children(child, name, expected)
        else:
            yield from self._value(name, expected)

    def _child(self, name: Written) -> RecordType | None:
        """The child record type of this name, unless the record itself has something of the name."""
        own = {
            text
            for item in items(self._names.model, self._record_type.code).values()
            for text in (item.code, item.label.zh)
        }
        return None if name.text in own else self._names.find_type(name.text)

    def _fail(self, span: Span, expected: str, got: str, clause: str, why: str = "") -> Failure:
        title = self._world.title(self._stored) or str(self._stored.id)
        label, day = self._record_type.label.text(self._language), self._world.today.isoformat()
        given = f"{label}“{title}”（{day}）" if self._zh else f"{label} “{title}” ({day})"
        return Failure(span, given, expected, got, clause, why, self._language)

    def _value(self, name: Written, expected: Tree) -> Iterator[Failure]:
        item = self._names.item(self._record_type, name, computed=True)
        wanted = self._names.value(self._record_type, item, expected, self._world)
        got = self._stored.all.get(item.code)
        if wanted == got:
            return
        clause, why = self._source(item.code)
        label = item.label.text(self._language)
        yield self._fail(expected.span, f"{label} {self._shown(item, wanted)}", self._shown(item, got), clause, why)

    def _shown(self, item: Item, value: Value) -> str:
        if item.kind in (FieldKind.REFERENCE, FieldKind.PERIOD):
            target = self._record_type.field(item.code).target or ""
            found = self._world.by_id(target, value)
            value = self._world.title(found) if found else None
        return show_value(value, item.type, item.kind, self._language)

    def _source(self, code: str) -> tuple[str, str]:
        """The clause that says what a field, fact or outcome is, and how it came about."""
        decision = self._decision_of(code)
        if decision is not None:
            return decision.clause.number, self._why(decision)
        for fact in self._names.model.facts.get(self._record_type.code, ()):
            if fact.code == code:
                return fact.clause.number, f"算法：{fact.text}" if self._zh else f"Formula: {fact.text}"
        return self._record_type.field(code).clause.number, ""

    def _decisions(self) -> list[Decision]:
        decisions = self._names.model.decisions.values()
        return [decision for decision in decisions if decision.record_type == self._record_type.code]

    def _decision_of(self, code: str) -> Decision | None:
        for decision in self._decisions():
            if any(output.code == code for output in decision.outputs):
                return decision
        return None

    def _why(self, decision: Decision, language: str = "") -> str:
        rule = self._stored.computed[rule_column(decision.code)]
        inputs = self._world.inputs(self._stored, decision.code)
        known = rule if isinstance(rule, int | str) else None
        spoken = language or self._language
        return explain(self._names.model, decision.code, known, inputs, spoken, on=self._world.today).sentence

    def _basis(self, expected: Tree) -> Iterator[Failure]:
        clause, wanted_rows = read_basis(expected, self._names)
        decision = self._decision_in(clause, expected)
        rules = str(self._stored.computed[rule_column(decision.code)] or "")
        came = place(decision, rules)
        if not rests_on(came, clause, wanted_rows):
            written = expected.text if isinstance(expected, Written) else wanted_rows
            wanted = "".join(written.split()) if self._zh else written
            got = place_words(came, self._language)
            yield self._fail(expected.span, wanted, got, came[0], self._why(decision))

    def _reason(self, expected: Tree) -> Iterator[Failure]:
        """The sentence that explains the outcome which is expected beside it, in either language."""
        decision = next((found for name in self._mentioned if (found := self._decision_named(name))), None)
        if decision is None:
            raise self._names.shape(expected, "和一个判定结果写在一起的理由", "a reason beside a decision's result")
        why, wanted = self._why(decision), expected.text if isinstance(expected, Written) else ""
        if wanted not in (self._why(decision, "zh"), self._why(decision, "en")):
            yield self._fail(expected.span, wanted.rstrip("。."), why.rstrip("。."), decision.clause.number)

    def _decision_named(self, name: str) -> Decision | None:
        """The decision that has a result of this label or code."""
        for decision in self._decisions():
            if any(name in (output.code, output.label.zh) for output in decision.outputs):
                return decision
        return None

    def _decision_in(self, clause: int, expected: Tree) -> Decision:
        """The decision of a clause; of several the one whose outcome is expected beside it."""
        found = []
        for decision in self._decisions():
            places = (decision.clause, *(each.clause for each in decision.exceptions))
            numbers = [number[1] for each in places if (number := clause_number(each.number)) is not None]
            if clause in numbers:
                found.append(decision)
        for decision in found:
            named = {text for output in decision.outputs for text in (output.code, output.label.zh)}
            if named & set(self._mentioned):
                return decision
        if not found:
            label = self._record_type.label.zh
            text = expected.text.split()[0] if isinstance(expected, Written) else ""
            self._names.findings.add(entries.NO_DECISION, expected.span, clause=text, record_type=label)
            raise Problem
        return found[0]

    def _missing(self, expected: Tree) -> Iterator[Failure]:
        written = self._list(expected)
        items_ = [self._names.item(self._record_type, each, computed=False) for each in written]
        wanted = {item.label.text(self._language) for item in items_}
        fields = self._world.missing(self._stored)
        got = {field.label.text(self._language) for field in fields}
        if wanted != got:
            named = dict.fromkeys(field.clause.number for field in fields) or [self._record_type.clause.number]
            word = "待补" if self._zh else "missing "
            yield self._fail(expected.span, word + self._listed(wanted), word + self._listed(got), "、".join(named))

    def _children(self, child: RecordType, name: Written, expected: Tree) -> Iterator[Failure]:
        via = self._names.link(child, self._record_type, name)
        wanted = sorted(each.text for each in self._list(expected))
        found = self._world.children_of(self._stored, child.code, via)
        got = sorted(self._world.title(stored) for stored in found)
        if wanted != got:
            label = child.label.zh if self._zh else f"{child.label.en} "
            texts = [label + self._listed(each) for each in (wanted, got)]
            yield self._fail(expected.span, texts[0], texts[1], child.clause.number)

    def _list(self, expected: Tree) -> list[Written]:
        if isinstance(expected, Written) and expected.text in ("", "无", "none"):
            return []
        if isinstance(expected, Items) and all(isinstance(each, Written) for each in expected.items):
            return [each for each in expected.items if isinstance(each, Written)]
        raise self._names.shape(expected, "用方括号写的列表，如 [甲, 乙]", "a list in brackets such as [a, b]")

    def _listed(self, names: Iterable[str]) -> str:
        found = sorted(names)
        if self._zh:
            return f"“{'、'.join(found)}”" if found else "无"
        return f"“{', '.join(found)}”" if found else "none"
