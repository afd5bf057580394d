"""How text becomes a tree: what binds tighter, what spellings mean the same, and where each part stands."""

from __future__ import annotations

import pytest

from keguan.language.feel import nodes, parse_expression, parse_unary_tests
from keguan.language.feel.typed import InputRef, Literal
from keguan.language.feel.types import NULL, TEXT
from keguan.language.source import Span
from tests.language.feel.names import LEVEL, MONEY, WHOLE, cell, place, typed


@pytest.mark.parametrize(
    ("loose", "bracketed"),
    [
        ("1 + 2 * 3", "1 + (2 * 3)"),
        ("1 - 2 - 3", "(1 - 2) - 3"),
        ("8 / 4 * 2", "(8 / 4) * 2"),
        ("-购买次数 * 2", "(-购买次数) * 2"),
        ("1 + 2 > 购买次数", "(1 + 2) > 购买次数"),
        ("有影响 or 带动购买 and 购买次数 = 1", "有影响 or (带动购买 and (购买次数 = 1))"),
        ("not 购买次数 = 1", "not(购买次数 = 1)"),
        ("not 有影响 and 带动购买", "(not(有影响)) and 带动购买"),
        ("not(有影响) and 带动购买", "(not(有影响)) and 带动购买"),
        ("购买次数 in (1, 2) and 有影响", "(购买次数 in (1, 2)) and 有影响"),
        ("购买次数 between 1 + 1 and 2 + 2 or 有影响", "(购买次数 between (1 + 1) and (2 + 2)) or 有影响"),
        ("if 有影响 then 1 else 2 + 3", "if 有影响 then 1 else (2 + 3)"),
        ("(1 + 购买次数) * 2 in (3)", "((1 + 购买次数) * 2) in (3)"),
    ],
)
def test_operators_bind_as_in_feel(loose: str, bracketed: str) -> None:
    """An expression without brackets has the tree of the one that has them all."""
    assert typed(loose) == typed(bracketed)


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("（累计购买额　＞＝　５０００万）且（有影响）", "(累计购买额 >= 50000000) and (有影响)"),
        ("姓名 = “林晓”", '姓名 = "林晓"'),
        ("姓名 = 「林晓」", '姓名 = "林晓"'),
        ("姓名 ＝ ＂林晓＂", '姓名 = "林晓"'),
        ("购买次数 ≥ 3 或 购买次数 ≠ 5", "购买次数 >= 3 or 购买次数 != 5"),
        ("购买次数 属于（1、2、3）", "购买次数 in (1, 2, 3)"),
        ("购买次数 in [1…3]", "购买次数 in [1..3]"),
        ("购买次数 − 1 × 2 ÷ 4", "购买次数 - 1 * 2 / 4"),
        ("如果 有影响 那么 是 否则 否", "if 有影响 then true else false"),
        ("姓名 = 空", "姓名 = null"),
        ("非 有影响 或者 带动购买 并且 有影响", "not 有影响 or 带动购买 and 有影响"),
        ('首次接触日 > 日期("2026-01-31")', '首次接触日 > @"2026-01-31"'),
        ("首次接触日 < 今天()", "首次接触日 < today()"),
        ("合计(购买合同.合同金额)", "sum(购买合同.合同金额)"),
        ("购买次数 in ]1..3[", "购买次数 in (1..3)"),
        ("count(客户关系(客户乙))", "count(客户关系(other))"),
        ("累计购买额 > 3百万元", "累计购买额 > 3000000"),
        ("累计购买额 > .5", "累计购买额 > 0.50"),
    ],
)
def test_every_spelling_has_one_meaning(written: str, plain: str) -> None:
    """Chinese words and punctuation mean exactly what FEEL's own do."""
    assert typed(written) == typed(plain)


def test_text_keeps_what_stands_between_its_quotes() -> None:
    """Full-width characters, curly quotes inside straight ones and escapes come through as they are meant."""
    assert typed('"所谓“重要”，１"') == Literal("所谓“重要”，１", TEXT)
    assert typed(r'"a\"b\\c\n\u4e91"') == Literal('a"b\\c\n云', TEXT)
    assert typed("null") == Literal(None, NULL)


def test_every_node_knows_its_place() -> None:
    """The spans of a tree are the stretches of the text that each part was read from."""
    text = "（购买次数 + 1） in [1..3]"
    node, _ = parse_expression(text, place(text))
    assert isinstance(node, nodes.InNode)
    assert isinstance(node.test, nodes.RangeTest)
    assert (node.value.span, node.test.span) == (place("").within(1, 8), place("").within(14, 6))
    assert node.test.high.span == Span("policy.md", 3, 23, 3, 24)


@pytest.mark.parametrize("text", ["-", " - ", "—", "——", "－"])
def test_a_dash_asks_for_nothing(text: str) -> None:
    """A lone dash, however it was typed, is the test that every value passes."""
    tests, found = parse_unary_tests(text, place(text))
    assert (tests, found) == (nodes.UnaryTests(True, (), place(text)), [])
    assert cell(text, WHOLE) is None


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("5", "? = 5"),
        ("-5", "? = -5"),
        ("> 5", "? > 5"),
        ("> 活跃次数 * 2", "? > 活跃次数 * 2"),
        ("1, 3, > 5", "? in (1, 3, > 5)"),
        ("[1..5)", "? >= 1 and ? < 5"),
        ("]1..5]", "? > 1 and ? <= 5"),
        ("[1..2], [4..5]", "? in ([1..2], [4..5])"),
        ("not(1, 2)", "not(? in (1, 2))"),
        ("not(> 5)", "not(? > 5)"),
        ("null", "? = null"),
        ("not(null)", "not(? = null)"),
        ("(1 + 2) * 3", "? = (1 + 2) * 3"),
        ("(1 + 2)", "? = 1 + 2"),
        ("? > 1 and ? < 5", "(? > 1) and (? < 5)"),
        ("(? > 1) and (? < 5)", "(? > 1) and (? < 5)"),
        ("if 活跃次数 > 1 then 2 else 3", "? = (if 活跃次数 > 1 then 2 else 3)"),
    ],
)
def test_a_cell_is_a_condition_on_its_column(text: str, meant: str) -> None:
    """Each form of a cell is short for a condition in which ``?`` is the column's value."""
    assert cell(text, WHOLE) == cell(meant, WHOLE)
    assert cell(text, WHOLE) is not None


def test_numbers_in_a_cell_take_the_scale_of_the_column() -> None:
    """A plain number in a money column is in fen."""
    tree = cell(">= 5000万", MONEY)
    assert tree is not None
    assert (tree.left, tree.right) == (InputRef(0, MONEY), Literal(5_000_000_000, MONEY))  # type: ignore[union-attr]


def test_text_in_a_choice_cell_must_be_a_choice() -> None:
    """A cell that names real choices is accepted as it is."""
    assert cell('"重大", "较大"', LEVEL) == cell('? = "重大" or ? = "较大"', LEVEL)


NAMES = frozenset({"Monthly Payment", "a-b", "a", "b", "total cost / unit", "Loan amount", "in stock"})


def names_in(text: str) -> list[str]:
    """The names in a tree, in reading order."""
    tree, found = parse_expression(text, place(text), NAMES)
    assert found == []
    assert tree is not None
    read, waiting = [], [tree]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, nodes.NameNode):
            read.append(node.name)
        waiting = [*nodes.parts(node), *waiting]  # type: ignore[assignment]  # tests are walked as well
    return read


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Monthly   Payment + 1", ["Monthly Payment"]),
        ("a-b", ["a-b"]),
        ("a - b", ["a", "b"]),
        ("total cost / unit * 2", ["total cost / unit"]),
        ("in stock and a in (b, 1)", ["in stock", "a", "b"]),
        ("for the item in [1, 2] return the item + a", ["the item", "a"]),
        ("every first one in [1], x y in [2] satisfies first one < x y", ["first one", "x y"]),
        ("(function(net amount, b: number) net amount * b)(1, 2)", ["net amount", "b"]),
        ("{unit price: 3, total: unit price * a}", ["unit price", "a"]),
        ("1 + /* a */ 2 // b", []),
        ("return + satisfies + 存在", ["return", "satisfies", "存在"]),
    ],
)
def test_a_name_may_have_several_words(text: str, names: list[str]) -> None:
    """The longest name in reach is read as one, and so is a name that the expression itself gives."""
    assert names_in(text) == names


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("存在 x 属于 购买合同 满足 x.已付清", "some x in 购买合同 satisfies x.已付清"),
        ("每个 x 属于 [1, 2] 满足 x > 购买次数", "every x in [1, 2] satisfies x > 购买次数"),
        ("合计(对于 i 属于 1..3 返回 i * 购买次数)", "sum(for i in 1..3 return i * 购买次数)"),
        ("(函数(x) x + 1)(购买次数)", "(function(x) x + 1)(购买次数)"),
        ("购买次数 属于类型 数字", "购买次数 instance of number"),
        ("首次接触日 + 3天", '首次接触日 + @"P3D"'),
        ("首次接触日 + 1.5小时", '首次接触日 + @"PT1H30M"'),
        ("首次接触日 + 2个季度", '首次接触日 + duration("P6M")'),
        ("首次接触日 + 2周", "首次接触日 + 14天"),
        ("购买次数 > 1.5e3", "购买次数 > 1500"),
        ("购买次数 > 25e-2", "购买次数 > 0.25"),
        ("string length(string: 姓名)", "文本长度(姓名)"),
        ('date and time(首次接触日, @"09:00:00")', '日期时间(首次接触日, time("09:00:00"))'),
        ("购买次数 in ([1..3], (4..5))", "购买次数 in ([1..3], ]4..5[)"),
        ("购买次数 in [[1..3], [5..6]]", "购买次数 in ([1..3], [5..6])"),
        ("2 ** 3 ** 2 > 购买次数", "(2 ** 3) ** 2 > 购买次数"),
    ],
)
def test_loops_functions_and_durations_have_two_spellings(written: str, plain: str) -> None:
    """Chinese words, units of time and FEEL's own forms mean the same."""
    assert typed(written) == typed(plain)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("[1, 2]", nodes.ListNode), ("[]", nodes.ListNode), ('{a: 1, "b c": 2}', nodes.ContextNode),
        ("[1..3)", nodes.RangeNode), ("]1..3]", nodes.RangeNode), ("(< 5)", nodes.RangeNode),
        ("for x in a return x", nodes.ForNode), ("some x in a, y in b satisfies x = y", nodes.QuantifiedNode),
        ('function(a: list<number>, b) external {java: {class: "A"}}', nodes.FunctionNode),
        ("a instance of context<x: number, y: date and time>", nodes.InstanceNode), ("f(1)(2)", nodes.ApplyNode),
        ("a.b.c(1)", nodes.ApplyNode), ("f(x: 1, y: 2)", nodes.CallNode), ('@"P1Y"', nodes.AtNode),
        ('@"2026-01-31"', nodes.DateNode), ("[1, 2, 3][item > 1]", nodes.FilterNode),
    ],
)  # fmt: skip
def test_the_whole_grammar_of_feel_is_read(text: str, kind: type) -> None:
    """Every construct has its node, whether or not a policy may use it."""
    tree, found = parse_expression(text, place(text))
    assert (type(tree), found) == (kind, [])
