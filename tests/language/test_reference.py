"""The generated reference pages are current, and every example on them is true."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from keguan.language import api
from keguan.language.blocks import KINDS
from keguan.language.blocks.timing import read_deadline, read_frequency, read_length
from keguan.language.diagnostics.findings import Findings
from keguan.language.feel import parse_expression, parse_unary_tests, type_expression
from keguan.language.feel.builtins import FUNCTIONS
from keguan.language.markdown.document import Written
from keguan.language.model.evaluate import Values, evaluate
from keguan.language.reference import times
from keguan.language.reference.expression_examples import (
    ARITHMETIC,
    CELLS,
    CHILDREN,
    LITERALS,
    LOGIC,
    PARENTS,
    PHRASES,
)
from keguan.language.reference.function_words import FUNCTION_WORDS
from keguan.language.reference.parts import PARTS
from keguan.language.source import Span
from tests.language.examples.pages import pages

PAGES = Path(__file__).parent.parent.parent / "docs" / "reference"
EQUATIONS = [
    *((left, right) for left, right, _ in (*LITERALS, *ARITHMETIC, *LOGIC)),
    *((words.example, words.gives) for words in FUNCTION_WORDS.values() if words.gives),
]
TIMES = [
    *((read_deadline, text) for *both, _ in times.DEADLINES for text in both),
    *((read_frequency, text) for *both, _ in times.FREQUENCIES for text in both),
    *((read_length, text) for *both, _ in times.LENGTHS for text in both),
]


class _Nothing:
    """No name is in reach."""

    def find(self, name: str) -> None:
        """Nothing."""

    def names(self) -> tuple[str, ...]:
        """None."""
        return ()


def _value(text: str) -> object:
    span = Span("page", 1, 1, 1, len(text) + 1)
    node, problems = parse_expression(text, span)
    assert node is not None, [found.message() for found in problems]
    typed, problems = type_expression(node, _Nothing())
    assert typed is not None, [found.message() for found in problems]
    return evaluate(typed, Values(date(2026, 11, 21), {}, {}, {}))


def test_reference_pages_are_current(request: pytest.FixtureRequest) -> None:
    """What the language says about itself is what stands in docs/reference."""
    made = pages()
    if request.config.getoption("--accept", default=False):
        for path, text in made.items():
            (PAGES / path).parent.mkdir(parents=True, exist_ok=True)
            (PAGES / path).write_text(text, encoding="utf-8")
    kept = {path: (PAGES / path).read_text(encoding="utf-8") for path in made if (PAGES / path).is_file()}
    assert kept == made


def test_every_diagnostic_and_every_block_is_documented() -> None:
    """The pages name every id of the catalogue once, and every kind of block with all its words."""
    made = pages()
    ids = [entry.id for part in PARTS for entry in part.entries]
    assert sorted(ids) == [entry.id for entry in api.catalogue()]
    assert [id_ for id_ in ids if made["diagnostics.md"].count(f"### {id_}\n") != 1] == []
    for kind in KINDS:
        page = made[f"blocks/{kind.code}.md"]
        assert all(word in page for each in (*kind.headers, *kind.columns) for word in (each.zh, each.en))


def test_every_function_is_documented() -> None:
    """Each function that expressions may call has its meaning and an example."""
    assert set(FUNCTION_WORDS) == set(FUNCTIONS.values())


@pytest.mark.parametrize(("left", "right"), EQUATIONS, ids=[left for left, _ in EQUATIONS])
def test_every_example_of_an_expression_gives_what_the_page_says(left: str, right: str) -> None:
    """The expression and what it gives are equal; null gives nothing."""
    if right == "null":
        assert _value(left) is None
    else:
        assert _value(f"({left}) = ({right})") is True


@pytest.mark.parametrize(("read", "text"), TIMES, ids=[text for _, text in TIMES])
def test_every_time_on_the_page_can_be_read(read: type, text: str) -> None:
    """No way of writing a time is shown that the language does not know."""
    findings = Findings()
    assert read(Written(text, Span("page", 1, 1, 1, len(text) + 1)), findings) is not None
    assert findings.all() == ()


@pytest.mark.parametrize("text", [cell for cell, _ in CELLS] + [cell for _, cell, _ in PHRASES])
def test_every_cell_on_the_page_can_be_read(text: str) -> None:
    """No cell is shown that the language does not read."""
    assert parse_unary_tests(text, Span("page", 1, 1, 1, len(text) + 1))[1] == []


@pytest.mark.parametrize("text", [each for each, _ in (*CHILDREN, *PARENTS)])
def test_every_expression_over_children_on_the_page_can_be_read(text: str) -> None:
    """No expression over children is shown that the language does not read."""
    assert parse_expression(text, Span("page", 1, 1, 1, len(text) + 1))[1] == []
