"""A short month of the demo company, lived through by its people in a home of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import REPOSITORY

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Home
    from tests.demo.conftest import Seeded

pytestmark = pytest.mark.sqlite_only

ASK = """
import json
from django.db import connection

def ask(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return [list(map(str, row)) for row in cursor.fetchall()]

print(json.dumps({
    "cases": ask("SELECT number, process, state FROM processes_case ORDER BY id"),
    "steps": ask("SELECT c.number, t.step, t.state, t.late, t.due_at, t.ended_at FROM processes_task t "
                 "JOIN processes_case c ON c.id = t.case_id ORDER BY t.id"),
    "returned": ask("SELECT count(*) FROM processes_share WHERE returned AND state = 'open'"),
    "outcomes": ask("SELECT outcome, count(*) FROM processes_share WHERE outcome <> '' GROUP BY 1 ORDER BY 1"),
    "duties": ask("SELECT duty, record_id, slot, state, late FROM duties_duty ORDER BY id"),
    "consequences": ask("SELECT consequence, state, staff_name FROM consequences_proposal ORDER BY id"),
    "deputies": ask("SELECT count(*) FROM org_deputy"),
    "acts": ask("SELECT actor_name, action, at FROM ledger_entry WHERE action NOT LIKE 'ledger%' ORDER BY id"),
}))
"""


def lived(home: Home, days: int, length: int, *, kill: bool = False) -> list[str]:
    """Let so many days pass of a month of ``length`` days, in a process of its own, and tell what was said of each; at
    the end whether the figures of these days come to those of the month.

    With ``kill`` the process is killed after them, while it is at the next one.
    """
    process = subprocess.Popen(
        [sys.executable, "-u", "-c", MONTH.format(length=length)],
        env={**home.environment, "KEGUAN_DRILL": "1"},
        cwd=REPOSITORY,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout is not None
    told = [process.stdout.readline().strip() for _ in range(days if kill else days + 1)]
    if kill:
        os.killpg(process.pid, signal.SIGKILL)
    assert process.wait(120) == (-signal.SIGKILL if kill else 0)
    return told


MONTH = """
import django
django.setup()
import logging
from datetime import datetime
from zoneinfo import ZoneInfo
logging.disable(logging.INFO)
from keguan.demo import month
from keguan.runtime import clock
from keguan.runtime.clock import drill
evening = datetime(2026, 11, 20, 20, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
clock.machine_now = lambda: evening
if not drill.ahead():
    drill.advance(evening)
days = []

def told(day):
    days.append(day.figures)
    print(day.number, day.on, flush=True)

whole = month.play(told, {length}).figures
names = ("opened", "late", "done", "proposed")
print(all(sum(getattr(day, name) for day in days) == getattr(whole, name) for name in names))
"""


def asked(home: Home) -> dict[str, list[list[str]]]:
    """How the company stands."""
    found: dict[str, list[list[str]]] = json.loads(home.script(ASK))
    return found


def test_three_days_are_the_same_again_even_when_killed_between_two_of_them(seeded: Seeded, tmp_path: Path) -> None:
    """Two companies live through the same three days, one of them stopped by kill -9 after the first: cases, duties,
    consequences and every act with its moment are the same, and the ledger of each holds.
    """
    one, other = seeded.copy(tmp_path / "one"), seeded.copy(tmp_path / "other")
    days = ["1 2026-11-21", "2 2026-11-22", "3 2026-11-23"]
    assert lived(one, 3, 3) == [*days, "True"]
    assert lived(other, 1, 3, kill=True) == days[:1]
    assert lived(other, 2, 3)[:2] == days[1:]
    first, second = asked(one), asked(other)
    assert len(first["cases"]) > len(asked(seeded.home)["cases"])
    assert second == first
    for home in (one, other):
        assert "账本完好" in home.run("-m", "keguan.cli", "verify")


def test_time_is_not_moved_where_others_work(seeded: Seeded, tmp_path: Path) -> None:
    """Somebody who is not of the demo has an account: the month is refused, and nothing changes."""
    home = seeded.copy(tmp_path)
    home.script(
        "from keguan.runtime.ledger.actions import SYSTEM\n"
        "from keguan.runtime.org import queries as org\n"
        "from keguan.runtime.org.actions import AddStaff\n"
        "AddStaff(actor=SYSTEM, username='luming', staff_name='陆明', unit_id=org.units()[0].id, encoded='!').run()\n"
    )
    before = asked(home)
    done = subprocess.run(
        [sys.executable, "-m", "keguan.cli", "demo", "month", "--days", "1"],
        env=home.environment,
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "这里不只有演示公司（luming）" in done.stderr
    assert asked(home) == before
