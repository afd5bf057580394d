"""Digests and version numbers of a pack's text."""

from __future__ import annotations

from time import process_time

import pytest

from keguan.language.source import PackSource
from keguan.runtime.policies.texts import exact_digest, text_digest, version_number

TEXT = "---\nid: core\nversion: 1.0.0\neffective: 2026-01-01\n---\n# 通则\nversion: 正文里的一行\n"


def test_a_new_number_alone_is_no_new_text() -> None:
    """Two texts that differ only in their version line have one text digest and two exact ones."""
    renumbered = TEXT.replace("1.0.0", "1.0.1")
    assert text_digest({"policy.md": renumbered}) == text_digest({"policy.md": TEXT})
    assert exact_digest([PackSource("core", {"policy.md": renumbered})]) != exact_digest(
        [PackSource("core", {"policy.md": TEXT})]
    )


@pytest.mark.parametrize("change", [("2026-01-01", "2026-01-02"), ("正文里的一行", "改过的一行"), ("# 通则", "# 总则")])
def test_any_other_difference_is_a_new_text(change: tuple[str, str]) -> None:
    """A changed day, a changed sentence, even a line of prose that begins like the version line, make a new text."""
    assert text_digest({"policy.md": TEXT.replace(*change)}) != text_digest({"policy.md": TEXT})


def test_the_order_of_packs_does_not_matter() -> None:
    """The exact digest is one for a set of packs, in whatever order they are given."""
    one, two = PackSource("a", {"policy.md": "甲"}), PackSource("b", {"policy.md": "乙"})
    assert exact_digest([one, two]) == exact_digest([two, one])


def test_versions_are_compared_as_numbers() -> None:
    """1.10 comes after 1.9, and 1.0.0 is the same number as 1."""
    assert version_number("1.10") > version_number("1.9.9")
    assert version_number("1.0.0") == version_number("1")


@pytest.mark.parametrize("text", ["", "1.", "1.0-beta", "一.二", "v1"])
def test_anything_else_is_no_version(text: str) -> None:
    """Letters, empty parts and signs are refused."""
    with pytest.raises(ValueError, match="not a version"):
        version_number(text)


def test_a_file_without_a_version_is_read_in_one_go() -> None:
    """Windows line ends in front matter without a version line do not make the digest try every way to read them."""
    text = "---\r\n" + "note: 甲\r\n" * 60 + "正文"
    begun = process_time()
    assert len(text_digest({"scenario.md": text})) == 64
    assert process_time() - begun < 10


def test_windows_line_ends_keep_their_digest_rule() -> None:
    """The version line is left out with Windows line ends too."""
    first = TEXT.replace("\n", "\r\n")
    assert text_digest({"policy.md": first}) == text_digest({"policy.md": first.replace("1.0.0", "2.0.0")})
