"""A company with very many open cases and duties, put straight into the tables, for ``benchmarks.processes``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from benchmarks.filled_company import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from django.db.models import Model

BRANCHES = 5
SALESPEOPLE = 19
"""In each branch, and one supervisor."""

DUTIES = 10
"""Open duties for every open case."""

BATCH = 20_000
SPREAD = 500_000
"""Minutes over which what is not due falls due."""

NOW = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
POLICY = """---
id: process-bench
title: 案件与职责
version: 1.0.0
effective: 2026-01-01
uses: [property-developer]
---
### 第一条 投诉 {#complaints}

:::流程 客户投诉 (complaint)
对象: 客户
编号: TS-{年}{月}-{序号:6}
总时限: 400天
发起: 销售员
信息类别: 来往

| 步骤 | 代码 | 办理角色 | 时限 | 去向 | 超时 |
|---|---|---|---|---|---|
| 登记 | filing | 发起人 | 即时 | → 定责 | |
| 定责 | judging | 销售主管 | 1天 | 成立 → 回访; 不成立 → 结束 | 75%时 催办; 升级到 客服经理 |
| 回访 | calling | 记录负责人 | 1天 | 满意 → 归档; 不满意 → 定责 | 75%时 催办; 升级到 客服经理 |
:::

### 第二条 走访 {#visits}

:::职责 客户走访 (visits)
对象: 客户

| 适用 | 责任角色 | 频次 | 提醒 | 升级 |
|---|---|---|---|---|
| 来源 != null | 记录负责人 | 每月1次 | 5天 | 部门负责人 |
:::
"""


@dataclass(frozen=True, slots=True)
class Company:
    """Its branches with their people, and who sees everything. The first of a branch is its supervisor and head."""

    branches: tuple[tuple[int, tuple[int, ...]], ...]
    manager: int

    def place(self, number: int) -> tuple[int, int]:
        """The owner and the unit of the so-manieth record."""
        unit, staff = self.branches[number % BRANCHES]
        return staff[1 + number // BRANCHES % SALESPEOPLE], unit


def company() -> Company:
    """Publish the packs and appoint everybody."""
    from keguan.language.source import PackSource, read_pack
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import AddUnit, NameHead
    from keguan.runtime.policies.actions import Publish

    packs = [read_pack(ROOT / "packs" / name) for name in ("core", "property-developer")]
    Publish(actor=SYSTEM, packs=(*packs, PackSource("process-bench", {"policy.md": POLICY}))).run()
    top = AddUnit(actor=SYSTEM, unit_name="云岭置地").run()
    branches = []
    for branch in range(BRANCHES):
        unit = AddUnit(actor=SYSTEM, unit_name=f"第{branch + 1}分公司", parent_id=top).run()
        roles = ("sales_supervisor", *["salesperson"] * SALESPEOPLE)
        staff = tuple(_person(f"u{branch}x{place}", unit, role) for place, role in enumerate(roles))
        NameHead(actor=SYSTEM, unit_id=unit, staff_id=staff[0]).run()
        branches.append((unit, staff))
    return Company(tuple(branches), _person("manager", top, "service_manager"))


def _person(username: str, unit: int, role: str) -> int:
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import AddStaff, Appoint

    added = AddStaff(
        actor=SYSTEM,
        username=username,
        staff_name=f"职员{username}",
        unit_id=unit,
        password="cloud-ridge-2026",  # noqa: S106 - invented
    ).run()
    Appoint(actor=SYSTEM, staff_id=added, role=role, since=date(2026, 1, 1)).run()
    return added


def fill(have: int, want: int, own: Company) -> None:
    """Customers, one open case each and ``DUTIES`` open duties each, from number ``have`` up to ``want``."""
    from keguan.runtime.duties.models import Duty
    from keguan.runtime.processes.models import Case, Move, Share, Task

    for first in range(have, want, BATCH):
        numbers = range(first, min(first + BATCH, want))
        _put("rec_customer", _customers(numbers, own))
        _put("processes_case", _cases(numbers, own), Case)
        _put("processes_task", _tasks(numbers), Task)
        _put("processes_share", _shares(numbers, own), Share)
        _put("processes_move", _moves(numbers), Move)
        _put("duties_duty", _duties(numbers, own), Duty)
    _settle()


def _put(table: str, rows: Iterable[dict[str, Any]], model: type[Model] | None = None) -> None:
    """Insert rows; what they do not say is the default of the model, which may have come to know more."""
    from django.db import connection, transaction

    from keguan.runtime.records.inserting import bulk

    adapt, made = connection.ops.adapt_datetimefield_value, iter(rows)
    first = next(made)
    defaults = {} if model is None else _defaults(model)
    columns = tuple(dict.fromkeys([*first, *defaults]))

    def lines() -> Iterator[list[Any]]:
        for row in (first, *made):
            values = (row.get(column, defaults.get(column)) for column in columns)
            yield [adapt(each) if isinstance(each, datetime) else each for each in values]

    with transaction.atomic():
        bulk(table, columns, lines())


def _defaults(model: type[Model]) -> dict[str, Any]:
    """What stands in the columns of a model where nobody says anything; none of its own id."""
    fields = model._meta.local_concrete_fields  # noqa: SLF001 - documented by Django
    found = {field.column: field.get_default() for field in fields if not field.primary_key}
    return {column: json.dumps(each) if isinstance(each, list | dict) else each for column, each in found.items()}


def _settle() -> None:
    """The database knows what it holds, and the next ids follow those given here."""
    from django.apps import apps
    from django.core.management.color import no_style
    from django.db import connection

    models = [*apps.get_app_config("processes").get_models(), *apps.get_app_config("duties").get_models()]
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(sql)
        cursor.execute("ANALYZE")


def _customers(numbers: range, own: Company) -> Iterator[dict[str, Any]]:
    for number in numbers:
        owner, unit = own.place(number)
        yield {
            "id": number + 1, "owner_id": owner, "unit_id": unit, "created_at": NOW, "updated_at": NOW, "version": 1,
            "name": f"客户{number}", "customer_kind": "个人", "source": "来电", "grade": "ABCDE"[number % 5],
        }  # fmt: skip


def _judged(number: int) -> bool:
    """Seven of ten wait for the supervisor of their branch, the others for whoever owns the customer."""
    return number // BRANCHES % 10 < 7


def _due(number: int) -> datetime:
    return NOW + timedelta(days=6, minutes=number * 7_919 % SPREAD)


def _cases(numbers: range, own: Company) -> Iterator[dict[str, Any]]:
    from keguan.runtime.policies.queries import current

    publication = current().publication_id
    for number in numbers:
        owner, unit = own.place(number)
        yield {
            "id": number + 1, "process": "complaint", "publication_id": publication, "number": f"TS-202603-{number:06}",
            "record_type": "customer", "record_id": number + 1, "owner_id": owner, "unit_id": unit,
            "information_class": "来往", "state": "open", "started_by_id": owner, "started_by_name": "职员",
            "started_at": NOW, "due_at": NOW + timedelta(days=400), "late": False, "round": 1, "version": 2,
            "next_at": NOW + timedelta(days=400),
        }  # fmt: skip


def _tasks(numbers: range) -> Iterator[dict[str, Any]]:
    for number in numbers:
        yield {
            "id": number + 1, "case_id": number + 1, "step": "judging" if _judged(number) else "calling", "turn": 1,
            "branch": "", "state": "open", "began_at": NOW, "due_at": _due(number), "late": False, "outcome": "",
            "moves_done": 0, "next_at": _due(number) - timedelta(hours=6),
        }  # fmt: skip


def _shares(numbers: range, own: Company) -> Iterator[dict[str, Any]]:
    for number in numbers:
        owner, unit = own.place(number)
        judged = _judged(number)
        yield {
            "task_id": number + 1, "case_id": number + 1, "kind": "handle", "place": 0,
            "state": "open", "staff_id": None if judged else owner, "role": "sales_supervisor" if judged else "",
            "seat_id": unit if judged else None, "barred": "[]", "opened_at": NOW, "due_at": _due(number),
            "returned": False, "acted_by_name": "", "outcome": "", "opinion": "", "signature": "",
        }  # fmt: skip


def _moves(numbers: range) -> Iterator[dict[str, Any]]:
    for number in numbers:
        yield {
            "case_id": number + 1, "kind": "start", "at": NOW, "by_name": "职员", "outcome": "",
            "opinion": "", "data": "{}",
        }  # fmt: skip


def _duties(numbers: range, own: Company) -> Iterator[dict[str, Any]]:
    from keguan.runtime.duties.lines import lines
    from keguan.runtime.policies.queries import current

    (line,) = lines(current().model)
    publication = current().publication_id
    for number in numbers:
        owner, unit = own.place(number)
        for time in range(DUTIES):
            due = _due(number * DUTIES + time)
            yield {
                "duty": line.duty.code, "line": line.key, "row": 1, "publication_id": publication,
                "clause": line.clause, "task": line.obligation.task, "information_class": "", "record_type": "customer",
                "record_id": number + 1, "slot": f"bench{time}", "owner_id": owner, "unit_id": unit, "staff_id": owner,
                "role": "", "claimed": False, "period_start": NOW.date(), "made_at": NOW, "due_at": due,
                "next_at": due - timedelta(days=5), "moves_done": 0, "state": "open", "late": False, "needed": 1,
                "seen": 0, "drawn": False, "note": "", "done_by_name": "",
            }  # fmt: skip
