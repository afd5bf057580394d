"""Every mistake in an expression has its own sentence, at the exact place."""

from __future__ import annotations

import re

import pytest

from keguan.language import api
from keguan.language.feel.types import BOOLEAN, DATE, TEXT, Type
from tests.language.feel.names import CONTRACT, LEVEL, MONEY, WHOLE, marked, read, read_cell

ELSEWHERE = {
    *("K1065", "K1066", "K1067"),  # ranges and choices in words: tests/language/expressions/bad/ranges_in_words.md
    "K1071",  # attachments: tests/language/records/bad/attachment.md
    *("K1068", "K1069", "K1070"),  # references: tests/language/expressions/bad/parents.md
}
EXPRESSIONS = [
    ("累计购买额 # 3", None, "K1001", "#"),
    ("姓名 = '林晓'", None, "K1001", "'"),
    ("购买次数 == 3", None, "K1002", "=="),
    ("购买次数 <> 3", None, "K1002", "<>"),
    ("有影响 && 带动购买", None, "K1002", "&&"),
    ("!有影响", None, "K1002", "!"),
    ('姓名 = "林晓', None, "K1003", '"林晓'),
    ('姓名 = "林晓”', None, "K1003", '"林晓”'),
    ('姓名 = "林\\q"', None, "K1004", "\\q"),
    ("购买次数 > 3次", None, "K1005", "次"),
    ("累计购买额 >= 8,000,000", None, "K1006", "8,000,000"),
    ('首次接触日 > @"2026-02-30"', None, "K1007", '@"2026-02-30"'),
    ("首次接触日 > @2026", None, "K1007", "@"),
    ('首次接触日 > date("明天")', None, "K1007", '"明天"'),
    ("首次接触日 > date(2026, 2, 30)", None, "K1007", "30"),
    ("首次接触日 > date(购买次数)", None, "K1018", "购买次数"),
    ("购买次数 购买次数", None, "K1008", "购买次数"),
    ("(购买次数 + )", None, "K1008", ")"),
    ("购买次数 1..5", None, "K1008", "1"),
    ("累计购买额 in 1..5", None, "K1008", ".."),
    ("购买次数 +", None, "K1009", ""),
    ("(购买次数", None, "K1009", ""),
    ("if 有影响 then 1", None, "K1009", ""),
    ("购买次数 between 1", None, "K1009", ""),
    ("", None, "K1010", ""),
    ("　", None, "K1010", ""),
    ("(" * 70 + "1" + ")" * 70, None, "K1011", "("),
    ("1 < 购买次数 < 5", None, "K1012", "<"),
    ("(!= 3)", None, "K1012", "!="),
    ("有影响或带动购买", None, "K1013", "有影响或带动购买"),
    ("购买次数 /* 次", None, "K1014", "/* 次"),
    ("today() > 首次接触日 + 3工作日", None, "K1015", "3工作日"),
    ("首次接触日 + 1.5个月", None, "K1016", "1.5个月"),
    ('首次接触日 + duration("3天")', None, "K1016", '"3天"'),
    ('首次接触日 + duration("P")', None, "K1016", '"P"'),
    ('@"25:00:00"', None, "K1017", '@"25:00:00"'),
    ('time("9点")', None, "K1017", '"9点"'),
    ('date and time("2026-01-01T99:00:00")', None, "K1017", '"2026-01-01T99:00:00"'),
    ("time(25, 0, 0)", None, "K1017", "25"),
    ("date(姓名)", None, "K1018", "姓名"),
    ("duration(姓名)", None, "K1018", "姓名"),
    ("口碑", None, "K1020", "口碑"),
    ("累计购卖额 > 3", None, "K1021", "累计购卖额"),
    ("首次接触日 < today", None, "K1021", "today"),
    ('手机 = "13900000001"', None, "K1022", "手机"),
    ("购买合同 > 3", None, "K1024", "购买合同"),
    ("购买合同.合同金额 > 3", None, "K1024", "购买合同.合同金额"),
    ("客户关系(客户甲)", None, "K1024", "客户关系(客户甲)"),
    ("count(购买次数)", None, "K1025", "购买次数"),
    ("活跃次数[1]", None, "K1025", "活跃次数"),
    ("sum(购买次数)", None, "K1025", "购买次数"),
    ("count(1 + 2)", None, "K1025", "1 + 2"),
    ("count(客户关系)", None, "K1026", "客户关系"),
    ("count(客户关系(客户丙))", None, "K1026", "客户关系(客户丙)"),
    ("sum(购买合同)", None, "K1027", "购买合同"),
    ("count(购买合同[count(附件) > 0])", None, "K1028", "count(附件)"),
    ("count(购买合同[some x in 附件 satisfies true])", None, "K1028", "附件"),
    ("average(购买次数)", None, "K1029", "average"),
    ("today(1)", None, "K1030", "today(1)"),
    ("count()", None, "K1030", "count()"),
    ("count(1, 2)", None, "K1030", "count(1, 2)"),
    ("max(购买次数,2,3,4,5,6,7,8,9)", None, "K1030", "max(购买次数,2,3,4,5,6,7,8,9)"),
    ("substring(姓名)", None, "K1030", "substring(姓名)"),
    ("(function(x) x)(1, 2)", None, "K1030", "function(x) x)(1, 2)"),
    ("? > 3", None, "K1031", "?"),
    ("{k: count(购买合同), s: count(购买合同[面积 > k])}.s", None, "K1032", "k"),
    ("{k: [1, sum(购买合同.面积)], s: sum(for c in 购买合同 return k[1])}.s", None, "K1032", "k"),
    ("{k: 购买合同, s: count(购买合同[some x in k satisfies true])}.s", None, "K1032", "k"),
    ("list contains(购买合同.合同金额, sum(购买合同.合同金额))", None, "K1032", "sum(购买合同.合同金额)"),
    ('count(购买合同[手机 = "1"])', None, "K1022", "手机"),
    ('sum(for c in 购买合同 return if 手机 = "1" then 1 else 0)', None, "K1022", "手机"),
    ("count(购买合同[客户关系 > 1])", None, "K1028", "客户关系"),
    ("sum(购买合同.购买次数)", None, "K1021", "购买次数"),
    ("sum(for c in 购买合同 return c.购买次数)", None, "K1021", "购买次数"),
    ("sum(for c in 购买合同 return 面积)", None, "K1021", "面积"),
    ('matches(姓名, "林.*")', None, "K1033", "matches"),
    ("now()", None, "K1033", "now"),
    ("sort([2, 1])", None, "K1033", "sort"),
    ("{f: 3}.f(1)", None, "K1034", "{f: 3}.f"),
    ("substring(text: 姓名, start position: 1)", None, "K1035", "substring(text: 姓名, start position: 1)"),
    ("首次接触日.天", None, "K1036", "天"),
    ("{a: 1}.b", None, "K1036", "b"),
    ("姓名.长度 = 3", None, "K1037", "长度"),
    ("sum(活跃次数.值)", None, "K1037", "值"),
    ("购买次数 instance of 整数", None, "K1038", "购买次数 instance of 整数"),
    ("some c in 购买合同, d in 购买合同 satisfies true", None, "K1039", "d in 购买合同"),
    ("累计购买额", BOOLEAN, "K1040", "累计购买额"),
    ("有影响 and 购买次数", None, "K1040", "购买次数"),
    ('购买次数 + "3"', None, "K1040", '"3"'),
    ("count(购买合同[合同金额])", None, "K1040", "合同金额"),
    ("购买次数 = 有影响", None, "K1041", "有影响"),
    ('累计购买额 > "5000万"', None, "K1041", '"5000万"'),
    ("有影响 > false", None, "K1042", "false"),
    ('行业影响力 > "一般"', None, "K1042", '"一般"'),
    ("购买次数 > null", None, "K1042", "null"),
    ("首次接触日 > 2026-01-01", None, "K1043", "2026-01-01"),
    ('"2026-01-01" < 首次接触日', None, "K1043", "首次接触日"),
    ('行业影响力 = "省级"', None, "K1044", '"省级"'),
    ('行业影响力 in ("重大", "较 大")', None, "K1045", '"较 大"'),
    ('"极大"', LEVEL, "K1045", '"极大"'),
    ("1.005", MONEY, "K1046", "1.005"),
    ("if 有影响 then 0.001 else 1", MONEY, "K1046", "0.001"),
    ("购买次数 > 0.123456789", None, "K1046", "0.123456789"),
    ("累计购买额 > 1000000000亿", None, "K1047", "1000000000亿"),
    ("累计购买额 > " + "9" * 50, None, "K1047", "9" * 50),
    ('if 有影响 then 1 else "无"', None, "K1048", 'if 有影响 then 1 else "无"'),
    ("累计购买额 in [5..1]", None, "K1049", "[5..1]"),
    ("购买次数 in (3..3)", None, "K1049", "(3..3)"),
    ("购买次数 in [3..2.5]", None, "K1049", "[3..2.5]"),
    ("sum(购买合同.签订日)", None, "K1050", "签订日"),
    ("max(购买合同.物业类型)", None, "K1050", "物业类型"),
    ("max(姓名, 姓名)", None, "K1050", "姓名"),
    ("max(购买次数, 首次接触日)", None, "K1050", "首次接触日"),
    ("count(购买合同.合同金额)", None, "K1051", "合同金额"),
    ("today() - 首次接触日 > 30", None, "K1052", "30"),
    ("首次接触日 + 30", None, "K1052", "30"),
    ('首次接触日 < @"2026-01-01T00:00:00"', None, "K1053", '@"2026-01-01T00:00:00"'),
    ("首次接触日 + 首次接触日", None, "K1054", "首次接触日 + 首次接触日"),
    ("3天 + 6个月", None, "K1054", "3天 + 6个月"),
    ("2 ** 0.5", None, "K1055", "0.5"),
    ("2 ** 购买次数", None, "K1055", "购买次数"),
    ("decimal(累计购买额, 购买次数)", None, "K1056", "购买次数"),
    ("round half up(累计购买额, 9)", None, "K1056", "9"),
    ("[1, 2]", None, "K1057", "[1, 2]"),
    ("{a: 1}", None, "K1057", "{a: 1}"),
    ("[1..3]", None, "K1057", "[1..3]"),
    ("function(x) x", None, "K1057", "function(x) x"),
    ("count(购买合同[item])", None, "K1057", "item"),
    ("for c in [1, 2] return c", None, "K1057", "for c in [1, 2] return c"),
    ('list contains(姓名, "林")', None, "K1058", "姓名"),
    ("some x in 购买次数 satisfies x > 1", None, "K1059", "购买次数"),
    ("sum(for i in 1..购买次数 return i)", None, "K1059", "1"),
    ("[1, 2, 3][购买次数]", None, "K1059", "[1, 2, 3][购买次数]"),
    ("sum(购买合同.合同金额[item > 1])", None, "K1060", "购买合同.合同金额[item > 1]"),
    ("sum(for i in 1..100 return i)", None, "K1061", "i in 1..100"),
    ("sum(for i in 1..9, j in 1..9 return i)", None, "K1061", "i in 1..9"),
    ("(((购买次数 ** 16) ** 16) ** 16) ** 16", None, "K1062", "购买次数 ** 16) ** 16) ** 16) ** 16"),
    ("sum(distinct values(购买合同.合同金额))", None, "K1063", "distinct values(购买合同.合同金额)"),
    ("cuont(购买合同)", None, "K1064", "cuont"),
]

CELLS = [
    ("", WHOLE, "K1010", ""),
    ("> 累计购买额", MONEY, "K1023", "累计购买额"),
    ("count(购买合同)", WHOLE, "K1023", "count(购买合同)"),
    (">= 2026-01-01", DATE, "K1043", "2026-01-01"),
    ('"重大", "极大"', LEVEL, "K1045", '"极大"'),
    ("A", TEXT, "K1020", "A"),
    ("> 5 < 6", WHOLE, "K1008", "<"),
    ("[1..", WHOLE, "K1009", ""),
    ("]1, 2", WHOLE, "K1008", ","),
    ("not(1", WHOLE, "K1009", ""),
    ("1;2", WHOLE, "K1001", ";"),
    ("? + 1", WHOLE, "K1040", "? + 1"),
    ("true", WHOLE, "K1041", "true"),
]


@pytest.mark.parametrize(("text", "expected", "id_", "where"), EXPRESSIONS)
def test_each_mistake_in_an_expression_is_named_where_it_stands(
    text: str, expected: Type | None, id_: str, where: str
) -> None:
    """A wrong expression gives exactly one diagnostic, which points at the wrong part and nothing more."""
    tree, found = read(text, expected)
    assert (tree, marked(text, found)) == (None, [(id_, where)])


@pytest.mark.parametrize(("text", "kind", "id_", "where"), CELLS)
def test_each_mistake_in_a_cell_is_named_where_it_stands(text: str, kind: Type, id_: str, where: str) -> None:
    """A wrong cell gives exactly one diagnostic, which points at the wrong part and nothing more."""
    tree, found = read_cell(text, kind)
    assert (tree, marked(text, found)) == (None, [(id_, where)])


def test_every_entry_of_the_catalogue_has_a_case() -> None:
    """No sentence exists that no test has seen."""
    known = {entry.id for entry in api.catalogue() if entry.id.startswith("K10")}
    assert known - ELSEWHERE == {case[2] for case in EXPRESSIONS + CELLS}


@pytest.mark.parametrize(("text", "expected"), [case[:2] for case in EXPRESSIONS])
def test_every_sentence_and_hint_can_be_said_in_both_languages(text: str, expected: Type | None) -> None:
    """Each diagnostic fills in all the places of its sentence and hint, in Chinese and in English."""
    for one in read(text, expected)[1]:
        for language in ("zh", "en"):
            assert one.message(language)
            assert one.hint(language)
            assert re.search(r"\{[a-z_]+\}", one.message(language) + one.hint(language)) is None


def test_a_misspelt_name_is_met_with_the_likeliest_one() -> None:
    """A name with one wrong character is answered with the right one, in the sentence and in the hint."""
    (one,) = read("累计购卖额")[1]
    assert one.message() == "不认得“累计购卖额”，是不是“累计购买额”？"
    assert one.message("en") == '"累计购卖额" is unknown; did you mean "累计购买额"?'
    assert one.hint() == "改为“累计购买额”，或者先声明“累计购卖额”。"


def test_a_choice_that_does_not_exist_is_met_with_those_that_do() -> None:
    """A wrong choice lists the possible ones."""
    (one,) = read('行业影响力 = "省级"')[1]
    assert (one.message(), one.hint()) == ("“省级”不在可选项里。", "可选项：重大、较大、一般。")


def test_children_with_two_references_ask_for_one() -> None:
    """An ambiguous aggregate says how to write each of its meanings."""
    (one,) = read("count(客户关系)")[1]
    assert one.hint() == "写明引用字段：客户关系(客户甲)、客户关系(客户乙)。"


def test_words_run_together_are_pulled_apart() -> None:
    """A Chinese operator without spaces is recognised by the known name beside it."""
    (one,) = read("有影响或带动购买")[1]
    assert one.hint() == "写成“有影响 或 带动购买”。"


def test_independent_mistakes_are_all_reported() -> None:
    """Both sides of an operator are looked at even when the first is wrong."""
    text = '手机 = "1" and 行业影响力 = "极大" and 购买次数 > true'
    assert [id_ for id_, _ in marked(text, read(text)[1])] == ["K1022", "K1045", "K1041"]


def test_inside_a_filter_the_records_own_types_count() -> None:
    """What the record itself has may be compared with the child's values, but only with those of its kind."""
    assert read("count(购买合同[面积 > 购买次数])")[1] == []
    text = "count(购买合同[签订日 > 购买次数])"
    assert marked(text, read(text)[1]) == [("K1043", "购买次数")]
    assert CONTRACT.find("购买次数") is None
