"""Models made by hand for the tests of the emitter: a few words instead of a whole policy document."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

from keguan.language.feel import parse_expression, parse_unary_tests, type_expression, type_unary_tests
from keguan.language.feel.scope import ChildName, Meaning, ParameterName, RecordName, ReferenceName
from keguan.language.feel.typed import InputRef, Literal
from keguan.language.feel.types import ATTACHMENT, BOOLEAN, DATE, STAFF, TEXT, Number, Text, Type
from keguan.language.model.model import (
    ClauseRef,
    Decision,
    Fact,
    Field,
    FieldKind,
    HitPolicy,
    InputColumn,
    Label,
    Model,
    OutputColumn,
    Parameter,
    ParameterValue,
    RecordType,
    Rule,
)
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from keguan.language.feel.typed import Typed

NOWHERE = Span("test.md", 1, 1, 1, 1)
CLAUSE = ClauseRef("test", "grade", "第四条", "五级分类")
MONEY = Number(2)
PERCENT = Number(4)
WHOLE = Number(0)
KINDS = {MONEY: FieldKind.MONEY, PERCENT: FieldKind.PERCENT, WHOLE: FieldKind.INTEGER}


@dataclass(frozen=True)
class To:
    """The type of a reference field in ``Draft.record``."""

    target: str


@dataclass
class Draft:
    """Collects declarations in order; ``model()`` freezes them."""

    records: dict[str, dict[str, Type | To]] = field(default_factory=dict)
    computations: dict[str, list[Fact | Decision]] = field(default_factory=dict)
    parameters: dict[str, Parameter] = field(default_factory=dict)

    def record(self, code: str, **fields: Type | To) -> Draft:
        """Declare a record type."""
        self.records[code] = fields
        self.computations[code] = []
        return self

    def parameter(self, code: str, type_: Type, **since: int | str | bool | date) -> Draft:
        """Declare a parameter with values by day, written ``since_2026_01_01=2``."""
        days = {date(*map(int, day.split("_")[1:])): value for day, value in since.items()}
        values = tuple(ParameterValue(day, value, "第四条") for day, value in sorted(days.items()))
        kind = FieldKind.INTEGER
        self.parameters[code] = Parameter(code, Label(code, code), type_, kind, values, CLAUSE, NOWHERE)
        return self

    def fact(self, record_type: str, code: str, type_: Type, text: str | Typed) -> Draft:
        """Declare a fact by FEEL text or by its typed tree."""
        expression = self.typed(record_type, text, type_) if isinstance(text, str) else text
        kind = KINDS.get(type_, FieldKind.TEXT) if isinstance(type_, Number) else FieldKind.TEXT
        words = text if isinstance(text, str) else ""
        label = Label(code, code)
        made = Fact(code, label, kind, type_, record_type, expression, words, "来往", CLAUSE, NOWHERE)
        self.computations[record_type].append(made)
        return self

    def decision(
        self,
        record_type: str,
        code: str,
        inputs: Sequence[str],
        outputs: dict[str, Type],
        rows: Sequence[str],
        hit: HitPolicy = HitPolicy.FIRST,
    ) -> Draft:
        """Declare a table; a row is ``cell | cell -> result | result``."""
        typed = [self.typed(record_type, text) for text in inputs]
        rules = []
        for number, row in enumerate(rows, start=1):
            given, _, results = row.partition("->")
            cells = tuple(cell.strip() for cell in given.split(" | "))
            references = [InputRef(index, each.type) for index, each in enumerate(typed)]
            tests = tuple(self.tests(record_type, *pair) for pair in zip(cells, references, strict=True))
            values = zip(results.split(" | "), outputs.values(), strict=True)
            rules.append(
                Rule(number, tests, cells, tuple(self._result(record_type, *pair) for pair in values), NOWHERE)
            )
        columns = tuple(InputColumn(text, each, NOWHERE) for text, each in zip(inputs, typed, strict=True))
        self.table(record_type, code, hit, columns, outputs, rules)
        return self

    def table(
        self,
        record_type: str,
        code: str,
        hit: HitPolicy,
        inputs: Sequence[InputColumn],
        outputs: dict[str, Type],
        rules: Iterable[Rule],
    ) -> Draft:
        """Declare a table from its parts."""
        results = tuple(OutputColumn(o, Label(o, o), FieldKind.TEXT, t, NOWHERE) for o, t in outputs.items())
        label = Label(code, code)
        self.computations[record_type].append(
            Decision(code, label, record_type, hit, tuple(inputs), results, tuple(rules), "等级", CLAUSE, NOWHERE)
        )
        return self

    def _result(self, record_type: str, text: str, type_: Type) -> Typed:
        return Literal(None, type_) if text.strip() == "-" else self.typed(record_type, text.strip(), type_)

    def typed(self, record_type: str, text: str, type_: Type | None = None) -> Typed:
        """The typed tree of an expression over a record type."""
        node, found = parse_expression(text, NOWHERE)
        assert node is not None, [each.message() for each in found]
        typed, found = type_expression(node, Reach(self, record_type), type_)
        assert typed is not None, [each.message() for each in found]
        return typed

    def tests(self, record_type: str, cell: str, reference: InputRef) -> Typed | None:
        """The typed test of a cell."""
        tests, found = parse_unary_tests(cell, NOWHERE)
        assert tests is not None, [each.message() for each in found]
        typed, found = type_unary_tests(tests, reference, Reach(self, record_type))
        assert not found, [each.message() for each in found]
        return typed

    def model(self) -> Model:
        """The model; record types are computed in the order of their declaration."""
        return Model(
            policies={},
            record_types={code: _record_type(code, fields) for code, fields in self.records.items()},
            facts={},
            decisions={each.code: each for made in self.computations.values() for each in made if _is_table(each)},
            computations={code: tuple(made) for code, made in self.computations.items()},
            computation_order=tuple(self.records),
            parameters=self.parameters,
            roles={},
        )


@dataclass(frozen=True)
class Reach:
    """Names in reach of an expression over a record type of a draft. Children are named by their record type."""

    draft: Draft
    record_type: str

    def find(self, name: str) -> Meaning | None:
        """A field, computed value, parameter or child record type by code."""
        fields = self.draft.records[self.record_type]
        if name in fields:
            found = fields[name]
            if isinstance(found, To):
                return ReferenceName(name, found.target, Reach(self.draft, found.target))
            return RecordName(name, found)
        for computed in self.draft.computations[self.record_type]:
            outputs = {o.code: o.type for o in computed.outputs} if isinstance(computed, Decision) else {}
            types = outputs or {computed.code: computed.type} if isinstance(computed, Fact) else outputs
            if name in types:
                return RecordName(name, types[name])
        if name in self.draft.parameters:
            return ParameterName(name, self.draft.parameters[name].type)
        for via, type_ in self.draft.records.get(name, {}).items():
            if isinstance(type_, To) and type_.target == self.record_type:
                return ChildName(name, via, Reach(self.draft, name))
        return None

    def names(self) -> Iterable[str]:
        """The fields."""
        return self.draft.records[self.record_type]


def _is_table(computed: Fact | Decision) -> bool:
    return isinstance(computed, Decision)


def _record_type(code: str, fields: dict[str, Type | To]) -> RecordType:
    made = tuple(_field(name, type_) for name, type_ in fields.items())
    label = Label(code, code)
    return RecordType(code, label, CLAUSE, made, made[0].code, (), (), (), None, False, None, False, NOWHERE)


def _field(code: str, type_: Type | To) -> Field:
    label = Label(code, code)
    if isinstance(type_, To):
        kind = FieldKind.REFERENCE
        return Field(code, label, kind, WHOLE, False, "身份", False, CLAUSE, NOWHERE, target=type_.target)
    return Field(code, label, _kind(type_), type_, False, "身份", False, CLAUSE, NOWHERE)


def _kind(type_: Type) -> FieldKind:
    if isinstance(type_, Number):
        return KINDS.get(type_, FieldKind.NUMBER)
    if isinstance(type_, Text):
        return FieldKind.TEXT if type_.choices is None else FieldKind.CHOICE
    if type_ == ATTACHMENT:
        return FieldKind.ATTACHMENT
    if type_ == STAFF:
        return FieldKind.STAFF
    return FieldKind.DATE if type_ == DATE else FieldKind.BOOLEAN


def grading(threshold: str = "800万") -> Draft:
    """S25's five-level grading, as the property developer's pack has it."""
    draft = Draft()
    kinds = ("独立别墅", "同类型物业", "洋房", "公寓", "商铺", "车位")
    draft.record(
        "purchase_contract",
        number=TEXT,
        customer=To("customer"),
        amount=MONEY,
        status=Text(("履行中", "已完成", "已解除")),
        property_kind=Text(kinds),
    )
    draft.record("attendance", kind=TEXT, customer=To("customer"))
    draft.record(
        "customer",
        name=TEXT,
        intends=BOOLEAN,
        field_influence=Text(("重大", "较大", "一般")),
        company_influence=Text(("有一定影响", "一般")),
        public_office=BOOLEAN,
        leads_others=BOOLEAN,
    )
    draft.parameter("active_attendance", WHOLE, since_2026_01_01=2)
    standing = 'purchase_contract[status != "已解除"]'
    villa = f'count({standing[:-1]} and property_kind = "独立别墅"]) > 0'
    similar = f'count({standing[:-1]} and property_kind in ("独立别墅", "同类型物业")]) > 0'
    draft.fact("customer", "total_purchase", MONEY, f"sum({standing}.amount)")
    draft.fact("customer", "purchases", WHOLE, f"count({standing})")
    draft.fact("customer", "owns_villa", BOOLEAN, villa)
    draft.fact("customer", "owns_similar", BOOLEAN, similar)
    draft.fact("customer", "attendances", WHOLE, "count(attendance)")
    draft.fact("customer", "active_in_events", BOOLEAN, "attendances >= active_attendance")
    influence = 'field_influence = "重大" or company_influence = "有一定影响"'
    draft.fact("customer", "influential", BOOLEAN, influence)
    notable = 'public_office = true or field_influence in ("重大", "较大")'
    draft.fact("customer", "notable", BOOLEAN, notable)
    inputs = "total_purchase purchases owns_villa owns_similar influential leads_others notable intends"
    rows = (
        '>= 5000万 | - | - | - | - | - | - | - | - -> "A" | "钻石卡"',
        '- | - | true | - | true | - | - | - | - -> "A" | "钻石卡"',
        '- | - | - | true | - | true | - | - | - -> "A" | "钻石卡"',
        '- | - | - | true | - | - | - | - | - -> "B" | "铂金卡"',
        f'>= {threshold} | - | - | - | - | - | - | - | - -> "B" | "铂金卡"',
        '- | > 0 | - | - | - | - | true | - | - -> "B" | "铂金卡"',
        '- | > 0 | - | - | - | - | - | - | - -> "C" | "金卡"',
        '- | - | - | - | - | - | - | true | - -> "D" | -',
        '- | - | - | - | - | - | - | - | true -> "D" | -',
        '- | - | - | - | - | - | - | - | - -> "E" | -',
    )
    outputs: dict[str, Type] = {"grade": TEXT, "card": TEXT}
    draft.decision("customer", "customer_grade", [*inputs.split(), "active_in_events"], outputs, rows)
    return draft
