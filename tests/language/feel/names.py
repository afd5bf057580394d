"""A small world of names for the tests of expressions: a customer with contracts, and two-sided relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.feel import parse_expression, parse_unary_tests, type_expression, type_unary_tests
from keguan.language.feel.scope import AmbiguousChildren, ChildName, Meaning, ParameterName, RecordName
from keguan.language.feel.typed import InputRef
from keguan.language.feel.types import BOOLEAN, DATE, TEXT, Number, Text
from keguan.language.source import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.feel.scope import Scope
    from keguan.language.feel.typed import Typed
    from keguan.language.feel.types import Type

MONEY, WHOLE, PERCENT = Number(2), Number(0), Number(4)
STATUS = Text(("履行中", "已完成", "已解除"))
KIND = Text(("独立别墅", "同类型物业", "洋房"))
LEVEL = Text(("重大", "较大", "一般"))


@dataclass(frozen=True)
class Names:
    """A scope from a mapping."""

    meanings: Mapping[str, Meaning]

    def find(self, name: str) -> Meaning | None:
        """What the name means here."""
        return self.meanings.get(name)

    def names(self) -> Iterable[str]:
        """Every name."""
        return self.meanings.keys()


_PARAMETERS: dict[str, Meaning] = {"活跃次数": ParameterName("active", WHOLE), "下限": ParameterName("floor", MONEY)}
CONTRACT = Names(
    {
        "合同金额": RecordName("amount", MONEY),
        "合同状态": RecordName("status", STATUS),
        "物业类型": RecordName("kind", KIND),
        "签订日": RecordName("signed_on", DATE),
        "折扣": RecordName("discount", PERCENT),
        "面积": RecordName("area", WHOLE),
        "已付清": RecordName("paid", BOOLEAN),
        "附件": ChildName("attachment", "contract", Names({})),
        **_PARAMETERS,
    }
)
RELATION = Names({"关系": RecordName("relation", TEXT)})
CUSTOMER = Names(
    {
        "购买合同": ChildName("contract", "customer", CONTRACT),
        "客户关系": AmbiguousChildren(
            (
                ("客户甲", ChildName("relation", "customer", RELATION)),
                ("客户乙", ChildName("relation", "other", RELATION)),
            )
        ),
        "累计购买额": RecordName("total", MONEY),
        "购买次数": RecordName("purchases", WHOLE),
        "折扣率": RecordName("rate", PERCENT),
        "姓名": RecordName("name", TEXT),
        "行业影响力": RecordName("influence", LEVEL),
        "有影响": RecordName("influential", BOOLEAN),
        "带动购买": RecordName("leads", BOOLEAN),
        "首次接触日": RecordName("first_contact", DATE),
        "手机": RecordName("phone", TEXT, usable=False),
        **_PARAMETERS,
    }
)


def place(text: str) -> Span:
    """Where a text stands: line 3, column 5 of a policy."""
    return Span("policy.md", 3, 5, 3, 5 + len(text))


def read(text: str, expected: Type | None = None, scope: Scope = CUSTOMER) -> tuple[Typed | None, list[Diagnostic]]:
    """Parse and type an expression."""
    node, found = parse_expression(text, place(text))
    return (None, found) if node is None else type_expression(node, scope, expected)


def typed(text: str, expected: Type | None = None, scope: Scope = CUSTOMER) -> Typed:
    """The typed tree of an expression that has nothing wrong with it."""
    tree, found = read(text, expected, scope)
    assert found == []
    assert tree is not None
    return tree


def read_cell(text: str, kind: Type, scope: Scope = CUSTOMER, column: int = 0) -> tuple[Typed | None, list[Diagnostic]]:
    """Parse and type a cell whose column has the type ``kind``."""
    tests, found = parse_unary_tests(text, place(text))
    return (None, found) if tests is None else type_unary_tests(tests, InputRef(column, kind), scope)


def cell(text: str, kind: Type, scope: Scope = CUSTOMER) -> Typed | None:
    """The typed tree of a cell that has nothing wrong with it."""
    tree, found = read_cell(text, kind, scope)
    assert found == []
    return tree


def marked(text: str, found: Iterable[Diagnostic]) -> list[tuple[str, str]]:
    """The id of each diagnostic and the stretch of ``text`` that it points at."""
    start = place(text).column
    return [(one.id, text[one.span.column - start : one.span.end_column - start]) for one in found]
