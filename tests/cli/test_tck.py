"""``keguan tck`` at the console."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.cli.console import keguan
from tests.cli.test_check import without_django
from tests.language.dmn.kits import fares

if TYPE_CHECKING:
    from pathlib import Path


def test_misses_are_printed_and_counted(tmp_path: Path) -> None:
    """Each miss is one line with model, case, node, expected and got; the last line counts, and the exit code is 1."""
    fares(tmp_path / "0001-fares")
    done = keguan("tck", str(tmp_path))
    assert (done.exit_code, done.stderr) == (1, "")
    assert done.stdout == "✗ 0001-fares fares.dmn wrong fare：应为 99，得到 24\n2 of 3\n"


def test_a_table_by_folder_comes_before_the_count(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With --folders each folder has a row; everything is said in English where that is chosen."""
    monkeypatch.setenv("KEGUAN_LANGUAGE", "en")
    fares(tmp_path / "0001-fares")
    assert keguan("tck", str(tmp_path), "--folders").stdout.splitlines() == [
        "✗ 0001-fares fares.dmn wrong fare: expected 99, got 24",
        "| Folder | Cases | Passed | Only null expected |",
        "|---|---:|---:|---:|",
        "| 0001-fares | 3 | 2 | 1 |",
        "2 of 3",
    ]


def test_a_kit_that_passes_ends_with_zero(tmp_path: Path) -> None:
    """Where every case passes the exit code is 0; Django is not needed."""
    folder = tmp_path / "kit"
    fares(folder)
    text = (folder / "fares-test-01.xml").read_text(encoding="utf-8")
    (folder / "fares-test-01.xml").write_text(text.replace("99", "24"), encoding="utf-8")
    done = without_django("tck", str(folder))
    assert (done.returncode, done.stdout, done.stderr) == (0, "3 of 3\n", "")


def test_nothing_to_run_is_told(tmp_path: Path) -> None:
    """A folder that is not there, or holds no cases, gets a sentence and exit code 2."""
    gone, empty = keguan("tck", str(tmp_path / "gone")), keguan("tck", str(tmp_path))
    assert (gone.exit_code, gone.stdout, empty.exit_code, empty.stdout) == (2, "", 2, "")
    assert gone.stderr == f"没有文件夹 {tmp_path / 'gone'}。\n"
    assert empty.stderr == f"{tmp_path} 里没有测试用例。每个文件夹里应有 .dmn 模型和 .xml 用例。\n"
