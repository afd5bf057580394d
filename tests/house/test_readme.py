"""The README's picture of the house is the house."""

from __future__ import annotations

import re

import pytest

from tests.house.source_tree import ROOT, tracked

READMES = ("README.md", "README.zh-CN.md")


def picture(name: str) -> list[str]:
    """The paths that a README's picture of the house names, in order."""
    text = (ROOT / name).read_text(encoding="utf-8")
    drawn = re.search(r"```house\n(.*?)```", text, flags=re.DOTALL)
    assert drawn is not None, f"{name} has no picture of the house"
    paths: list[str] = []
    stack: list[tuple[int, str]] = []
    for line in drawn.group(1).splitlines():
        match = re.match(r"^( *)(\S+?)(/?)(?:\s{2,}.*)?$", line)
        if not match or not line.strip():
            continue
        depth, entry = len(match.group(1)), match.group(2)
        while stack and stack[-1][0] >= depth:
            stack.pop()
        path = "/".join([*(part for _, part in stack), entry])
        paths.append(path)
        if match.group(3):
            stack.append((depth, entry))
    return paths


@pytest.mark.parametrize("name", READMES)
def test_every_room_drawn_exists(name: str) -> None:
    """Each path in the picture is a file or folder of the repository."""
    assert [path for path in picture(name) if not (ROOT / path).exists()] == []


@pytest.mark.parametrize("name", READMES)
def test_every_room_that_exists_is_drawn(name: str) -> None:
    """Each folder of src/keguan, of the language and of the runtime stands in the picture."""
    drawn = set(picture(name))
    for base in ("src/keguan", "src/keguan/language", "src/keguan/runtime"):
        folders = {
            "/".join(path.relative_to(ROOT).parts[: len(base.split("/")) + 1]) for path in tracked(f"{base}/*/*.py")
        }
        assert sorted(folders - drawn) == []


@pytest.mark.parametrize("name", READMES)
def test_every_make_wish_named_is_in_the_makefile(name: str) -> None:
    """Each `make …` that a README names is a target."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    wishes = set(re.findall(r"make ([a-z][a-z-]*)", (ROOT / name).read_text(encoding="utf-8")))
    assert {wish for wish in wishes if not re.search(rf"^{wish}:", makefile, flags=re.MULTILINE)} == set()


@pytest.mark.parametrize("name", READMES)
def test_every_link_leads_somewhere(name: str) -> None:
    """Each relative link of a README names a file that is there."""
    links = re.findall(r"\]\((?!https?:)([^)#]+)", (ROOT / name).read_text(encoding="utf-8"))
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_path_in_the_checklists_exists() -> None:
    """Each path that CONTRIBUTING names with a slash is there, from the root or under src/keguan."""
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = {path for path in re.findall(r"`([a-z_./-]+)`", text) if "/" in path.strip("/")}
    assert len(named) > 10
    assert sorted(path for path in named if not any((ROOT / base / path).exists() for base in ("", "src/keguan"))) == []
