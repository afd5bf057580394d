"""Policies and DMN share FEEL: what both can say has one value, but for the differences on the page about DMN."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, given, settings

from keguan.language.model.evaluate import Values, evaluate
from tests.language.two_feels import both, expressions, in_dmn, records, shown, typed_of

if TYPE_CHECKING:
    from keguan.language.run import Value

PAGE = Path(__file__).parent.parent.parent / "docs" / "reference" / "dmn.md"
DIFFERENCES = [
    [cell.strip().strip("`") for cell in line.strip("|").split("|")][:3]
    for line in PAGE.read_text(encoding="utf-8").partition("## 与制度里的表达式不同的地方")[2].splitlines()
    if line.startswith("| `")
]


@settings(max_examples=800, deadline=None)
@given(text=expressions(), record=records())
def test_what_policies_accept_has_the_same_value_in_dmn(text: str, record: dict[str, Value]) -> None:
    """Whatever policies accept has one value: by the definition, in generated Python and in DMN's FEEL."""
    _assert_one_value(text, record)


@pytest.mark.parametrize(("text", "policy", "dmn"), DIFFERENCES, ids=[text for text, *_ in DIFFERENCES])
def test_the_documented_differences_are_real(text: str, policy: str, dmn: str) -> None:
    """Each line of the page's table gives in policies and in DMN what it says, and these differ."""
    typed = typed_of(text)
    assert typed is not None
    expected = None if policy == "null" else typed_of(policy)
    wanted = None if expected is None else shown(evaluate(expected, Values()), expected.type)
    found = both(text, typed, {})
    assert found.policy == found.run == wanted
    assert found.dmn == in_dmn(dmn, {})
    assert found.dmn != found.policy


def test_the_differences_are_listed() -> None:
    """The table on the page is read."""
    assert len(DIFFERENCES) > 10


@pytest.mark.slow
@settings(max_examples=30_000, deadline=None)
@given(text=expressions(), record=records())
def test_what_policies_accept_has_the_same_value_in_dmn_at_length(text: str, record: dict[str, Value]) -> None:
    """As above, with many more expressions."""
    _assert_one_value(text, record)


def _assert_one_value(text: str, record: dict[str, Value]) -> None:
    typed = typed_of(text)
    assume(typed is not None)
    assert typed is not None
    found = both(text, typed, record)
    assert found.policy == found.run == found.dmn
