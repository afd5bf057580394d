"""Whatever is typed, checking answers: it never raises, and it always ends."""

from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st

from keguan.language import api
from keguan.language.model.invariants import broken
from keguan.language.source import PackSource
from tests.language.sources import PACKS, model_of, pack

TEMPLATE = (PACKS / "template" / "policy.md").read_text(encoding="utf-8")
SCENARIOS = (PACKS / "template" / "scenarios" / "levels.md").read_text(encoding="utf-8")
MODEL = model_of(*pack("template"))

PIECES = st.sampled_from(
    [
        *(
            "|",
            ":::",
            "\n",
            "#",
            "### ",
            "---",
            "```\n",
            "> ",
            "(",
            ")",
            "（",
            "：",
            ":",
            '"',
            "“",
            "-",
            "→",
            ",",
            "、",
            "[",
        ),
        *(
            "]",
            "{",
            "}",
            "&a ",
            "*a",
            "是",
            "空",
            "0",
            "9" * 30,
            "万",
            "%",
            "date(",
            "count(",
            "\\",
            "\t",
            "\u3000",
            "\0",
        ),
        *("\u2028", "😀"),
    ]
)


@st.composite
def mutated(draw: st.DrawFn, text: str) -> str:
    """The text with a few pieces deleted, put in, doubled or moved."""
    for _ in range(draw(st.integers(1, 6))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.integers(0, 60)))
        piece = draw(st.one_of(PIECES, st.just(""), st.just(text[start:end] * 2), st.text(max_size=8)))
        text = text[:start] + piece + text[end:]
    return text


@given(mutated(TEMPLATE))
@settings(max_examples=150)
@example("---\nuses: &a [*a]\n---\n")
@example(":::")
@example("---\n---\n### 第一条\n:::档案 甲 (a)\n| |\n:::")
def test_any_policy_gets_an_answer(text: str) -> None:
    """A mutated policy gives diagnostics or a model that keeps every invariant; every sentence can be written out."""
    checked = api.check([PackSource("template", {"policy.md": text})])
    for found in checked.diagnostics:
        for language in ("zh", "en"):
            assert found.message(language)
            assert found.hint(language)
        assert found.span.line >= 1
    if checked.model is None:
        assert any(found.severity == "error" for found in checked.diagnostics)
    else:
        assert broken(checked.model) == ()


@given(mutated(SCENARIOS))
@settings(max_examples=100)
@example(":::场景 甲\n编号: x\n已有: &a\n  - *a\n应为: []\n:::")
@example(":::场景 甲\n编号: x\n应为:\n  - {[a]: b}\n:::")
def test_any_scenario_file_gets_an_answer(text: str) -> None:
    """A mutated scenario file gives results, each passed or with something to say."""
    for result in api.run_scenarios(MODEL, {"levels.md": text}):
        assert result.passed or result.diagnostics or result.failures
        assert all(found.message() and found.hint("en") for found in result.diagnostics)
        assert all(failure.sentence() for failure in result.failures)


@given(st.text(max_size=400))
@settings(max_examples=100)
def test_any_text_at_all_gets_an_answer(text: str) -> None:
    """Text that was never a policy gives diagnostics too."""
    assert api.check([PackSource("sample", {"policy.md": text})]).model is None
