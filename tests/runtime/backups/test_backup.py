"""A backup, and back again."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from keguan.runtime.keyring.file import ensure
from tests.runtime.backups.conftest import ADDRESS, PHONE, command

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Home

FOUND = """
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.org.queries import staff_by_username
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
viewer = viewer_for(staff_by_username("lin_xiao").id)
row = records.page(viewer, "customer", ListQuery(search="5678", columns=("name", "traits"))).rows[0]
print(row.title.text, Reveal(viewer=viewer, record_type="customer", id=row.id, field="phone", reason="核对号码").run())
print(repr(row.cells["traits"].value))
"""
FOUND_SAYS = "林致远 13912345678\n" + repr("第一行\n第二行\t制表 100% '引号' \\反斜杠") + "\n"
SUMS = """
from keguan.runtime.backups.writing import sums_now
sums = sums_now()
print(sums.rows, sums.digest, sums.tables["rec_customer"].rows, sums.tables["rec_customer"].digest)
"""


def told(text: str) -> tuple[str, ...]:
    """Tables, rows and checksum in a sentence."""
    found = re.search(r"(\d+)张表、([\d,]+)行，校验值 ([0-9a-f]{64})", text)
    assert found, text
    return found.groups()


def test_what_is_restored_is_what_was_backed_up(lived_in: Home, backup: tuple[Path, str], empty_system: Home) -> None:
    """S21-4: restored into an empty system there are as many records with the same checksum, and everything works."""
    file, said = backup
    restored = command(empty_system, "restore", str(file)).stdout
    assert told(restored) == told(said)
    assert "keguan retention reapply" in restored
    assert empty_system.script(SUMS).split()[2:] == lived_in.script(SUMS).split()[2:]
    assert empty_system.script(FOUND) == lived_in.script(FOUND) == FOUND_SAYS
    verified = command(empty_system, "verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    uploads = {path.name: path.read_bytes() for path in (lived_in.path / "uploads").iterdir()}
    assert {path.name: path.read_bytes() for path in (empty_system.path / "uploads").iterdir()} == uploads


def test_no_value_stands_in_a_backup(backup: tuple[Path, str]) -> None:
    """Neither sensitive nor ordinary values are in the file in any encoding; it is the owner's alone."""
    content = backup[0].read_bytes()
    for secret in (PHONE, ADDRESS, "林知远", "林致远", "lin_xiao"):
        for encoding in ("utf-8", "utf-16-le", "gb18030"):
            assert secret.encode(encoding) not in content
    assert backup[0].stat().st_mode & 0o777 == 0o600
    assert not content.startswith(b"\x1f\x8b")


def test_a_system_in_use_is_not_restored_over(lived_in: Home, backup: tuple[Path, str]) -> None:
    """A backup is refused where there is something already, and nothing is changed."""
    before = lived_in.script(SUMS)
    refused = command(lived_in, "restore", str(backup[0]))
    assert (refused.returncode, "已经有数据" in refused.stderr) == (1, True)
    assert lived_in.script(SUMS) == before


@pytest.mark.parametrize("how", ["flipped", "cut", "another key file"])
def test_a_damaged_backup_leaves_the_system_empty(
    backup: tuple[Path, str], empty_system: Home, tmp_path: Path, how: str
) -> None:
    """One changed bit, a missing end or another key file: refused with a sentence, and nothing is restored."""
    content = bytearray(backup[0].read_bytes())
    if how == "flipped":
        content[len(content) // 2] ^= 1
    elif how == "cut":
        del content[-40:]
    else:
        for name in ("keyring.json", "keyring.kek"):
            (empty_system.path / name).unlink()
        ensure(empty_system.path / "keyring.json")
    file = tmp_path / "damaged.backup"
    file.write_bytes(content)
    refused = command(empty_system, "restore", str(file))
    assert (refused.returncode, "不能恢复" in refused.stderr) == (1, True)
    in_use = "from keguan.runtime.ledger.queries import in_use\nprint(in_use())"
    assert empty_system.script(in_use).strip() == "False"
    assert not (empty_system.path / "uploads").exists()


def test_a_backup_is_an_entry(lived_in: Home, backup: tuple[Path, str]) -> None:
    """Who took everything out of the house stands in the ledger, with rows and checksum; a file is never replaced."""
    _, rows, digest = told(backup[1])
    again = command(lived_in, "backup", str(backup[0]))
    assert (again.returncode, "已经有了" in again.stderr) == (1, True)
    entries = lived_in.script(
        "from keguan.runtime.ledger.queries import entries_page, EntryFilters\n"
        "for each in entries_page(filters=EntryFilters(action='backups.back_up')).entries: print(each.data)"
    )
    assert entries.count("\n") == 1
    assert digest in entries
    assert rows.replace(",", "") in entries
