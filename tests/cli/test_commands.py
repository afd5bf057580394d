"""Commands on a company's database: what they say, what they do, and their exit codes."""

from __future__ import annotations

import shutil
import socket
from pathlib import Path

import pytest
from django.conf import settings

from keguan.runtime.ledger.models import Entry
from keguan.runtime.policies.models import PolicyVersion, Publication
from tests.cast import Cast
from tests.cli.console import keguan
from tests.conftest import REPOSITORY
from tests.runtime.ledger.tampering import drop_triggers, execute

pytestmark = [pytest.mark.sqlite_only, pytest.mark.usefixtures("company")]


def test_setup_again_changes_nothing() -> None:
    """Keys and policies that are there stay as they are; the national days have been taken over by then."""
    keguan("setup")
    before = settings.KEYRING_PATH.read_bytes(), Publication.objects.count(), Entry.objects.count()
    done = keguan("setup")
    assert (done.exit_code, done.stdout) == (0, "准备就绪。接着运行 keguan run。\n")
    assert (settings.KEYRING_PATH.read_bytes(), Publication.objects.count(), Entry.objects.count()) == before


def test_setup_leaves_a_companys_own_policies_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where policies are published, setup adds none by itself, not even a bundled one; a missing pack is told."""
    monkeypatch.setattr("keguan.cli.setup.BUNDLED", ("core", "template"))
    before = set(PolicyVersion.objects.values_list("pack", flat=True))
    assert keguan("setup").exit_code == 0
    assert set(PolicyVersion.objects.values_list("pack", flat=True)) == before
    done = keguan("setup", "--pack", "nowhere")
    assert (done.exit_code, set(PolicyVersion.objects.values_list("pack", flat=True))) == (2, before)
    assert "没有制度包" in done.stderr


def test_setup_makes_no_new_keys_for_old_data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is data and the key file is gone, setup refuses and makes none: new keys would hide the loss."""
    monkeypatch.setattr(settings, "KEYRING_PATH", tmp_path / "keyring.json")
    before = Entry.objects.count()
    done = keguan("setup")
    assert done.exit_code == 2
    assert "请先从备份恢复密钥文件" in done.stderr
    assert not (tmp_path / "keyring.json").exists()
    assert Entry.objects.count() == before


def test_the_tables_are_brought_up_to_date() -> None:
    """Where nothing is to be done, migrate says that all is as it should be."""
    done = keguan("migrate")
    assert (done.exit_code, done.stdout) == (0, "数据库结构已是最新。\n")


def test_the_ledger_is_sealed_and_proved() -> None:
    """After sealing, verify counts every entry and finds nothing wrong; nothing is left to seal."""
    entries = Entry.objects.count()
    assert entries > 3
    assert keguan("seal").stdout == f"已封存 {entries} 条记录，新增 1 个区块。\n"
    done = keguan("verify")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"共 {entries} 条记录，1 个区块，未封存 0 条。",
        "账本完好：每一条都与写下时相同，没有删改。",
    ]
    assert keguan("seal").stdout == "没有需要封存的记录。\n"


def test_a_changed_entry_is_named() -> None:
    """One altered byte makes verify name the entry and end with exit code 1."""
    keguan("seal")
    drop_triggers()
    execute("UPDATE ledger_entry SET actor_name = actor_name || 'x' WHERE id = 2")
    done = keguan("verify")
    assert done.exit_code == 1
    (told,) = [line for line in done.stdout.splitlines() if line.startswith("  ")]
    assert told.startswith("  第 2 条：")
    assert done.stderr == "账本与当初写下的不一致。请保留现场，与备份比对，并报告审计员。\n"


def test_publishing_the_same_is_refused() -> None:
    """A pack that is in force already is refused with a sentence and exit code 1, and nothing is published."""
    before = Publication.objects.count()
    done = keguan("publish", str(REPOSITORY / "packs/core"))
    assert (done.exit_code, done.stdout) == (1, "")
    assert "内容相同" in done.stderr
    assert Publication.objects.count() == before


def test_a_new_version_is_published_for_a_day(tmp_path: Path) -> None:
    """A later version is published from the console for the day given there."""
    pack = edition(tmp_path, ("version: 1.0.0", "version: 2.0.0"), (">= 800万", ">= 600万"))
    done = keguan("publish", str(pack), "--effective", "2099-01-01")
    told = "property-developer 2.0.0 已发布，自 2099-01-01 起施行。\n"
    assert (done.exit_code, done.stderr, done.stdout) == (0, "", told)
    assert PolicyVersion.objects.filter(pack="property-developer", version="2.0.0").count() == 1


def test_a_version_with_an_error_is_not_published(tmp_path: Path) -> None:
    """Its errors are printed with their places, then the refusal, and nothing is published."""
    pack = edition(tmp_path, (">= 800万", '"八百万"'))
    before = Publication.objects.count()
    done = keguan("publish", str(pack))
    assert done.exit_code == 1
    assert done.stdout.startswith(f"{pack}/policy.md:")
    assert "没有发布" in done.stderr
    assert Publication.objects.count() == before


def test_deciding_says_what_was_done() -> None:
    """A run over an empty system says so; an unknown type is refused."""
    done = keguan("decide", "--type", "customer")
    assert done.exit_code == 0
    assert done.stdout.startswith("customer：0 条，更新 0 条，用时 ")
    assert keguan("decide", "--type", "nothing").exit_code == 1


def test_a_token_is_shown_once(company: Cast) -> None:
    """The secret is the only line; somebody unknown gets a sentence and exit code 1."""
    done = keguan("token", company.xu_ke.username)
    assert (done.exit_code, len(done.stdout.splitlines())) == (0, 1)
    refused = keguan("token", "nobody")
    assert (refused.exit_code, refused.stdout, refused.stderr) == (1, "", "没有用户名为 nobody 的员工。\n")


def test_a_port_in_use_is_told() -> None:
    """A port that something else listens on gets a sentence with another one, before anything starts."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        done = keguan("run", "--no-demo", "--port", str(port))
    assert (done.exit_code, done.stdout) == (2, "")
    assert f"端口 {port} 不能使用" in done.stderr


def edition(folder: Path, *changes: tuple[str, str]) -> Path:
    """The property developer's pack with some words changed, in a folder of its own."""
    pack = Path(shutil.copytree(REPOSITORY / "packs/property-developer", folder / "property-developer"))
    text = (pack / "policy.md").read_text(encoding="utf-8")
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (pack / "policy.md").write_text(text, encoding="utf-8")
    return pack


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

    def test_good_rows_go_in_and_bad_rows_come_back(self, sheet: Path, tmp_path: Path) -> None:
        """Two rows are filed and decided; the third comes back with its reason, on the console and as a file."""
        back = tmp_path / "back.xlsx"
        done = keguan("import", str(sheet), "--type", "customer", "--errors", str(back))
        assert done.exit_code == 0, done.stderr
        assert "导入完毕：新建 2 条，更新 0 条，退回 1 行。" in done.stdout
        assert "手机" in done.stdout
        assert back.stat().st_size > 0
        assert keguan("decide", "--type", "customer").stdout.startswith("customer：2 条，更新 0 条")

    def test_a_dry_run_writes_nothing(self, sheet: Path) -> None:
        """Checking counts the same rows and files none."""
        done = keguan("import", str(sheet), "--type", "customer", "--dry-run")
        assert done.exit_code == 0, done.stderr
        assert "检查完毕：可新建 2 条，可更新 0 条，退回 1 行。" in done.stdout
        assert keguan("decide", "--type", "customer").stdout.startswith("customer：0 条")

    def test_the_same_file_again_is_told(self, sheet: Path) -> None:
        """A file that is in already is not brought in twice by mistake."""
        keguan("import", str(sheet), "--type", "customer")
        done = keguan("import", str(sheet), "--type", "customer")
        assert (done.exit_code, done.stdout) == (1, "")
        assert "已经导入过" in done.stderr

    def test_a_missing_file_is_told(self) -> None:
        """A file that is not there gets a sentence and exit code 2."""
        done = keguan("import", "nowhere.csv", "--type", "customer")
        assert (done.exit_code, done.stdout) == (2, "")
        assert "读不到文件 nowhere.csv" in done.stderr
