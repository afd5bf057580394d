"""A file's way through the importer, as tests take it."""

from __future__ import annotations

from typing import Any

from django.db import connection

from keguan.language.model.naming import record_table
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.imports import queries
from keguan.runtime.imports.actions import Start, StartTrial, Upload
from keguan.runtime.imports.queries import ImportCard
from keguan.runtime.jobs.actions import run_now
from tests.cast import Member
from tests.runtime.imports.files import Rows, xlsx

CUSTOMER = ("姓名", "客户类别", "手机", "身份证号", "来源", "首次接触日", "归属人")
CONTRACT = (
    "合同编号", "客户姓名", "手机", "身份证号", "物业类型", "成交单元", "合同金额", "所享折扣", "签订日", "合同状态",
)  # fmt: skip


def viewer(member: Member) -> Viewer:
    """Them, looking through the browser."""
    return viewer_for(member.id)


def upload(member: Member, rows: Rows, record_type: str = "customer", sheet: str = "客户") -> int:
    """Upload the rows as a workbook; the import's id."""
    return Upload(viewer=viewer(member), record_type=record_type, file_name="名单.xlsx", data=xlsx(rows, sheet)).run()


def bring_in(
    member: Member, rows: Rows, record_type: str = "customer", on_duplicate: str = "skip", *, again: bool = False
) -> ImportCard:
    """Upload, start and run an import to its end."""
    import_id = upload(member, rows, record_type)
    return start(member, import_id, on_duplicate, again=again)


def start(member: Member, import_id: int, on_duplicate: str = "skip", *, again: bool = False) -> ImportCard:
    """Run an import to its end."""
    job = Start(viewer=viewer(member), import_id=import_id, on_duplicate=on_duplicate, again=again, wake=False).run()
    run_now(job)
    return queries.one(viewer(member), import_id)


def try_out(member: Member, import_id: int, on_duplicate: str = "skip") -> ImportCard:
    """Run the dry run to its end."""
    run_now(StartTrial(viewer=viewer(member), import_id=import_id, on_duplicate=on_duplicate, wake=False).run())
    return queries.one(viewer(member), import_id)


def stored(record_type: str, *columns: str) -> list[tuple[Any, ...]]:
    """The given columns of all records of a type, in the order of their ids."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(columns)} FROM {record_table(record_type)} ORDER BY id")
        return cursor.fetchall()


def customer(name: str, number: int, **more: str) -> list[Any]:
    """A good row of the customer sheet."""
    row = {"姓名": name, "客户类别": "个人", "手机": f"139000{number:05}"} | more
    return [row.get(column, "") for column in CUSTOMER]


def contract(code: str, phone: str, yuan: int = 1_000_000, **more: Any) -> list[Any]:
    """A good row of the contract sheet."""
    row = {
        "合同编号": code, "手机": phone, "物业类型": "洋房", "成交单元": "1-101", "合同金额": yuan, "所享折扣": "98%",
        "签订日": "2026-03-02", "合同状态": "履行中",
    } | more  # fmt: skip
    return [row.get(column, "") for column in CONTRACT]
