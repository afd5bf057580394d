"""Policy text becomes HTML that the strict content policy lets through."""

from __future__ import annotations

from keguan.web.policies.prose import block, prose


def test_html_in_a_policy_is_shown_as_text() -> None:
    """A tag that an author typed is escaped, never passed on."""
    assert prose("见<script>alert(1)</script>。") == "<p>见&lt;script&gt;alert(1)&lt;/script&gt;。</p>\n"


def test_alignment_becomes_a_class() -> None:
    """A right-aligned column carries a class, since inline styles are forbidden."""
    html = prose("| 甲 | 乙 |\n|---|---:|\n| 1 | 2 |")
    assert '<td class="number">2</td>' in html
    assert "style" not in html


def test_a_block_numbers_its_rows() -> None:
    """Rows have an id by number, and output headings are marked."""
    table = block('| 额 | → 等级 |\n|---|---|\n| > 1 | "A" |\n| - | "B" |', "grade")
    assert '<th class="output">→ 等级</th>' in table
    assert '<tr id="grade-1">' in table
    assert '<tr id="grade-2">' in table
    assert "grade-3" not in table


def test_a_decision_is_written_for_people() -> None:
    """Comparisons, yes/no and texts lose their notation, and an output heading its code."""
    text = '| 额 | 别墅 | → 等级 (grade) |\n|---|---|---|\n| >= 5000万 | true | "A" |\n| - | - | - |'
    table = block(text, "g", reading=True)
    assert "<td>≥\N{NO-BREAK SPACE}5000万</td>" in table
    assert "<td>是</td>" in table
    assert "<td>A</td>" in table
    assert '<td class="any">–</td>' in table
    assert '<th class="output">→ 等级</th>' in table
