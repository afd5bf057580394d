"""``keguan simulate`` and ``keguan snapshot``: a change tried, on the live data or on a copy."""

from __future__ import annotations

import csv
import json
import shutil
import stat
from pathlib import Path

import pytest
from jsonschema_rs import Draft202012Validator

from keguan.runtime.decisions.snapshots import take
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from tests.cast import Cast
from tests.cli.console import keguan
from tests.conftest import REPOSITORY
from tests.runtime.decisions.filing import as_seen_by, contract, customer, outcomes_kept

SCHEMA = json.loads((REPOSITORY / "docs/reference/simulation.schema.json").read_text(encoding="utf-8"))


@pytest.fixture
def buyer(company: Cast) -> int:
    """A customer who bought for 7 million."""
    xu_ke = as_seen_by(company.xu_ke.id)
    found = customer(xu_ke, "许安然")
    contract(xu_ke, found, "7000000")
    return found


@pytest.fixture
def draft(tmp_path: Path) -> str:
    """The property developer's pack with a lower bar."""
    folder = tmp_path / "property-developer"
    shutil.copytree(REPOSITORY / "packs" / "property-developer", folder)
    text = (folder / "policy.md").read_text(encoding="utf-8")
    (folder / "policy.md").write_text(text.replace(">= 800万", ">= 600万"), encoding="utf-8")
    return str(folder)


def test_who_would_move_is_told_with_both_reasons(buyer: int, draft: str) -> None:
    """The matrix, the name, and the rows that were and would be; nothing is written."""
    kept = outcomes_kept(buyer)
    done = keguan("simulate", draft)
    assert done.exit_code == 0
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert "判定“客户等级”：1 份档案中 1 份会变（100.0%）。" in lines
    assert lines[lines.index("  原＼新        B             C") + 2] == "  C             1             ·"
    assert f"  #{buyer} 许安然　C、金卡 → B、铂金卡" in lines
    assert any(line.startswith("    原：") and "第四条第7行" in line for line in lines)
    assert any(line.startswith("    新：") and "第四条第5行" in line for line in lines)
    assert outcomes_kept(buyer) == kept


def test_the_data_is_as_its_schema_says(buyer: int, draft: str) -> None:
    """The JSON document validates; whoever it is told to sees no more than on a page."""
    document = json.loads(keguan("simulate", draft, "--format", "json").stdout)
    Draft202012Validator(SCHEMA).validate(document)
    (decision,) = document["decisions"]
    assert (decision["code"], decision["records"], decision["moved"]) == ("customer_grade", 1, 1)
    assert [each["id"] for each in decision["named"]] == [buyer]
    hidden = json.loads(keguan("simulate", draft, "--format", "json", "--as", "fang_ming").stdout)
    assert (hidden["decisions"][0]["moved"], hidden["decisions"][0]["named"]) == (1, [])


REFORM = """---
id: pilot
title: 试点
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 修订

:::参数 试点 (pilot_figures)
修订: 是

| 参数 | 代码 | 值 | 起 | 依据 |
|---|---|---|---|---|
| 活跃参加次数 | active_attendance | 1 | 2026-01-01 | 第一条 |
:::
"""


def test_a_reform_is_tried_by_itself(buyer: int, tmp_path: Path) -> None:
    """A file that only lays another figure over a parameter moves what reads it and nothing else."""
    file = tmp_path / "pilot.md"
    file.write_text(REFORM, encoding="utf-8")
    done = keguan("simulate", "--reform", str(file), "--format", "json")
    assert done.exit_code == 0, done.output
    document = json.loads(done.stdout)
    assert [each["code"] for each in document["facts"]] == ["active_in_events"]
    assert [(each["code"], each["moved"]) for each in document["decisions"]] == [("customer_grade", 0)]


def test_without_anything_to_try_the_use_is_told(buyer: int, tmp_path: Path) -> None:
    """Neither a pack nor a reform, or a reform that is none: exit code 2."""
    assert keguan("simulate").exit_code == 2
    (tmp_path / "notes.md").write_text("记事", encoding="utf-8")
    assert keguan("simulate", "--reform", str(tmp_path / "notes.md")).exit_code == 2


QUOTA = """
### 第九条 名额

:::名额 等级名额 (grade_quota)
判定: 客户等级
超额: 按 累计购买额 从高到低保留, 其余降一级

| 等级 | 上限 |
|---|---|
| B | 1户 |
:::
"""


def test_what_a_quota_would_cut_is_told(company: Cast, draft: str) -> None:
    """With room for one B, the smaller of two buyers falls; both documents and the terminal say so."""
    xu_ke = as_seen_by(company.xu_ke.id)
    large, small = customer(xu_ke, "陆知行"), customer(xu_ke, "许安然")
    contract(xu_ke, large, "9000000")
    contract(xu_ke, small, "8500000")
    file = Path(draft) / "policy.md"
    text = file.read_text(encoding="utf-8")
    heading = "→ 客户等级 (grade"
    assert heading in text
    choices = "→ 客户等级 (grade, 选项(A, B, C, D, E))"
    text = text.replace("→ 客户等级 (grade)", choices).replace(">= 600万", ">= 800万")
    file.write_text(text + QUOTA, encoding="utf-8")
    done = keguan("simulate", draft)
    assert done.exit_code == 0, done.output
    assert "第九条 名额“等级名额”：切下 1 份；现行制度没有这项名额。" in done.stdout
    assert "  B：按表 2 份，上限 1，切后 1 份" in done.stdout
    assert f"  #{small} 许安然　B → C" in done.stdout
    document = json.loads(keguan("simulate", draft, "--format", "json").stdout)
    Draft202012Validator(SCHEMA).validate(document)
    (quota,) = document["quotas"]
    assert (quota["cut"], quota["cut_before"], quota["groups"]) == (1, None, 1)
    assert [each["id"] for each in quota["named"]] == [small]
    hidden = json.loads(keguan("simulate", draft, "--format", "json", "--as", "fang_ming").stdout)
    assert (hidden["quotas"][0]["cut"], hidden["quotas"][0]["named"]) == (1, [])


def test_the_list_is_a_table(buyer: int, draft: str) -> None:
    """CSV has one line for each name."""
    rows = list(csv.reader(keguan("simulate", draft, "--format", "csv").stdout.splitlines()))
    assert rows[1][:7] == ["customer_grade", str(buyer), "许安然", "C、金卡", "B、铂金卡", "第四条 7", "第四条 5"]


def test_a_name_cannot_become_a_formula(company: Cast, draft: str) -> None:
    """What a spreadsheet would run is written as text."""
    xu_ke = as_seen_by(company.xu_ke.id)
    contract(xu_ke, customer(xu_ke, "=1+1"), "7000000")
    rows = list(csv.reader(keguan("simulate", draft, "--format", "csv").stdout.splitlines()))
    assert rows[1][2] == "'=1+1"


def test_a_draft_with_errors_is_not_tried(buyer: int, draft: str) -> None:
    """Its diagnostics are printed; the exit code is 1."""
    file = Path(draft) / "policy.md"
    file.write_text(file.read_text(encoding="utf-8").replace(">= 600万", ">= 六百万"), encoding="utf-8")
    done = keguan("simulate", draft)
    assert done.exit_code == 1
    assert "制度有错误，没有试算。" in done.stderr


def test_a_snapshot_gives_the_same_and_stays_as_it_was(buyer: int, draft: str, tmp_path: Path, company: Cast) -> None:
    """A trial on the file finds the customer of that moment, whatever has happened in the database since."""
    file = tmp_path / "live.sqlite3"
    done = keguan("snapshot", str(file))
    assert done.exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    xu_ke = as_seen_by(company.xu_ke.id)
    contract(xu_ke, customer(xu_ke, "陆知行"), "7000000")
    document = json.loads(keguan("simulate", draft, "--on", str(file), "--format", "json").stdout)
    (decision,) = document["decisions"]
    assert (decision["records"], [each["title"]["text"] for each in decision["named"]]) == (1, ["许安然"])
    assert len(json.loads(keguan("simulate", draft, "--format", "json").stdout)["decisions"][0]["named"]) == 2


def test_a_snapshot_is_in_the_ledger(buyer: int, tmp_path: Path) -> None:
    """Who takes a copy of the tables is on record."""
    keguan("snapshot", str(tmp_path / "live.sqlite3"))
    (entry,) = entries_page(filters=EntryFilters(action="decisions.snapshot")).entries
    assert entry.data == {"file": "live.sqlite3"}


def test_sealed_values_stay_sealed_in_a_snapshot(buyer: int, tmp_path: Path) -> None:
    """The phone number is nowhere in the file."""
    file = tmp_path / "live.sqlite3"
    keguan("snapshot", str(file))
    assert b"1390" not in file.read_bytes()
    assert "许安然".encode() in file.read_bytes()


def test_a_snapshot_that_fails_leaves_nothing(buyer: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Broken off before its end, it leaves neither a file nor a half one, and an older snapshot as it was."""
    file = tmp_path / "live.sqlite3"
    keguan("snapshot", str(file))
    before = file.read_bytes()

    def broken(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("keguan.runtime.decisions.snapshots._describe", broken)
    for name in ("live.sqlite3", "other.sqlite3"):
        with pytest.raises(KeyboardInterrupt):
            take(SYSTEM, tmp_path / name)
    assert [each.name for each in tmp_path.iterdir()] == ["live.sqlite3"]
    assert file.read_bytes() == before


def test_a_file_that_is_no_snapshot_is_left_alone(buyer: int, draft: str, tmp_path: Path) -> None:
    """Neither is it overwritten nor read as one; a second snapshot takes the place of the first."""
    other = tmp_path / "notes.txt"
    other.write_text("记事", encoding="utf-8")
    done = keguan("snapshot", str(other))
    assert (done.exit_code, other.read_text(encoding="utf-8")) == (1, "记事")
    assert keguan("simulate", draft, "--on", str(other)).exit_code == 1
    assert keguan("simulate", draft, "--on", str(tmp_path / "none.sqlite3")).exit_code == 1
    file = tmp_path / "live.sqlite3"
    assert [keguan("snapshot", str(file)).exit_code for _ in range(2)] == [0, 0]
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == ["live.sqlite3", "notes.txt"]
