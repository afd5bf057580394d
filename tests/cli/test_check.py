"""``keguan check`` and ``keguan test`` at the console."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.console import keguan

REPOSITORY = Path(__file__).resolve().parents[2]
PACKS = REPOSITORY / "packs"


def without_django(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line where Django cannot be imported."""
    forbid = "import sys; sys.modules['django'] = None; from keguan.cli.main import main; main()"
    command = [sys.executable, "-c", forbid, *arguments]
    return subprocess.run(command, cwd=REPOSITORY, capture_output=True, text=True, timeout=60, check=False)


@pytest.fixture
def packs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the packs to be broken, in the folder in which the commands run."""
    monkeypatch.chdir(tmp_path)
    return Path(shutil.copytree(PACKS, tmp_path / "packs"))


def replace(file: Path, before: str, after: str) -> int:
    """Change the first place where some words stand and return its line."""
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace(before, after, 1), encoding="utf-8")
    return text[: text.index(before)].count("\n") + 1


def test_a_sound_pack_is_said_to_be_sound() -> None:
    """The pack is checked with the packs it builds on, found beside it, without Django, and the exit code is 0.

    All that is noted is the clause that obliges people and has no control yet.
    """
    done = without_django("check", "packs/property-developer")
    assert (done.returncode, done.stderr) == (0, "")
    assert [line.split()[1] for line in done.stdout.splitlines() if line.startswith("packs/")] == ["K8301"]
    assert done.stdout.endswith("0 处错误，0 处提醒。\n")


def test_a_pack_without_anything_to_say_about_it() -> None:
    """Where nothing at all was found, that is said."""
    done = without_django("check", "packs/template")
    assert (done.returncode, done.stdout, done.stderr) == (0, "没有发现问题。\n", "")


def test_an_error_is_named_with_its_place(packs: Path) -> None:
    """A misspelt name gives file, line and column, the id, a sentence and a hint, and exit code 1."""
    line = replace(
        packs / "property-developer/policy.md",
        "算法 |\n|---|---|---|---|---|---|\n| 累计购买额",
        "算法 |\n|---|---|---|---|---|---|\n| 累积购买额",
    )
    done = keguan("check", "packs/property-developer")
    assert (done.exit_code, done.stderr) == (1, "")
    first = next(row for row in done.stdout.splitlines() if "K1021" in row)
    assert first.startswith("packs/property-developer/policy.md:")
    assert int(first.split(":")[1]) > line
    assert "累计购买额" in first


@pytest.mark.parametrize(
    ("prepare", "expected"),
    [
        (shutil.rmtree, "没有制度包文件夹 packs/core。请写出含有 policy.md 的文件夹。\n"),
        (
            lambda folder: (folder / "policy.md").unlink(),
            "文件夹 packs/core 里没有 .md 文件。制度正文应放在其中的 policy.md。\n",
        ),
        (
            lambda folder: (folder / "policy.md").write_bytes("客户".encode("gb18030")),
            "packs/core 里有文件不是 UTF-8 编码（第 1 个字节）。请用 UTF-8 另存后再试。\n",
        ),
    ],
)
def test_a_folder_that_cannot_be_read_is_told(packs: Path, prepare: object, expected: str) -> None:
    """A missing folder, one without text, and one in another encoding each get a sentence and exit code 2."""
    assert callable(prepare)
    prepare(packs / "core")
    done = keguan("check", "packs/core")
    assert (done.exit_code, done.stdout, done.stderr) == (2, "", expected)


def test_the_scenarios_come_true(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every scenario of the property developer is listed and holds."""
    monkeypatch.chdir(REPOSITORY)
    done = keguan("test", "packs/property-developer")
    assert done.exit_code == 0
    *told, last = done.stdout.splitlines()
    assert last == f"{len(told)} 个场景，{len(told)} 个成立，0 个不成立。"
    assert "✓ S25-1 买到五千万的是A级" in told


def test_a_scenario_that_fails_says_why(packs: Path) -> None:
    """With 800万 changed to 900万, who bought for exactly 8 million is C, and the failure says clause and row."""
    replace(packs / "property-developer/policy.md", ">= 800万", ">= 900万")
    done = keguan("test", "packs/property-developer")
    assert done.exit_code == 1
    assert "✗ S25-1 正好八百万的是B级" in done.stdout
    told = done.stdout.split("✗ S25-1 正好八百万的是B级")[1].split("\n✓")[0]
    assert "应为客户等级 B（第四条），得到C" in told
    assert "第四条第7行" in told


def test_commands_are_listed_without_loading_them() -> None:
    """The list of commands needs no Django."""
    done = without_django("--help")
    assert done.returncode == 0
    for name in ("setup", "run", "check", "publish", "import", "verify"):
        assert f"  {name} " in done.stdout
