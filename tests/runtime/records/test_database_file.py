"""What somebody finds who steals the database file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Home

ID_NUMBERS = ("11010519491231002X", "810000199408230021")
PHONES = ("13912345678", "13987654321")
OTHERS = ("lin.zhiyuan@example.com", "云岭市江南大道一百号三栋二单元", "天上人间路九号")

SCRIPT = f"""
import logging
from tests.cast import assemble
from tests.publishing import publish_packs
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Create, CreateMany, NewRecord, Update
from keguan.runtime.records.queries import ListQuery
logging.getLogger().setLevel(logging.INFO)
cast = assemble()
publish_packs()
viewer = viewer_for(cast.lin_xiao.id)
first = Create(viewer=viewer, record_type="customer", values=dict(
    name="林知远", customer_kind="个人", phone="{PHONES[0]}", id_number="{ID_NUMBERS[0]}", email="{OTHERS[0]}",
    address="{OTHERS[1]}")).run()
CreateMany(viewer=viewer, record_type="customer", rows=[NewRecord(dict(
    name="周小舟", customer_kind="个人", phone="{PHONES[1]}", id_number="{ID_NUMBERS[1]}"))]).run()
Update(viewer=viewer, record_type="customer", id=first, version=1, values=dict(address="{OTHERS[2]}")).run()
for typed in ("{PHONES[0]}", "{PHONES[0][-4:]}", "林知远"):
    assert len(records.page(viewer, "customer", ListQuery(search=typed)).rows) == 1, typed
assert Reveal(viewer=viewer, record_type="customer", id=first, field="phone", reason="核对号码").run() == "{PHONES[0]}"
try:
    Create(viewer=viewer, record_type="customer", values=dict(
        name="某人", customer_kind="个人", phone="{PHONES[0]}", id_number="{ID_NUMBERS[0]}")).run()
except Refused as refused:
    logging.getLogger("keguan").warning("%s", refused)
else:
    raise AssertionError("a duplicate went in")
"""


@pytest.mark.sqlite_only
def test_no_number_stands_in_any_file(home: Home) -> None:
    """Phones, ID numbers, addresses and e-mails are in no file of the home folder and in no log, in any encoding."""
    printed = home.script(SCRIPT)
    files = [path for path in home.path.rglob("*") if path.is_file()]
    assert any(path.name.startswith("keguan.sqlite3") for path in files)
    kept = {path.name: path.read_bytes() for path in files}
    assert any("林知远".encode() in content for content in kept.values())  # the search itself works
    found = [
        (name, secret)
        for name, content in {**kept, "printed": printed.encode()}.items()
        for secret in (*ID_NUMBERS, *PHONES, *OTHERS)
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030")
        if secret.encode(encoding) in content
    ]
    assert found == []
