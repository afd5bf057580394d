"""``keguan run`` killed without warning leaves nothing behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.jobs.bound import bound
from tests.conftest import Home

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the kernel's promise is Linux's")

PATIENCE = 30.0


def test_everything_that_run_started_ends_with_it(published_home: Home) -> None:
    """With pages served and the worker at work, kill -9 to the one process ends all of them, and the port is free."""
    port = _free_port()
    process = published_home.start("-u", "-m", "keguan.cli", "run", "--no-demo", "--port", str(port))
    try:
        _await(lambda: _answers(port))
        _await(lambda: sum("qcluster" in _command(pid) for pid in _descendants(process.pid)) > 1)
        started = _descendants(process.pid)
        commands = " ".join(map(_command, started))
        assert "granian" in commands
        assert "keguan.cli work" in commands
        process.kill()
        process.wait()
        _await(lambda: not _alive(started))
    finally:
        process.kill()
        for pid in _alive(_descendants(process.pid)):
            os.kill(pid, signal.SIGKILL)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))


def test_a_child_whose_parent_is_gone_already_does_not_begin() -> None:
    """The parent may die between the start of the child and the kernel's promise: the child notices."""
    command = bound([sys.executable, "-c", "print('begun')"])
    assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == "begun\n"
    command[command.index(str(os.getpid()))] = "1"
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _answers(port: int) -> bool:
    with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/health/ready", timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def _await(met: Callable[[], bool]) -> None:
    until = time.monotonic() + PATIENCE
    while not met():
        assert time.monotonic() < until
        time.sleep(0.1)


def _descendants(pid: int) -> list[int]:
    """The ids of every process below this one."""
    parents = {int(path.name): _parent(path) for path in Path("/proc").iterdir() if path.name.isdigit()}
    found, layer = [], [pid]
    while layer:
        layer = [each for each, parent in parents.items() if parent in layer]
        found += layer
    return found


def _parent(process: Path) -> int:
    with suppress(OSError):
        return int((process / "stat").read_text().rpartition(")")[2].split()[1])
    return 0


def _command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ")
    return ""


def _alive(pids: Iterable[int]) -> list[int]:
    """Those that still run; one that has ended and waits to be noticed does not."""
    found = []
    for pid in pids:
        with suppress(OSError):
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z":
                found.append(pid)
    return found
