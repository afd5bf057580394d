"""What somebody finds who gets hold of the disk, the database, the backups, the logs or what a job left lying about.

A company is filled through every door that takes sensitive values: pages' actions, an import from a workbook, a case's
form, a saved view, a survey's answer; it exports, backs up and rotates its keys. Then every byte is searched.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import pytest

from tests.runtime.backups.conftest import command, system

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.conftest import Home

ID_NUMBERS = ("11010519491231002X", "810000199408230021", "440308199901101512")
PHONES = ("13912345678", "13987654321", "13511112222")
OTHERS = ("lin.zhiyuan@example.com", "云岭市江南大道一百号三栋二单元")
ORDINARY = "林知远"

WORKBOOK = f"""姓名,客户类别,身份证号,手机,邮箱,联系地址
周小舟,个人,{ID_NUMBERS[1]},{PHONES[1]},,
坏的一行,个人,{ID_NUMBERS[2]}9,{PHONES[2]},,{OTHERS[1]}
"""

SCRIPT = f"""
import logging
from tests.cast import assemble
from tests.publishing import publish_packs
from keguan.runtime.access.viewer import viewer_for

from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.models import Job
from keguan.runtime.keys.actions import RotateKey
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.records.actions import Create, SaveView, Update
from keguan.runtime.records.queries import ListQuery
logging.getLogger().setLevel(logging.DEBUG)
cast = assemble()
publish_packs()
viewer = viewer_for(cast.lin_xiao.id)
first = Create(viewer=viewer, record_type="customer", values=dict(
    name="{ORDINARY}", customer_kind="个人", phone="{PHONES[0]}", id_number="{ID_NUMBERS[0]}", email="{OTHERS[0]}",
    address="{OTHERS[1]}")).run()
Update(viewer=viewer, record_type="customer", id=first, version=1, values=dict(address="{OTHERS[1]}，后门")).run()
SaveView(viewer=viewer, record_type="customer", title="一位", query=ListQuery(search="{PHONES[0]}")).run()
for bad in (
    dict(phone="{PHONES[0]}"), dict(phone="{PHONES[0]}1"), dict(phone="{PHONES[1]}", id_number="{ID_NUMBERS[0]}")
):
    try:
        Create(viewer=viewer, record_type="customer", values=dict(name="某人", customer_kind="个人", **bad)).run()
    except Refused as refused:
        logging.getLogger("keguan").warning("%s %s", refused, refused.fields)
    else:
        raise AssertionError(f"{{bad}} went in")
for purpose in ("fields", "indexes", "tokens"):
    job_id = RotateKey(actor=SYSTEM, purpose=purpose, wake=False).run()
    assert run_now(job_id)
"""


@pytest.fixture(scope="module")
def swept(
    _migrated_home: Home, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[dict[str, bytes]]:
    """Everything that can be found, by name."""
    import shutil

    path: Path = shutil.copytree(_migrated_home.path, tmp_path_factory.mktemp("swept") / "home")
    (path / "tmp").mkdir()
    before = os.environ.get("TMPDIR")
    os.environ["TMPDIR"] = str(path / "tmp")
    try:
        with system(path, "swept", request) as home:
            yield {**_lived(home), **_tables(home), **_files(home)}
    finally:
        if before is None:
            del os.environ["TMPDIR"]
        else:
            os.environ["TMPDIR"] = before


def _lived(home: Home) -> dict[str, bytes]:
    printed = home.script(SCRIPT)
    # The workbook lies outside: what its owner keeps is theirs. What the import makes of it is ours.
    workbook = home.path.parent / "customers.csv"
    workbook.write_text(WORKBOOK, encoding="utf-8")
    done = command(home, "import", str(workbook), "--type", "customer", "--as", "xu_ke")
    assert done.returncode == 0, done.stderr
    saved = command(home, "backup", str(home.path / "whole.backup"))
    assert saved.returncode == 0, saved.stderr
    said = f"{printed}\n{done.stdout}\n{done.stderr}\n{saved.stdout}\n{saved.stderr}"
    return {"printed and logged": said.encode()}


def _tables(home: Home) -> dict[str, bytes]:
    """Every row of every table as text, job arguments and the queue's messages among them."""
    text = home.script(
        "from keguan.runtime.backups import tables\n"
        "tables.PASSING = ()\n"
        "for table in tables.tables():\n"
        "    for row in tables.rows(table): print(table.name, row)\n"
    )
    return {"tables": text.encode(), "tables, hexadecimal undone": _unhexed(text)}


def _unhexed(text: str) -> bytes:
    """What stands in the dump in hexadecimal, as bytes."""
    import re

    return b"\n".join(bytes.fromhex(each) for each in re.findall(r"(?:[0-9a-fA-F]{2}){8,}", text))


def _files(home: Home) -> dict[str, bytes]:
    return {str(path.relative_to(home.path)): path.read_bytes() for path in home.path.rglob("*") if path.is_file()}


def test_the_search_finds_what_is_there(swept: dict[str, bytes]) -> None:
    """An ordinary value is found in the tables, so that the search itself works; there are a backup and a bad row."""
    assert ORDINARY.encode() in swept["tables"]
    assert "whole.backup" in swept
    assert b"imports_rejection " in swept["tables"]


@pytest.mark.parametrize("secret", [*ID_NUMBERS, *PHONES, *OTHERS])
def test_no_sensitive_value_is_anywhere(swept: dict[str, bytes], secret: str) -> None:
    """Not in the database, its log, backups, uploads, temporary files, job arguments or what was printed, however
    encoded.
    """
    import base64

    wanted = {secret.encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")}
    wanted |= {
        secret.encode().hex().encode(),
        base64.b64encode(secret.encode()).rstrip(b"=")[:-1],
        secret[::-1].encode(),
    }
    assert [(name, each) for name, content in swept.items() for each in wanted if each in content] == []
