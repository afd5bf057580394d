"""A page that can be followed step by step: what it says to write, to change and to type, and what then is shown.

In a page, ``<!-- write FILE -->`` before a fenced block says that the block is that file, ``<!-- append FILE -->`` that
it comes at the file's end, ``<!-- insert FILE -->`` that it comes after the line that holds the code of the paragraph
before it, ``<!-- change FILE -->`` that the first code of the next paragraph becomes the second. A block of ``sh`` is
typed; a block without a language right after it is what is then shown: ``…`` stands for anything.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_STEP = re.compile(
    r"<!-- (?P<do>write|append) (?P<file>\S+) -->\n+```\w*\n(?P<text>.*?)^```$"
    r"|<!-- insert (?P<into>\S+) -->\n+[^`]*`(?P<line>[^`\n]+)`[^`]*\n```\w*\n(?P<inserted>.*?)^```$"
    r"|<!-- change (?P<changed>\S+) -->\n+[^`]*`(?P<old>[^`\n]+)`[^`]*`(?P<new>[^`\n]+)`"
    r"|^```sh\n(?P<typed>.*?)^```$(?:\n+```\n(?P<shown>.*?)^```$)?",
    re.MULTILINE | re.DOTALL,
)


@dataclass(frozen=True)
class Typed:
    """Commands with what the page says they show and what they did show; ``at``: where the page says it."""

    commands: str
    expected: str
    shown: str
    code: int
    at: tuple[int, int]

    @property
    def as_told(self) -> bool:
        """Whether the page tells the truth; where it shows nothing, the commands must succeed."""
        if not self.expected:
            return self.code == 0
        lines = (re.escape(line).replace("…", ".*") for line in self.expected.splitlines())
        pattern = "".join("(?:.*\n)*?" if line == ".*" else f"{line} *\n" for line in lines)
        return re.fullmatch(pattern, self.shown) is not None


def follow(page: Path, folder: Path, language: str) -> Iterator[Typed]:
    """Do in the folder what the page says, and tell what was typed."""
    text = page.read_text(encoding="utf-8")
    for step in _STEP.finditer(text):
        if step["file"]:
            _write(folder / step["file"], step["text"], after=step["do"] == "append")
        elif step["into"]:
            _insert(folder / step["into"], step["line"], step["inserted"])
        elif step["changed"]:
            _change(folder / step["changed"], step["old"], step["new"])
        else:
            yield _type(step, folder, language)


def written(page: Path) -> list[tuple[str, ...]]:
    """What a page says to write and to change, without what stands around it."""
    found = _STEP.finditer(page.read_text(encoding="utf-8"))
    return [tuple(part for part in step.groups() if part) for step in found if not step["typed"]]


def _write(file: Path, text: str, *, after: bool) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    before = f"{file.read_text(encoding='utf-8')}\n" if after else ""
    file.write_text(before + text, encoding="utf-8")


def _insert(file: Path, line: str, inserted: str) -> None:
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    (at,) = (number for number, each in enumerate(lines, 1) if line in each)
    file.write_text("".join([*lines[:at], inserted, *lines[at:]]), encoding="utf-8")


def _change(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, (file, old)
    file.write_text(text.replace(old, new), encoding="utf-8")


def _type(step: re.Match[str], folder: Path, language: str) -> Typed:
    """Type the commands as a reader would who has the program on the path."""
    program = Path(sys.executable).parent
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEGUAN_", "DJANGO_"))}
    done = subprocess.run(
        ["/bin/bash", "-c", step["typed"]],
        cwd=folder,
        env={**kept, "PATH": f"{program}:{kept['PATH']}", "KEGUAN_LANGUAGE": language, "HOME": str(folder)},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        timeout=300,
        check=False,
    )
    at = step.span("shown") if step["shown"] else (step.end("typed"), step.end("typed"))
    return Typed(step["typed"], step["shown"] or "", done.stdout, done.returncode, at)
