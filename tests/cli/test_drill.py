"""``keguan drill`` in a home of its own: several processes, one time."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import REPOSITORY, Home


@dataclass(frozen=True)
class Console:
    """A console in a home, drilling or not."""

    home: Home
    drill: str = "1"
    extra: tuple[tuple[str, str], ...] = ()

    def keguan(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the command to its end."""
        environment = {**self.home.environment, "KEGUAN_DRILL": self.drill, **dict(self.extra)}
        return subprocess.run(
            [sys.executable, "-m", "keguan.cli", *arguments],
            env=environment,
            cwd=REPOSITORY,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )


def test_a_drill_from_the_console(published_home: Home) -> None:
    """Three days ahead, seen by the next process; back to real time with ``stop``."""
    console = Console(published_home)
    assert "没有在演练" in console.keguan("drill", "status").stdout
    advanced = console.keguan("drill", "advance", "3d", "--step", "1440")
    assert advanced.returncode == 0, advanced.stderr
    assert "演练中" in advanced.stdout
    there = datetime.now(UTC) + timedelta(days=3)
    assert f"系统时间 {there + timedelta(hours=8):%Y-%m-%d}" in console.keguan("drill", "status").stdout
    assert "没有在演练" in console.keguan("drill", "stop").stdout
    assert not (published_home.path / "drill.json").exists()


@pytest.mark.parametrize("arguments", [("advance", "很久"), ("advance",), ("to", "3d"), ("to", "2020-01-01")])
def test_what_cannot_be_is_refused(home: Home, arguments: tuple[str, ...]) -> None:
    """A length that is none, a moment that is none, the past: exit code 2, and time stands where it stood."""
    done = Console(home).keguan("drill", *arguments)
    assert done.returncode == 2
    assert done.stderr
    assert not (home.path / "drill.json").exists()


def test_a_real_system_does_not_drill(home: Home) -> None:
    """Without the setting the command says how to turn it on; with HTTPS the program does not even start."""
    off = Console(home, drill="0").keguan("drill", "advance", "3d")
    assert off.returncode == 2
    assert "KEGUAN_DRILL=1" in off.stderr
    served = Console(home, extra=(("KEGUAN_HTTPS", "1"),)).keguan("drill", "status")
    assert served.returncode != 0
    assert "KEGUAN_DRILL" in served.stderr
    shown = Console(home, extra=(("KEGUAN_HTTPS", "1"), ("KEGUAN_DEMO", "1"))).keguan("drill", "status")
    assert shown.returncode == 0
    assert not (home.path / "drill.json").exists()
