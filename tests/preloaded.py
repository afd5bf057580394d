"""A process that has loaded the program once and forks for each one that a test wants: loading takes longer than most
of them run.

python -m tests.preloaded SOCKET    answers on a Unix socket until its other end is gone

Who asks sends one line of JSON (arguments, environment, folder) with two open files for what is printed, and reads the
exit code. The fork reads the settings anew, so that it lives in the home that its environment names. Whatever is about
starting, about the job queue (which reads its settings when it is loaded) or about being killed is started in full.
"""

from __future__ import annotations

import contextlib
import gc
import json
import os
import random
import runpy
import select
import signal
import socket
import subprocess
import sys
import tempfile
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LOADED = ("keguan.cli.main", "keguan.rehearsal.acting", "keguan.rehearsal.throwaway", "tests.cast")


class Preloaded:
    """The end that asks, one question at a time. The process begins with the first and ends with this one."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._path = f"{self._folder.name}/door"
        self._process: subprocess.Popen[str] | None = None

    def run(self, arguments: Sequence[str], environment: Mapping[str, str], folder: Path, timeout: float) -> Ended:
        """Run ``python …`` to its end. Raises ``TimeoutError``, and then begins anew with the next question."""
        if self._process is None:
            self._process = self._begun(environment, folder)
        wanted = {"arguments": arguments, "environment": dict(environment), "folder": str(folder)}
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            try:
                with socket.socket(socket.AF_UNIX) as asked:
                    asked.settimeout(timeout)
                    asked.connect(self._path)
                    socket.send_fds(asked, [f"{json.dumps(wanted)}\n".encode()], [out.fileno(), err.fileno()])
                    code = int(asked.makefile().readline())
            except (OSError, ValueError):
                self.end()
                raise
            out.seek(0)
            err.seek(0)
            return Ended(code, out.read(), err.read())

    def end(self) -> None:
        """Kill the process and what it has forked."""
        if self._process is not None:
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.communicate()
            self._process = None

    def _begun(self, environment: Mapping[str, str], folder: Path) -> subprocess.Popen[str]:
        Path(self._path).unlink(missing_ok=True)
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.preloaded", self._path],
            env={**environment, "KEGUAN_HOME": self._folder.name},
            cwd=folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        return process


@dataclass(frozen=True)
class Ended:
    """What came of a process."""

    returncode: int
    stdout: str
    stderr: str


def main(path: str) -> None:
    """Load, then answer."""
    import django

    django.setup()
    for name in _LOADED:
        __import__(name)
    gc.collect()
    gc.freeze()
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(path)
        door.listen()
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        while sys.stdin not in select.select([door, sys.stdin], [], [])[0]:
            asked, _who = door.accept()
            with asked:
                _answer(door, asked)


def _answer(door: socket.socket, asked: socket.socket) -> None:
    said, files, _flags, _address = socket.recv_fds(asked, 1 << 16, 2)
    while not said.endswith(b"\n"):
        said += asked.recv(1 << 16)
    child = os.fork()
    if child == 0:
        door.close()
        asked.close()
        code = 1
        try:
            code = _become(json.loads(said), files)
        except BaseException:  # noqa: BLE001 - told where whoever asked reads it
            traceback.print_exc(file=os.fdopen(os.dup(files[1]), "w"))
        finally:
            os._exit(code)
    for each in files:
        os.close(each)
    _pid, status = os.waitpid(child, 0)
    with contextlib.suppress(BrokenPipeError):
        asked.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _become(wanted: dict[str, Any], files: list[int]) -> int:
    """Run ``python …`` in this process, in the home that the environment names; the exit code."""
    os.dup2(files[0], 1)
    os.dup2(files[1], 2)
    os.chdir(wanted["folder"])
    os.environ.clear()
    os.environ.update(wanted["environment"])
    random.seed()
    _forget_settings()
    how, what, *rest = wanted["arguments"]
    try:
        if how == "-m":
            sys.argv = [what, *rest]
            runpy.run_module(what, run_name="__main__", alter_sys=True)
        else:
            sys.argv = ["-c", *rest]
            exec(compile(what, "<string>", "exec"), {"__name__": "__main__"})  # noqa: S102 - a test's own source
    except SystemExit as end:
        if isinstance(end.code, str):
            sys.stderr.write(f"{end.code}\n")
            return 1
        return end.code or 0
    except BaseException:  # noqa: BLE001 - as Python ends
        traceback.print_exc()
        return 1
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
    return 0


def _forget_settings() -> None:
    """The next who asks for a setting, a connection or a cache gets it by this environment."""
    from asgiref.local import Local
    from django.conf import empty, settings
    from django.core.cache import caches
    from django.db import connections

    sys.modules.pop("keguan.config.settings", None)
    settings._wrapped = empty
    for handler in (connections, caches):
        handler.__dict__.pop("settings", None)
        handler._settings = None
        handler._connections = Local(handler.thread_critical)


if __name__ == "__main__":
    main(sys.argv[1])
