"""Scenarios of the tests' own pack, acted out in a home of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

PACK = Path(__file__).resolve().parent / "packs" / "complaints"

_ACT = """
from functools import partial
from pathlib import Path
from keguan.cli.folders import scenarios_at, with_bases
from keguan.language import api
from keguan.rehearsal.acting import act
from keguan.rehearsal.throwaway import prepare
folder = Path({pack!r})
packs = with_bases([folder])
prepare(packs)
for result in api.run_scenarios(api.check(packs).model, scenarios_at([folder]), "zh", partial(act, language="zh")):
    print("ok" if result.passed else "wrong", result.id)
    for found in result.diagnostics:
        print(found.span, found.message())
    for failure in result.failures:
        print(failure.span, failure.sentence())
"""


def acted_in(home: Home, pack: Path) -> list[str]:
    """What came of every scenario of a pack, acted out in the home's own database."""
    return home.script(_ACT.format(pack=str(pack)), timeout=600).splitlines()


def told_by(folder: Path, *options: str, language: str = "zh") -> tuple[int, str]:
    """Exit code and output of ``keguan test`` typed where no system is set up."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("KEGUAN_", "DJANGO_"))}
    done = subprocess.run(
        [sys.executable, "-m", "keguan.cli", "test", folder.name, *options],
        cwd=folder.parent,
        env={**kept, "KEGUAN_LANGUAGE": language, "HOME": str(folder.parent)},
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def written(folder: Path, scenarios: str, of: Path = PACK) -> Path:
    """A pack of the tests in a folder, with other scenarios."""
    pack = folder / of.name
    (pack / "scenarios").mkdir(parents=True)
    (pack / "policy.md").write_text((of / "policy.md").read_text(encoding="utf-8"), encoding="utf-8")
    (pack / "scenarios" / "x.md").write_text(scenarios, encoding="utf-8")
    return pack
