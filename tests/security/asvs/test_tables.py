"""What is claimed of OWASP ASVS and 等保 is shown by tests that exist. ``KEGUAN_ACCEPT=1`` rewrites the pages."""

from __future__ import annotations

import os
import re

import pytest

from tests.security.asvs.tables import ASVS, DENGBAO, ROOT, STATES, items, names_in, page

FILES = ("items.txt", "dengbao.txt")
PAGES = {
    "docs/reference/asvs.md": ("items.txt", ASVS, "级别"),
    "docs/reference/dengbao.md": ("dengbao.txt", DENGBAO, "项目"),
}


@pytest.mark.parametrize("name", FILES)
def test_every_named_test_exists(name: str) -> None:
    """No line rests on a test that is gone or was never there."""
    missing = {
        item.number: test
        for item in items(name)
        for test in item.tests
        if test.partition("::")[2] not in names_in(test.partition("::")[0])
    }
    assert missing == {}


@pytest.mark.parametrize("name", FILES)
def test_every_line_is_whole(name: str) -> None:
    """Each has a state and something to show for it; a page that is named is there."""
    for item in items(name):
        assert item.state in STATES, item
        assert item.words
        assert item.evidence
        assert item.tests or item.state != "yes"
        assert item.state != "doc" or (ROOT / item.evidence).exists(), item


def test_no_number_of_the_standard_is_left_out() -> None:
    """ASVS 5.0.0 has 70 items of level 1 and 183 of level 2; each number stands there once, in order."""
    found = items("items.txt")
    levels = [item.kind for item in found]
    assert (levels.count("1"), levels.count("2")) == (70, 183)
    numbers = [tuple(map(int, item.number[1:].split("."))) for item in found]
    assert numbers == sorted(set(numbers))


def test_what_the_documents_must_say_is_said() -> None:
    """The page on sign-in names the figures with their settings, the ways in, and the words no password may hold."""
    text = (ROOT / "docs/howto/sign-in-and-passwords.md").read_text("utf-8")
    for word in (
        "KEGUAN_LOCK_FAILURES",
        "KEGUAN_IDLE_MINUTES",
        "KEGUAN_SESSION_HOURS",
        "KEGUAN_SESSIONS",
        "password_days",
    ):
        assert word in text
    assert re.search("通行密钥.*(统一登录|OIDC)", text, re.DOTALL)
    assert re.search("用户名、姓名.*公司", text)


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_current(path: str) -> None:
    """The published tables are those of the files."""
    text = page(*PAGES[path])
    if os.environ.get("KEGUAN_ACCEPT") == "1":
        (ROOT / path).write_text(text, "utf-8")
    assert (ROOT / path).read_text("utf-8") == text
