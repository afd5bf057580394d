"""``keguan fmt``, ``new``, ``bring`` and ``print``: writing a policy at the console."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.console import keguan
from tests.house.fonts import chinese_font
from tests.language.paper.documents import SCANNED, word

UNTIDY = ":::参数  限额(limits)\n类型：金额\n|参数|代码|值|起|依据|\n|-|-|-|-|-|\n|上限|cap|5万|2026-01-01|甲|\n:::\n"
TIDY = (
    ":::参数 限额 (limits)\n类型: 金额\n\n| 参数 | 代码 | 值 | 起 | 依据 |\n|---|---|---|---|---|\n"
    "| 上限 | cap | 5万 | 2026-01-01 | 甲 |\n:::\n"
)


def test_fmt_writes_what_is_untidy(tmp_path: Path) -> None:
    """The file is laid out, named, and the second run has nothing to do."""
    file = tmp_path / "policy.md"
    file.write_text(UNTIDY, encoding="utf-8")
    first = keguan("fmt", str(tmp_path))
    assert (first.exit_code, first.stdout) == (0, f"{file}\n改写了 1 个文件。\n")
    assert file.read_text(encoding="utf-8") == TIDY
    again = keguan("fmt", str(file))
    assert (again.exit_code, again.stdout) == (0, "都已经是规范的写法。\n")


@pytest.mark.parametrize("option", ["--check", "--diff"])
def test_fmt_only_tells_when_asked(tmp_path: Path, option: str) -> None:
    """With --check and --diff nothing is written; --check ends with 1."""
    file = tmp_path / "policy.md"
    file.write_text(UNTIDY, encoding="utf-8")
    done = keguan("fmt", option, str(file))
    assert done.exit_code == (1 if option == "--check" else 0)
    assert "1 个文件要改。" in done.stdout
    assert file.read_text(encoding="utf-8") == UNTIDY


def test_fmt_puts_keywords_into_english(tmp_path: Path) -> None:
    """--keywords en names kinds, lines and columns in English."""
    file = tmp_path / "policy.md"
    file.write_text(TIDY, encoding="utf-8")
    assert keguan("fmt", "--keywords", "en", str(file)).exit_code == 0
    assert ":::parameter 限额 (limits)" in file.read_text(encoding="utf-8")
    assert "| parameter | code | value | since | reference |" in file.read_text(encoding="utf-8")


def test_a_new_pack_checks_and_its_scenarios_pass(tmp_path: Path) -> None:
    """What `new pack` writes is sound as it is, under its own id and title."""
    folder = tmp_path / "my-company"
    assert keguan("new", "pack", str(folder), "--title", "青石会员办法").exit_code == 0
    text = (folder / "policy.md").read_text(encoding="utf-8")
    assert text.startswith("---\nid: my-company\ntitle: 青石会员办法\n")
    assert keguan("check", str(folder)).stdout == "没有发现问题。\n"
    assert keguan("test", str(folder)).exit_code == 0


@pytest.mark.parametrize(("what", "name"), [("pack", "My Company"), ("policy", "mine"), ("pack", "taken")])
def test_new_refuses_and_writes_nothing(tmp_path: Path, what: str, name: str) -> None:
    """A name that is no id, another thing than a pack, and a folder that exists are refused with exit code 2."""
    (tmp_path / "taken").mkdir()
    done = keguan("new", what, str(tmp_path / name))
    assert done.exit_code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["taken"]
    assert list((tmp_path / "taken").iterdir()) == []


def test_a_word_policy_is_brought_in_and_checks(tmp_path: Path) -> None:
    """The draft is a pack that checks, and what its clauses could become is said."""
    (tmp_path / "办法.docx").write_bytes(word())
    folder = tmp_path / "credit"
    done = keguan("bring", str(tmp_path / "办法.docx"), str(folder))
    assert done.exit_code == 0
    assert done.stdout.splitlines()[0] == f"《远帆商贸赊销管理办法》写进了 {folder}/policy.md：3 条，1 张表。"
    assert "  第二条　判定　…分为A、B、C三级…" in done.stdout
    assert "  第三条　名额　…不得超过额度的120%…" in done.stdout
    check = keguan("check", str(folder))
    assert (check.exit_code, check.stdout.splitlines()[-1]) == (0, "0 处错误，0 处提醒。")


def test_what_was_dropped_is_listed(tmp_path: Path) -> None:
    """Every line left out stands there with its place and reason."""
    (tmp_path / "规定.txt").write_text(SCANNED, encoding="utf-8")
    done = keguan("bring", str(tmp_path / "规定.txt"), str(tmp_path / "service"))
    assert "没有带进来的（8 处）：" in done.stdout
    assert "  第 12 段 页码：- 1 -" in done.stdout


def test_bring_never_overwrites(tmp_path: Path) -> None:
    """A folder with a policy in it is left alone."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "policy.md").write_text("甲", encoding="utf-8")
    (tmp_path / "规定.txt").write_text(SCANNED, encoding="utf-8")
    assert keguan("bring", str(tmp_path / "规定.txt"), str(tmp_path / "mine")).exit_code == 2
    assert (tmp_path / "mine" / "policy.md").read_text(encoding="utf-8") == "甲"


def test_an_old_word_file_is_refused_with_what_to_do(tmp_path: Path) -> None:
    """A file that is no .docx inside is refused; no folder is made."""
    (tmp_path / "旧.docx").write_bytes(b"\xd0\xcf\x11\xe0")
    done = keguan("bring", str(tmp_path / "旧.docx"), str(tmp_path / "old"))
    assert (done.exit_code, "另存为 .docx" in done.stderr) == (2, True)
    assert not (tmp_path / "old").exists()


@pytest.mark.parametrize("form", ["docx", pytest.param("pdf", marks=chinese_font)])
def test_a_pack_is_printed(tmp_path: Path, form: str) -> None:
    """The named file is written, with the program's own check before."""
    output = tmp_path / f"制度.{form}"
    done = keguan("print", "packs/template", "-o", str(output))
    assert (done.exit_code, done.stdout) == (0, f"《健身房会员管理办法（样例）》1.0.0 版写进了 {output}。\n")
    assert output.read_bytes().startswith(b"PK" if form == "docx" else b"%PDF")


def test_print_wants_a_known_ending(tmp_path: Path) -> None:
    """Another file name is refused and nothing is written."""
    done = keguan("print", "packs/template", "-o", str(tmp_path / "a.odt"))
    assert (done.exit_code, list(tmp_path.iterdir())) == (2, [])


def test_examples_are_proposed_and_come_true(tmp_path: Path) -> None:
    """The file that `propose` writes is a scenario file that passes; a second run leaves it alone."""
    folder = tmp_path / "mine"
    keguan("new", "pack", str(folder))
    output = folder / "scenarios" / "proposed.md"
    first = keguan("propose", str(folder), "-o", str(output))
    assert (first.exit_code, first.stdout) == (0, f"写进了 {output}。请逐条核对，再当作场景保存。\n")
    text = output.read_text(encoding="utf-8")
    assert keguan("test", str(folder)).exit_code == 0
    assert keguan("propose", str(folder), "-o", str(output)).exit_code == 2
    assert output.read_text(encoding="utf-8") == text


def test_an_unknown_decision_is_refused(tmp_path: Path) -> None:
    """A decision that the pack does not have is named, with those it has."""
    done = keguan("propose", "packs/template", "--decision", "nothing")
    assert (done.exit_code, done.stderr) == (2, "没有这个判定：nothing。现有：member_level。\n")
