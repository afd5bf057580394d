"""Commands on a home of their own, in processes of their own: from nothing to a page, and two at once."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.request
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY, Home

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.sqlite_only


def test_setup_makes_everything_where_there_was_nothing(set_up_from_nothing: tuple[Home, str]) -> None:
    """It says what it published and what to do next, and only its owner can read the key file."""
    home, told = set_up_from_nothing
    assert told.splitlines() == [
        "已发布制度包 core 1.0.0。",
        "已发布制度包 property-developer 1.0.0。",
        "准备就绪。接着运行 keguan run。",
    ]
    assert (home.path / "keyring.json").stat().st_mode & 0o777 == 0o600


def test_two_at_once_and_one_wins(published_home: Home, tmp_path: Path) -> None:
    """Two processes publish two texts under one number: one is in force, the other is refused with a sentence."""
    running = []
    for threshold in ("600万", "700万"):
        pack = Path(
            shutil.copytree(REPOSITORY / "packs/property-developer", tmp_path / threshold / "property-developer")
        )
        text = (pack / "policy.md").read_text(encoding="utf-8")
        text = text.replace("version: 1.0.0", "version: 2.0.0").replace(">= 800万", f">= {threshold}")
        (pack / "policy.md").write_text(text, encoding="utf-8")
        running.append(published_home.start("-m", "keguan.cli", "publish", str(pack)))
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert sorted(code for _out, _err, code in ended) == [0, 1]
    refused = next(err for _out, err, code in ended if code == 1)
    assert "版本号 2.0.0 应大于已发布的 2.0.0" in refused or "另一项发布正在进行" in refused
    with closing(sqlite3.connect(published_home.path / "keguan.sqlite3")) as database:
        kept = "SELECT (SELECT count(*) FROM {}), (SELECT count(*) FROM {})"
        tables = "policies_policyversion WHERE version = '2.0.0'", "policies_publication"
        assert database.execute(kept.format(*tables)).fetchone() == (1, 2)


class TestRun:
    """``keguan run`` starts everything and stops it again."""

    @pytest.fixture
    def port(self) -> int:
        """A port that is free."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    @pytest.fixture
    def running(self, published_home: Home, port: int) -> Iterator[subprocess.Popen[str]]:
        """The system without the demo."""
        process = published_home.start("-u", "-m", "keguan.cli", "run", "--no-demo", "--port", str(port))
        yield process
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
            process.wait(60)

    def test_it_serves_a_page_and_ends_with_its_children(self, running: subprocess.Popen[str], port: int) -> None:
        """The address is printed once a page can be had; after Ctrl-C nothing of it is left and the exit code is 0."""
        assert running.stdout is not None
        assert running.stdout.readline() == f"客管已启动：http://127.0.0.1:{port}/\n"
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=10) as answer:
            assert answer.status == 200
        family = descendants(running.pid)
        assert len(family) >= 3
        running.send_signal(signal.SIGINT)
        assert running.wait(60) == 0
        assert running.stdout.read().splitlines()[-1] == "已停止。"
        assert [pid for pid in family if alive(pid)] == []

    @pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent was killed")
    def test_killed_without_warning_it_leaves_nothing_behind(
        self, running: subprocess.Popen[str], port: int, request: pytest.FixtureRequest
    ) -> None:
        """With pages served and the worker at work, kill -9 to the one process ends all of them and frees the port."""
        assert running.stdout is not None
        assert running.stdout.readline() == f"客管已启动：http://127.0.0.1:{port}/\n"
        until = time.monotonic() + 30
        while sum("qcluster" in command(pid) for pid in descendants(running.pid)) < 2:  # one is only its beginning
            assert time.monotonic() < until
            time.sleep(0.1)
        family = descendants(running.pid)
        request.addfinalizer(lambda: [os.kill(pid, signal.SIGKILL) for pid in family if alive(pid, 0)])
        assert any("granian" in command(pid) for pid in family)
        running.kill()
        running.wait()
        until = time.monotonic() + 30
        while any(alive(pid, 0) for pid in family):
            assert time.monotonic() < until, [command(pid) for pid in family if alive(pid, 0)]
            time.sleep(0.1)
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(("127.0.0.1", port))


def command(pid: int) -> str:
    """What a process was started as; empty when it has ended."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def descendants(pid: int) -> list[int]:
    """Every process below one."""
    children: dict[int, list[int]] = {}
    for folder in Path("/proc").iterdir():
        with suppress(OSError, ValueError):
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
            children.setdefault(parent, []).append(int(folder.name))
    found = list(children.get(pid, []))
    for each in found:
        found += children.get(each, [])
    return found


def alive(pid: int, patience: float = 5) -> bool:
    """Whether a process is still there a moment later (a zombie is not)."""
    until = time.monotonic() + patience
    while True:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        if time.monotonic() >= until:
            return True
        time.sleep(0.1)
