"""Commands on a home of their own: from nothing to policies, a ledger and decisions."""

from __future__ import annotations

import json
import os
import shutil
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

from tests.conftest import REPOSITORY, Home

if TYPE_CHECKING:
    from collections.abc import Iterator

pytestmark = pytest.mark.sqlite_only


def keguan(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line in a home."""
    command = [sys.executable, "-m", "keguan.cli", *arguments]
    return subprocess.run(
        command, env=home.environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=120, check=False
    )


@pytest.fixture(scope="session")
def _set_up_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    found = Home(tmp_path_factory.mktemp("set-up") / "home")
    done = keguan(found, "setup")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "已发布制度包 core 1.0.0。",
        "已发布制度包 property-developer 1.0.0。",
        "准备就绪。接着运行 keguan run。",
    ]
    return found


@pytest.fixture
def set_up(_set_up_home: Home, tmp_path: Path) -> Home:
    """A home in which ``keguan setup`` has run."""
    return Home(Path(shutil.copytree(_set_up_home.path, tmp_path / "home")))


def test_setup_makes_keys_that_nobody_else_reads(set_up: Home) -> None:
    """The key file is there, readable by its owner alone."""
    assert (set_up.path / "keyring.json").stat().st_mode & 0o777 == 0o600


def test_setup_again_changes_nothing(set_up: Home) -> None:
    """Keys and policies that are there stay as they are."""
    before = (set_up.path / "keyring.json").read_bytes()
    done = keguan(set_up, "setup")
    assert (done.returncode, done.stdout) == (0, "准备就绪。接着运行 keguan run。\n")
    assert (set_up.path / "keyring.json").read_bytes() == before


def test_the_ledger_is_sealed_and_proved(set_up: Home) -> None:
    """After sealing, verify counts the entries of setup and finds nothing wrong."""
    assert keguan(set_up, "seal").stdout == "已封存 3 条记录，新增 1 个区块。\n"
    done = keguan(set_up, "verify")
    assert done.returncode == 0
    assert done.stdout.splitlines() == [
        "共 3 条记录，1 个区块，未封存 0 条。",
        "账本完好：每一条都与写下时相同，没有删改。",
    ]


def test_a_changed_entry_is_named(set_up: Home) -> None:
    """One altered byte makes verify name the entry and end with exit code 1."""
    import sqlite3

    keguan(set_up, "seal")
    with sqlite3.connect(set_up.path / "keguan.sqlite3") as raw:
        for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
            raw.execute(f"DROP TRIGGER {name}")
        raw.execute("UPDATE ledger_entry SET actor_name = actor_name || 'x' WHERE id = 2")
    done = keguan(set_up, "verify")
    assert done.returncode == 1
    assert "第 2 条" in done.stdout
    assert "账本与当初写下的不一致" in done.stderr


def test_publishing_the_same_is_refused(set_up: Home) -> None:
    """A pack that is in force already is refused with a sentence and exit code 1."""
    done = keguan(set_up, "publish", "packs/core")
    assert (done.returncode, done.stdout) == (1, "")
    assert "内容相同" in done.stderr


def test_a_new_version_is_published_for_a_day(set_up: Home, tmp_path: Path) -> None:
    """A later version is published from the console for the day given there."""
    pack = Path(shutil.copytree(REPOSITORY / "packs/property-developer", tmp_path / "property-developer"))
    text = (pack / "policy.md").read_text(encoding="utf-8")
    text = text.replace("version: 1.0.0", "version: 2.0.0").replace(">= 800万", ">= 600万")
    (pack / "policy.md").write_text(text, encoding="utf-8")
    done = keguan(set_up, "publish", str(pack), "--effective", "2099-01-01")
    assert (done.returncode, done.stdout) == (0, "property-developer 2.0.0 已发布，自 2099-01-01 起施行。\n")


def test_two_at_once_and_one_wins(set_up: Home, tmp_path: Path) -> None:
    """Two processes publish two texts under one number: one is in force, the other is refused with a sentence."""
    running = []
    for threshold in ("600万", "700万"):
        pack = Path(
            shutil.copytree(REPOSITORY / "packs/property-developer", tmp_path / threshold / "property-developer")
        )
        text = (pack / "policy.md").read_text(encoding="utf-8")
        text = text.replace("version: 1.0.0", "version: 2.0.0").replace(">= 800万", f">= {threshold}")
        (pack / "policy.md").write_text(text, encoding="utf-8")
        running.append(set_up.start("-m", "keguan.cli", "publish", str(pack)))
    ended = [(*process.communicate(timeout=120), process.returncode) for process in running]
    assert sorted(code for _out, _err, code in ended) == [0, 1]
    refused = next(err for _out, err, code in ended if code == 1)
    assert "版本号 2.0.0 应大于已发布的 2.0.0" in refused or "另一项发布正在进行" in refused
    kept = set_up.script(
        "import json; from keguan.runtime.policies.models import PolicyVersion, Publication\n"
        "print(json.dumps([PolicyVersion.objects.filter(version='2.0.0').count(), Publication.objects.count()]))"
    )
    assert json.loads(kept) == [1, 2]


def test_deciding_says_what_was_done(set_up: Home) -> None:
    """A run over an empty system says so, type by type."""
    done = keguan(set_up, "decide", "--type", "customer")
    assert done.returncode == 0
    assert done.stdout.startswith("customer：0 条，更新 0 条，用时 ")
    assert keguan(set_up, "decide", "--type", "nothing").returncode == 1


class TestImport:
    """``keguan import`` brings files in."""

    @pytest.fixture
    def sheet(self, tmp_path: Path) -> Path:
        """Two customers and a phone that is none."""
        path = tmp_path / "客户.csv"
        path.write_text(
            "姓名,客户类别,手机\n林知远,个人,13900000001\n程安,个人,13900000002\n白露,个人,139\n", encoding="utf-8-sig"
        )
        return path

    def test_good_rows_go_in_and_bad_rows_come_back(self, set_up: Home, sheet: Path, tmp_path: Path) -> None:
        """Two rows are filed and decided; the third comes back with its reason, on the console and as a file."""
        back = tmp_path / "back.xlsx"
        done = keguan(set_up, "import", str(sheet), "--type", "customer", "--errors", str(back))
        assert done.returncode == 0, done.stderr
        assert "导入完毕：新建 2 条，更新 0 条，退回 1 行。" in done.stdout
        assert "手机" in done.stdout
        assert back.stat().st_size > 0
        assert keguan(set_up, "decide", "--type", "customer").stdout.startswith("customer：2 条，更新 0 条")

    def test_a_dry_run_writes_nothing(self, set_up: Home, sheet: Path) -> None:
        """Checking counts the same rows and files none."""
        done = keguan(set_up, "import", str(sheet), "--type", "customer", "--dry-run")
        assert done.returncode == 0, done.stderr
        assert "检查完毕：可新建 2 条，可更新 0 条，退回 1 行。" in done.stdout
        assert keguan(set_up, "decide", "--type", "customer").stdout.startswith("customer：0 条")

    def test_the_same_file_again_is_told(self, set_up: Home, sheet: Path) -> None:
        """A file that is in already is not brought in twice by mistake."""
        keguan(set_up, "import", str(sheet), "--type", "customer")
        done = keguan(set_up, "import", str(sheet), "--type", "customer")
        assert (done.returncode, done.stdout) == (1, "")
        assert "已经导入过" in done.stderr

    def test_a_missing_file_is_told(self, set_up: Home) -> None:
        """A file that is not there gets a sentence and exit code 2."""
        done = keguan(set_up, "import", "nowhere.csv", "--type", "customer")
        assert (done.returncode, done.stdout) == (2, "")
        assert "读不到文件 nowhere.csv" in done.stderr


class TestRun:
    """``keguan run`` starts everything and stops it again."""

    @pytest.fixture
    def port(self) -> int:
        """A port that is free."""
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            return int(probe.getsockname()[1])

    @pytest.fixture
    def running(self, set_up: Home, port: int) -> Iterator[subprocess.Popen[str]]:
        """The system without the demo."""
        process = set_up.start("-u", "-m", "keguan.cli", "run", "--no-demo", "--port", str(port))
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

    def test_a_port_in_use_is_told(self, set_up: Home, port: int) -> None:
        """A port that something else listens on gets a sentence with another one, before anything starts."""
        with socket.socket() as other:
            other.bind(("127.0.0.1", port))
            other.listen()
            done = keguan(set_up, "run", "--no-demo", "--port", str(port))
        assert (done.returncode, done.stdout) == (2, "")
        assert f"端口 {port} 不能使用" in done.stderr


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


def alive(pid: int) -> bool:
    """Whether a process is still there a moment later (a zombie is not)."""
    until = time.monotonic() + 5
    while time.monotonic() < until:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return False
        if state == "Z":
            return False
        time.sleep(0.1)
    with suppress(ProcessLookupError):
        os.kill(pid, 0)
    return True
