"""The page on protection in the demo names people, posts and clauses that there are, and commands that exist."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from keguan.demo.company import PACKS, STAFF
from keguan.language import api
from keguan.language.source import read_pack
from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from keguan.language.model.model import Model

TUTORIAL = REPOSITORY / "docs" / "tutorial"
PAGES = {TUTORIAL / "protection.md": "zh", TUTORIAL / "protection.en.md": "en"}
_PERSON = re.compile(r"`([a-z]+)`(?:（([^）]+)）| \(([^)]+)\))")
_SIGNED_IN = re.compile(r"`([a-z]+)`")


@pytest.fixture(scope="module")
def model() -> Model:
    """What the demo company's packs mean together."""
    checked = api.check([read_pack(REPOSITORY / "packs" / name) for name in PACKS])
    assert checked.model is not None
    return checked.model


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_whoever_is_to_sign_in_has_the_post_that_the_page_says(page: Path, model: Model) -> None:
    """Each sign-in name is somebody's of the demo, and has the role that stands behind it."""
    text = page.read_text(encoding="utf-8")
    roles = {person.username: [model.roles[role].label.text(PAGES[page]) for role in person.roles] for person in STAFF}
    assert set(_SIGNED_IN.findall(text)) <= roles.keys()
    said = [(name, zh or en) for name, zh, en in _PERSON.findall(text)]
    assert len(said) >= 8
    assert [(name, role) for name, role in said if role not in roles[name]] == []


def test_the_articles_that_the_page_speaks_of_are_about_that(model: Model) -> None:
    """Articles 11 and 12 of the company's own policy and article 12 of the protection pack."""
    titles = {
        (policy.id, clause.ref.number): clause.ref.title
        for policy in model.policies.values()
        for clause in policy.clauses
    }
    assert titles["yunling", "第十一条"] == "看别人客户的号码"
    assert titles["yunling", "第十二条"] == "保存多久"
    assert titles["protection", "第十二条"] == "借阅、续借和归还"


def test_both_languages_have_the_same_steps() -> None:
    """The same headings by number, and the same people sign in, in the same order."""
    steps = [re.findall(r"^## (\d)\.", page.read_text(encoding="utf-8"), re.MULTILINE) for page in PAGES]
    people = [_SIGNED_IN.findall(page.read_text(encoding="utf-8")) for page in PAGES]
    assert steps == [list("1234567")] * 2
    assert people[0] == people[1]
