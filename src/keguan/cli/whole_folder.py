"""``keguan test FOLDER`` of a folder of packs: each pack by itself, and how many of a list of checks they show."""

from __future__ import annotations

import csv
import os
import subprocess
import sys
import tempfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from keguan.cli.console import fail, say
from keguan.cli.folders import MAIN_FILE, SCENARIOS
from keguan.cli.words import _, language

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

CHECKS = "checks.csv"
"""Beside the packs, where there is one: ``system,title,title_en,checks``, a line for each written system. The checks of
a system S43 with six are S43-1 to S43-6; a scenario that has one of these numbers shows it.
"""


@dataclass(frozen=True, slots=True)
class System:
    """A written system: its number, its title in the reader's language, and how many checks it has."""

    number: str
    title: str
    checks: int

    def passed(self, ids: set[str]) -> int:
        """How many of its checks are among these numbers of scenarios."""
        return sum(f"{self.number}-{place}" in ids for place in range(1, self.checks + 1))


def is_folder_of_packs(folder: Path) -> bool:
    """Whether this is no pack itself but has packs with scenarios in it."""
    return not (folder / MAIN_FILE).exists() and bool(packs_in(folder))


def packs_in(folder: Path) -> tuple[Path, ...]:
    """The packs with scenarios in a folder, by name."""
    return tuple(sorted(path.parent for path in folder.glob(f"*/{SCENARIOS}")))


def systems_in(folder: Path, spoken: str) -> tuple[System, ...]:
    """The systems listed beside the packs; none where there is no list. Raises ``ValueError`` and ``KeyError`` for a
    list that cannot be read.
    """
    file = folder / CHECKS
    if not file.exists():
        return ()
    title = "title" if spoken == "zh" else "title_en"
    with file.open(encoding="utf-8-sig", newline="") as lines:
        return tuple(System(row["system"], row[title], int(row["checks"])) for row in csv.DictReader(lines))


def run(folder: Path, *, staged: bool) -> None:
    """Run every pack, as many at once as there are processors; the last line is ``N of M`` where checks are listed.
    Exit code 1 when a scenario fails.
    """
    try:
        systems = systems_in(folder, language())
    except (KeyError, ValueError):
        fail(_("%(file)s 读不懂。每行写：system,title,title_en,checks。") % {"file": folder / CHECKS}, 2)
    options = ("--staged",) if staged else ()
    with ThreadPoolExecutor(os.cpu_count() or 1) as several:
        done = several.map(lambda pack: _run(pack, options), packs_in(folder))
        came_true, failed, codes = _told(done)
    if systems:
        ids = came_true - failed
        for each in systems:
            missing = each.checks - each.passed(ids)
            if missing:
                say(_("%(number)s %(title)s：还差 %(missing)s 项") % _row(each, missing))
        say(f"{sum(each.passed(ids) for each in systems)} of {sum(each.checks for each in systems)}")
    if any(codes):
        raise typer.Exit(1)


def _row(system: System, missing: int) -> dict[str, object]:
    return {"number": system.number, "title": system.title, "missing": missing}


@dataclass(frozen=True, slots=True)
class _Done:
    pack: str
    code: int
    said: str
    came_true: frozenset[str]
    failed: frozenset[str]


def _told(done: Iterable[_Done]) -> tuple[set[str], set[str], list[int]]:
    """Say what each pack said, as soon as it is done; the numbers that came true, those that did not, the codes."""
    came_true: set[str] = set()
    failed: set[str] = set()
    codes = []
    for each in done:
        say(f"== {each.pack}")
        say(each.said.rstrip())
        came_true |= each.came_true
        failed |= each.failed
        codes.append(each.code)
    return came_true, failed, codes


def _run(pack: Path, options: Sequence[str]) -> _Done:
    """One pack in a process of its own: the program is set up once for each, with that pack in force."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8", suffix=".txt") as numbers:
        command = [sys.executable, "-m", "keguan.cli", "test", str(pack), "--numbers", numbers.name, *options]
        run = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603 - our own program
        lines = [line.split() for line in numbers.read().splitlines()]
    return _Done(
        pack.name,
        run.returncode,
        run.stdout + run.stderr,
        frozenset(number for outcome, number in lines if outcome == "ok"),
        frozenset(number for outcome, number in lines if outcome == "wrong"),
    )
