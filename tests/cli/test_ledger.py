"""The ledger on the command line: anchored, held against its anchors, archived."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home

WRITE = """
from keguan.runtime.ledger.actions import SYSTEM, Record, append, seal
append(SYSTEM, [Record("tests.wrote", "thing", number) for number in range(5)])
seal()
"""


def keguan(home: Home, *arguments: str) -> tuple[int, str, str]:
    """Run a command here; its exit code and what it said."""
    done = subprocess.run(
        [sys.executable, "-m", "keguan.cli", *arguments],
        env=home.environment,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


def test_the_ledger_is_anchored_and_held_against_its_anchors(home: Home) -> None:
    """A receipt is printed and kept; it fits; after the database was put back to before, it does not, and says so."""
    code, told, _ = keguan(home, "ledger", "anchor")
    assert (code, "还没有封存" in told) == (0, True)
    database = home.path / "keguan.sqlite3"
    older = database.read_bytes()
    home.lean.script(WRITE)
    code, told, _ = keguan(home, "ledger", "anchor")
    receipt = json.loads(told.splitlines()[0])
    assert (code, receipt["block"], receipt["entries"]) == (0, 1, 5)
    assert "已交给 1 个锚定目标" in told
    assert keguan(home, "ledger", "key")[1].startswith("-----BEGIN PUBLIC KEY-----")
    (anchors,) = home.path.glob("ledger-anchors-*.jsonl")
    code, told, _ = keguan(home, "verify", "--anchor", str(anchors))
    assert (code, "比对了 1 张锚点回执" in told, "账本完好" in told) == (0, True, True)
    for left in home.path.glob("keguan.sqlite3-*"):
        left.unlink()
    database.write_bytes(older)
    code, told, failed = keguan(home, "verify", "--anchor", str(anchors))
    assert (code, "账本的末尾不见了" in told, "没有这一块" in told) == (1, True, True), told + failed


def test_young_blocks_are_not_archived(home: Home) -> None:
    """Less than six months is refused with the law; nothing is written."""
    folder = home.path / "archive"
    folder.mkdir()
    code, told, failed = keguan(home, "ledger", "archive", "--to", str(folder), "--months", "5")
    assert (code, "网络安全法第二十一条" in told + failed) == (1, True)
    assert list(folder.iterdir()) == []
