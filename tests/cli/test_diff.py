"""``keguan diff``: two versions, or one and the version in force."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from tests.cli.console import keguan
from tests.conftest import REPOSITORY

SCHEMA = json.loads((REPOSITORY / "docs/reference/difference.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def versions(tmp_path: Path) -> tuple[Path, Path]:
    """The property developer's packs as they are, and with a lower bar."""
    for side in ("old", "new"):
        for name in ("core", "property-developer"):
            shutil.copytree(REPOSITORY / "packs" / name, tmp_path / side / name)
    new = tmp_path / "new" / "property-developer"
    text = (new / "policy.md").read_text(encoding="utf-8")
    assert text.count(">= 800万") == 1
    (new / "policy.md").write_text(text.replace(">= 800万", ">= 600万"), encoding="utf-8")
    return tmp_path / "old" / "property-developer", new


def test_two_folders_are_compared(versions: tuple[Path, Path]) -> None:
    """The one changed cell is told under its clause, with how far it reaches."""
    done = keguan("diff", *map(str, versions))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[-4:] == [
        "1 处不同：影响判定 1。",
        "",
        "第四条 五级分类",
        "  [影响判定] 第四条 客户等级 第5行 累计购买额：由“>= 800万”改为“>= 600万”",
    ]


def test_nothing_to_tell_is_told(versions: tuple[Path, Path]) -> None:
    """The same folder twice has no difference, which is no failure."""
    done = keguan("diff", str(versions[0]), str(versions[0]))
    assert (done.exit_code, done.stdout.splitlines()[-1]) == (0, "没有不同。")


def test_an_english_console_reads_english(versions: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks and sentences follow the console's language."""
    monkeypatch.setenv("KEGUAN_LANGUAGE", "en")
    told = keguan("diff", *map(str, versions)).stdout
    assert "Differences: 1 (Changes outcomes 1)." in told
    assert "[Changes outcomes] 第四条 Customer grade row 5 累计购买额: from “>= 800万” to “>= 600万”" in told


def test_the_data_is_as_its_schema_says(versions: tuple[Path, Path]) -> None:
    """The JSON document validates, and says the same."""
    document = json.loads(keguan("diff", *map(str, versions), "--format", "json").stdout)
    Draft202012Validator(SCHEMA).validate(document)
    assert document["counts"] == {"outcome": 1, "practice": 0, "structure": 0, "text": 0}
    (only,) = document["differences"]
    assert (only["kind"], only["row"], only["before"], only["after"]) == ("decision", "5", ">= 800万", ">= 600万")


def test_one_folder_is_not_enough(versions: tuple[Path, Path]) -> None:
    """Without an old version the use is explained and the exit code is 2."""
    done = keguan("diff", str(versions[0]))
    assert done.exit_code == 2
    assert "--against live" in done.stderr


def test_a_version_with_errors_is_not_compared(versions: tuple[Path, Path]) -> None:
    """Its diagnostics are printed and nothing else is."""
    file = versions[1] / "policy.md"
    file.write_text(file.read_text(encoding="utf-8").replace(">= 600万", ">= 六百万"), encoding="utf-8")
    done = keguan("diff", *map(str, versions))
    assert done.exit_code == 1
    assert "制度有错误，没有比较。" in done.stderr
    assert "第四条 客户等级" not in done.stdout


@pytest.mark.usefixtures("company")
def test_the_version_in_force_can_stand_in_for_the_old(versions: tuple[Path, Path]) -> None:
    """Against what is in force the same cell is told."""
    done = keguan("diff", str(versions[1]), "--against", "live")
    assert done.exit_code == 0
    assert "第四条 客户等级 第5行 累计购买额：由“>= 800万”改为“>= 600万”" in done.stdout
