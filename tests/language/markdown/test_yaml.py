"""YAML in blocks: what it may not do."""

from __future__ import annotations

from time import perf_counter

import pytest

from keguan.language.markdown.yaml_tree import YamlError, read_yaml

BOMB = ["a0: &a0 [x, x, x, x, x, x, x, x]"] + [
    f"a{level}: &a{level} [{', '.join([f'*a{level - 1}'] * 8)}]" for level in range(1, 8)
]
"""Eight lines that stand for sixteen million values."""


def test_a_bomb_of_aliases_is_refused_at_once() -> None:
    """Aliases have no use in a policy and can stand for any number of values: the first is refused, with its line."""
    begun = perf_counter()
    with pytest.raises(YamlError) as caught:
        read_yaml("policy.md", BOMB, 10)
    assert (caught.value.line, perf_counter() - begun < 1) == (11, True)


@pytest.mark.parametrize("text", ["[" * 3000 + "]" * 3000, "{a: " * 3000 + "}" * 3000, "- " * 3000 + "a"])
def test_endless_nesting_is_refused_at_once(text: str) -> None:
    """What is nested deeper than any scenario is refused, and does not take the square of its depth to read."""
    begun = perf_counter()
    with pytest.raises(YamlError) as caught:
        read_yaml("policy.md", [text], 10)
    assert (caught.value.line, perf_counter() - begun < 1) == (10, True)
