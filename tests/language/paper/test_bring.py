"""A policy that exists on paper is brought in as a draft."""

from __future__ import annotations

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from keguan.language import api
from keguan.language.source import PackSource
from tests.language.paper.documents import SCANNED, word

TODAY = date(2026, 11, 21)

SCANNED_DRAFT = """---
id: drawer
title: 青禾物业客户服务管理规定
version: 1.0.0
effective: 2026-03-01
uses: []
---
# 青禾物业客户服务管理规定

## 第一章 总则

### 第一条 目的

为使业主的每一件事都有人办、有回音，制定本规定。

### 第二条 适用范围

本规定适用于公司管理的各小区。

## 第二章 投诉

本章所称投诉，包括口头和书面投诉。

### 第三条

客服中心接到投诉后应当在24小时内回复业主，并做到：

（一）逐件登记；

（二）一次告知。

| 投诉类别 | 办结时限 | 责任岗位 |
|---|---|---|
| 维修 | 3天 | 工程主管 |
| 收费 | 5天 | 财务主管 |

\\* 特殊情况除外。

### 第四条

登记簿保存三年，到期由两人共同销毁。

### 第五条 附件一 投诉登记簿

自2026年3月1日起施行。
"""

WORD_DRAFT = """---
id: drawer
title: 远帆商贸赊销管理办法
version: 1.0.0
effective: 2026-11-21
uses: []
---
# 远帆商贸赊销管理办法

## 第一章 总则

### 第一条

为控制赊销风险，制定本办法。

## 第二章 职责

### 第二条

信用评定分为A、B、C三级，由财务部审批。

（一）市场部提出；

（二）财务部评估。

| 等级 | 额度 | 额度 |
|---|---|---|
| A | 50万 | 60天 |
| B\\|乙 | 20万 | 30天 |

### 第三条

赊销余额不得超过额度的120%。
"""


def checked(text: str) -> api.Checked:
    """The draft, checked as a pack of its own."""
    return api.check([PackSource("drawer", {"policy.md": text})])


def test_a_scanned_text_keeps_its_articles_items_and_table() -> None:
    """Chapters, articles with and without titles, items, a table and the day it takes effect are recognised."""
    brought = api.bring_in("规定.txt", SCANNED.encode(), "drawer", TODAY)
    assert brought.text == SCANNED_DRAFT
    assert (brought.title, brought.clauses, brought.tables) == ("青禾物业客户服务管理规定", 5, 1)
    assert brought.renumbered == ()


def test_what_is_left_out_is_listed_with_its_reason() -> None:
    """The table of contents, page numbers and running heads are dropped, each by line, words and reason."""
    dropped = api.bring_in("规定.txt", SCANNED.encode(), "drawer", TODAY).dropped
    assert [(each.place, each.text, each.zh) for each in dropped] == [
        (3, "目 录", "目录"),
        (4, "第一章 总则………………………1", "目录"),
        (5, "第二章 投诉………………………2", "目录"),
        (7, "青禾物业有限公司内部资料", "每页重复的页眉或页脚"),
        (12, "- 1 -", "页码"),
        (13, "青禾物业有限公司内部资料", "每页重复的页眉或页脚"),
        (23, "第 2 页 共 2 页", "页码"),
        (24, "青禾物业有限公司内部资料", "每页重复的页眉或页脚"),
    ]


def test_words_own_numbers_are_written_out() -> None:
    """A Word file numbers its articles by itself; the draft carries those numbers, merged cells and no page footer."""
    brought = api.bring_in("办法.docx", word(), "drawer", TODAY)
    assert brought.text == WORD_DRAFT
    assert brought.dropped == ()


@pytest.mark.parametrize(("name", "data"), [("规定.txt", SCANNED.encode("gb18030")), ("办法.docx", word())])
def test_the_draft_is_valid_and_narrative(name: str, data: bytes) -> None:
    """The draft has no finding but what is still without a control, and none of its clauses holds one yet."""
    found = checked(api.bring_in(name, data, "drawer", TODAY).text)
    assert [each.id for each in found.diagnostics] == ["K8301"]
    assert found.model is not None
    parts = [part for clause in found.model.policies["drawer"].clauses for part in clause.parts]
    assert [part.control for part in parts] == [None] * len(parts)
    assert api.format_policy(SCANNED_DRAFT) == SCANNED_DRAFT


def test_clauses_say_what_they_could_become() -> None:
    """For a narrative clause the words that point to a kind of control are named."""
    model = checked(SCANNED_DRAFT).model
    assert model is not None
    found = [(each.clause.number, each.kind, each.words) for each in api.suggestions(model.policies["drawer"])]
    assert found == [
        ("第三条", "duty", "24小时内"),
        ("第四条", "retention", "保存三年"),
        ("第四条", "record", "登记簿"),
        ("第五条", "record", "登记簿"),
    ]


def test_numbers_that_are_taken_go_on_and_are_told() -> None:
    """Where each chapter begins again with 第一条, articles are numbered through, and both numbers are listed."""
    text = "办法\n第一章 甲\n第一条 子\n第二条 丑\n第二章 乙\n第一条 寅\n"
    brought = api.bring_in("a.txt", text.encode(), "drawer", TODAY)
    assert brought.renumbered == (("第一条", "第三条"),)
    assert checked(brought.text).diagnostics == ()


def test_decimal_numbers_become_articles() -> None:
    """1 / 1.1 / 1.1.1: chapters, articles with their old number in the title, and text."""
    text = "办法\n1 总则\n1.1 目的\n为了稳妥。\n1.1.1 先评后销。\n2 评定\n2.1 每年评定一次等级，由财务部负责审批此事。"
    brought = api.bring_in("a.txt", text.encode(), "drawer", TODAY)
    lines = [line for line in brought.text.split("\n")[8:] if line]
    assert lines == [
        "## 1 总则",
        "### 第一条 1.1 目的",
        "为了稳妥。",
        "1.1.1 先评后销。",
        "## 2 评定",
        "### 第二条 2.1",
        "每年评定一次等级，由财务部负责审批此事。",
    ]


def test_a_speech_about_an_article_is_no_article() -> None:
    """A line that begins with 第三条所称… is text, not a new article."""
    text = "办法\n第一条 目的\n第三条所称客户，指个人客户。\n第二条 范围\n"
    assert api.bring_in("a.txt", text.encode(), "drawer", TODAY).clauses == 2


def test_a_text_without_articles_is_one_clause() -> None:
    """Plain paragraphs become the text of one clause, and nothing of them is lost."""
    brought = api.bring_in("a.txt", "# 通知\n- 各部门：\n请按时回访客户。\n".encode(), "drawer", TODAY)
    assert brought.text.split("\n")[7:] == ["# 通知", "", "### 第一条", "", "\\- 各部门：", "", "请按时回访客户。", ""]
    assert checked(brought.text).diagnostics == ()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04 not a zip", b"\xd0\xcf\x11\xe0 old word", b"\0\1\2"])
@pytest.mark.parametrize("name", ["a.docx", "a.txt"])
def test_what_is_no_policy_is_refused_with_a_sentence(name: str, data: bytes) -> None:
    """An empty, broken or foreign file is refused in both languages."""
    if name == "a.txt" and data.startswith(b"PK"):
        return
    with pytest.raises(api.Unreadable) as refused:
        api.bring_in(name, data, "drawer", TODAY)
    assert refused.value.zh[-1] == "。"
    assert refused.value.en[-1] == "."


def test_a_packed_flood_is_refused() -> None:
    """A small file that unpacks to a hundred megabytes is refused before it is unpacked."""
    target = BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("word/document.xml", b"0" * 100_000_000)
    with pytest.raises(api.Unreadable, match="64 MB"):
        api.bring_in("a.docx", target.getvalue(), "drawer", TODAY)


@given(
    st.lists(st.text(alphabet="第一二三条章节附件目录、.1 \t|#*-（）:。\\`<_é", max_size=30), min_size=1, max_size=30)
)
def test_any_text_gives_a_valid_draft(lines: list[str]) -> None:
    """Whatever the lines are, the draft has no errors."""
    try:
        brought = api.bring_in("a.txt", "\n".join(lines).encode(), "drawer", TODAY)
    except api.Unreadable:
        return
    assert [str(each.message()) for each in checked(brought.text).diagnostics if each.severity == "error"] == []
