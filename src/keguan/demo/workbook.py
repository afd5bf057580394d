"""The demo workbook: five sheets, deterministic for a day and a seed, as messy as the real ones are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from random import Random
from typing import TYPE_CHECKING

import xlsxwriter

from keguan.demo import rows
from keguan.demo.activities import activities, attendances, receptions
from keguan.demo.contracts import contracts
from keguan.demo.customers import customers
from keguan.demo.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from keguan.demo.activities import Activity

SEED = 20_260_101


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to write: its name, headings and rows."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[rows.Row]


def write(path: Path, today: date, plan: Plan | None = None, seed: int = SEED) -> None:
    """Write the workbook. The same day, plan and seed give the same cells."""
    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        book.set_properties({"created": datetime.combine(today, time(9), UTC)})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        heading = book.add_format({"bold": True})
        for sheet in sheets(today, plan or Plan(), seed):
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, sheet.columns, heading)
            for number, row in enumerate(sheet.rows, 1):
                for column, name in enumerate(sheet.columns):
                    value = row.get(name)
                    if isinstance(value, date):
                        page.write_datetime(number, column, value, day)
                    elif isinstance(value, str):
                        if value:
                            page.write_string(number, column, value)
                    elif value is not None:
                        page.write_number(number, column, value)


def sheets(today: date, plan: Plan, seed: int = SEED) -> Iterable[Sheet]:
    """The sheets in the order in which they can be imported."""
    random = Random(seed)
    people = customers(random, plan, today)
    events = activities(plan.activities, today)
    yield Sheet("客户", rows.CUSTOMER_COLUMNS, rows.customer_rows(random, people))
    signed = contracts(random, people, plan.contracts, today)
    yield Sheet("购买合同", rows.CONTRACT_COLUMNS, rows.contract_rows(random, signed, people))
    yield Sheet("活动", ("活动名称", "活动日期", "活动地点"), [_activity(event) for event in events])
    came = attendances(random, people, events, plan.attendances)
    yield Sheet("活动参加", rows.ATTENDANCE_COLUMNS, rows.attendance_rows(random, came, people))
    met = receptions(random, people, plan.receptions, today)
    yield Sheet("接待登记", rows.RECEPTION_COLUMNS, rows.reception_rows(random, met, people))


def _activity(event: Activity) -> rows.Row:
    return {"活动名称": event.name, "活动日期": event.held, "活动地点": event.place}
