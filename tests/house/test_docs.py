"""What the documentation names is there, and what is there is documented."""

from __future__ import annotations

import ast
import re
from pathlib import Path
from urllib.parse import unquote

from keguan.cli.main import COMMANDS
from tests.house.source_tree import ROOT, relative, tracked

DOCS = ROOT / "docs"
COMMANDS_PAGE = DOCS / "reference" / "commands.md"
SETTINGS_PAGE = DOCS / "reference" / "settings.md"

COMMAND = re.compile(r"(?:^|`|\$\(|\.venv/bin/|## |' |=en )keguan ([a-z][a-z-]*)", flags=re.MULTILINE)
VARIABLE = re.compile(r"KEGUAN_[A-Z_]*[A-Z]")
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)\s#]+)")
CODE = re.compile(r"```.*?```|`[^`\n]*`", flags=re.DOTALL)


def pages() -> dict[str, str]:
    """Every page written for readers, READMEs included, by its path in the repository."""
    written = (path for path in tracked("*.md") if path.is_relative_to(DOCS) or path.parent == ROOT)
    return {relative(path): path.read_text(encoding="utf-8") for path in written}


def links(page: Path) -> set[Path]:
    """The files that a page's relative links name, code left out."""
    text = CODE.sub("", page.read_text(encoding="utf-8"))
    return {(page.parent / unquote(link)).resolve() for link in LINK.findall(text)}


def named_in_code(*patterns: str) -> set[str]:
    """The ``KEGUAN_…`` that code reads from or puts into the environment: whole strings, but no Django setting."""
    found: set[str] = set()
    for path in tracked(*patterns):
        text = path.read_text(encoding="utf-8")
        if "KEGUAN_" not in text:
            continue
        tree = ast.parse(text)
        inside_settings = {
            id(argument)
            for call in ast.walk(tree)
            if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "getattr"
            for argument in call.args
        }
        found |= {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside_settings
            if VARIABLE.fullmatch(node.value)
        }
    return found


def test_every_command_named_exists() -> None:
    """Each ``keguan …`` in a page is a command of the command line."""
    named = {(page, name) for page, text in pages().items() for name in COMMAND.findall(text)}
    assert sorted((page, name) for page, name in named if name not in COMMANDS) == []


def test_every_command_has_an_entry() -> None:
    """commands.md has exactly one heading per command."""
    entries = re.findall(r"^## keguan (\S+)$", COMMANDS_PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE)
    assert sorted(entries) == sorted(COMMANDS)


def test_every_setting_is_documented() -> None:
    """Each environment variable that the product reads has a row in settings.md."""
    rows = set(re.findall(r"^\| `(KEGUAN_[A-Z_]+)`", SETTINGS_PAGE.read_text(encoding="utf-8"), flags=re.MULTILINE))
    assert sorted(named_in_code("src/*.py") - rows) == []


def test_every_documented_setting_is_read() -> None:
    """Each variable that a page for readers names is read by the product, the tests or the benchmarks."""
    read = named_in_code("src/*.py", "tests/*.py", "benchmarks/*.py")
    documented = {name for page, text in pages().items() if not page.startswith("docs/adr/") for name in _names(text)}
    assert sorted(documented - read) == []


def test_every_link_leads_somewhere() -> None:
    """Each relative link of a page in docs names a file that is there."""
    broken = {(relative(page), str(target)) for page in tracked("docs/*.md") for target in links(page)}
    assert sorted((page, target) for page, target in broken if not Path(target).exists()) == []


def test_every_page_is_linked_from_the_contents() -> None:
    """docs/README.md links every page of docs."""
    contents = DOCS / "README.md"
    assert sorted(relative(page) for page in set(tracked("docs/*.md")) - links(contents) - {contents}) == []


def _names(text: str) -> set[str]:
    return set(VARIABLE.findall(text))
