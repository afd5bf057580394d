"""A command that ends with whoever started it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from keguan.runtime.jobs.bound import bound

BEGIN = [sys.executable, "-c", "print('begun')"]


def test_the_command_is_what_runs() -> None:
    """Bound or not, the command does what it does, and its exit code is its own."""
    assert subprocess.run(bound(BEGIN), capture_output=True, text=True, check=True).stdout == "begun\n"
    assert subprocess.run(bound([sys.executable, "-c", "raise SystemExit(7)"]), check=False).returncode == 7


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux makes the promise")
def test_a_child_whose_parent_is_gone_already_does_not_begin() -> None:
    """The parent may die between the start of the child and the kernel's promise: the child notices."""
    command = ["1" if part == str(os.getpid()) else part for part in bound(BEGIN)]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (1, "")
