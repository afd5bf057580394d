"""A company with as many customers as wanted, which several benchmarks measure.

Nothing of Django is imported before ``set_up`` has said which database it is.
"""

from __future__ import annotations

import os
import random
import sys
import time
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
BATCH = 20_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂华建国志文斌宇浩凯晨欣怡雨佳思远哲宁博轩梓涵"
SOURCES = ("来电", "来访", "活动", "业主", "特殊途径")
WEIGHTS = (0.10, 0.30, 0.25, 0.344, 0.006)


@dataclass(frozen=True)
class Office:
    """A unit, the share of customers that are its own, and its people."""

    unit_id: int
    share: float
    staff: tuple[int, ...]


def set_up(home: Path) -> None:
    """Django in this home folder, with keys and tables; on PostgreSQL where ``KEGUAN_TEST_DATABASE_URL`` names one."""
    sys.path.insert(0, str(ROOT))
    os.environ["KEGUAN_HOME"] = str(home)
    os.environ["KEGUAN_DATABASE_URL"] = os.environ.get("KEGUAN_TEST_DATABASE_URL", "")
    os.environ["KEGUAN_POOL"] = "0"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    home.mkdir(parents=True, exist_ok=True)
    from keguan.runtime.keyring.file import ensure

    ensure(home / "keyring.json")
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0, skip_checks=True)


def company() -> tuple[Office, ...]:
    """Head office, four branches of different sizes, five people each; and the packs, published."""
    from keguan.language.source import read_pack
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint
    from keguan.runtime.policies.actions import Publish

    packs = tuple(read_pack(ROOT / "packs" / name) for name in ("core", "property-developer"))
    Publish(actor=SYSTEM, packs=packs).run()
    top = AddUnit(actor=SYSTEM, unit_name="云岭置地").run()
    offices = []
    for number, (name, share) in enumerate(
        (("总部", 0.049), ("江南分公司", 0.5), ("滨海分公司", 0.3), ("西山分公司", 0.15), ("新设分公司", 0.001)), 1
    ):
        unit = AddUnit(actor=SYSTEM, unit_name=name, parent_id=top).run()
        staff = []
        for person in range(5):
            role = "service_manager" if number == 1 and person == 0 else "salesperson"
            role = "auditor" if number == 1 and person == 1 else role
            staff_id = AddStaff(
                actor=SYSTEM,
                username=f"u{number}{person}",
                staff_name=f"职员{number}{person}",
                unit_id=unit,
                password="cloud-ridge-2026",  # noqa: S106 - invented
            ).run()
            Appoint(actor=SYSTEM, staff_id=staff_id, role=role, since=date(2026, 1, 1)).run()
            staff.append(staff_id)
        offices.append(Office(unit, share, tuple(staff)))
    return tuple(offices)


def known_company() -> tuple[Office, ...]:
    """The offices of a database that was filled before."""
    from keguan.runtime.org import queries as org

    units = [unit for unit in org.units() if unit.parent_id is not None]
    return tuple(Office(unit.id, 0.0, tuple(card.id for card in org.staff(unit.id))) for unit in units)


def fill(rows: int, offices: tuple[Office, ...]) -> None:
    """Customers straight into the tables, with the figures that a decision run would have written."""
    from django.db import connection, transaction

    from keguan.runtime.policies import queries as policies
    from keguan.runtime.records import sequence
    from keguan.runtime.records.encoding import encoder
    from keguan.runtime.records.inserting import add_tokens, bulk

    started = time.perf_counter()
    encode = encoder(policies.current().model, "customer")
    names = ("id", "owner_id", "unit_id", "created_at", "updated_at", "version", *encode.columns, *COMPUTED)
    made = 0
    while made < rows:
        count = min(BATCH, rows - made)
        with transaction.atomic():
            ids = sequence.take("customer", count)
            tokens: list[tuple[int, int]] = []
            lines = []
            for record_id, (place, values, computed) in zip(ids, _customers(count, offices), strict=False):
                lines.append((record_id, *place, *encode.row(record_id, values), *computed))
                tokens += [(token, record_id) for token in encode.tokens(values)]
            bulk("rec_customer", names, lines)
            add_tokens("customer", tokens)
        made += count
        print(f"\r{made:,} customers, {made / (time.perf_counter() - started):,.0f}/s", end="", flush=True)
    print()
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE rec_customer")
            cursor.execute("ANALYZE tok_customer")


COMPUTED = ("total_purchase", "purchases", "owns_villa", "grade", "card")


def _customers(
    count: int, offices: tuple[Office, ...]
) -> Iterator[tuple[tuple[Any, ...], dict[str, Any], tuple[Any, ...]]]:
    from django.db import connection

    from keguan.runtime.clock import now, today

    drawn = _customers.__dict__.setdefault("random", random.Random(2026))
    moment = connection.ops.adapt_datetimefield_value(now())
    day = today()
    shares = [office.share for office in offices]
    for office in drawn.choices(offices, shares, k=count):
        name = drawn.choice(SURNAMES) + "".join(drawn.choices(GIVEN, k=drawn.choice((1, 2, 2))))
        if drawn.random() < 0.1:
            name = f"云岭{name}贸易有限公司"
        bought = drawn.random() < 0.3
        total = drawn.randrange(100, 6_000) * 1_000_000 if bought else None
        grade = "E" if total is None else "A" if total >= 5_000_000_000 else "B" if total >= 800_000_000 else "C"
        card = {"A": "钻石卡", "B": "铂金卡", "C": "金卡"}.get(grade)
        values = {
            "name": name,
            "customer_kind": "单位" if len(name) > 4 else "个人",
            "gender": drawn.choice(("男", "女")),
            "phone": f"1{drawn.randrange(3_000_000_000, 10_000_000_000)}",
            "source": drawn.choices(SOURCES, WEIGHTS)[0],
            "first_contact": day - timedelta(days=drawn.randrange(1_500)),
            "intends": drawn.random() < 0.4,
        }
        place = (drawn.choice(office.staff), office.unit_id, moment, moment, 1)
        yield place, values, (total, 1 if bought else 0, bought and drawn.random() < 0.05, grade, card)


def bare_page() -> None:
    """The newest fifty customers as the database gives them: no scope, no mask."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, owner_id, unit_id, name, grade, card, total_purchase, phone, source, first_contact "
            "FROM rec_customer ORDER BY id DESC LIMIT 50"
        )
        cursor.fetchall()
