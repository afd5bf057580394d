"""Processes that tell and deliver, killed at random: nothing is lost, and nothing arrives twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from tests.conftest import Home
from tests.connectors.stand_in import Receiver

KILLS = int(os.environ.get("KEGUAN_TEST_KILLS", "200"))
STAFF = 20
SECRET = "sechzehn-zeichen-und-mehr"

SET_UP = """
import django
django.setup()
from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.notifications.models import Channel, Preference, QuietHours
from keguan.runtime.notifications.sealing import sealed_secrets
from keguan.runtime.org.actions import AddStaff, AddUnit
from datetime import time

unit = AddUnit(actor=SYSTEM, unit_name="总部").run()
ids = []
for n in range({staff}):
    name = f"staff{{n}}"
    ids.append(AddStaff(actor=SYSTEM, username=name, staff_name=name, unit_id=unit, password="cloud-2026-ridge").run())
hook = Channel.objects.create(kind="webhook", label="回调", settings={{"url": "{url}/hook"}})
robot = Channel.objects.create(kind="wecom_robot", label="群", settings={{"server": "{url}"}})
for row, secrets in ((hook, {{"secret": "{secret}"}}), (robot, {{"key": "k"}})):
    row.secrets = sealed_secrets(row.pk, secrets)
    row.save()
for staff_id in ids:
    Preference.objects.create(staff_id=staff_id, group="todo", channels=[robot.pk], digest="at_once")
    QuietHours.objects.create(staff_id=staff_id, since=time(0), until=time(0))
print(*ids)
"""

WORK = """
import django
django.setup()
from django.db import transaction
from keguan.runtime.notifications import sending
from keguan.runtime.notifications.actions import Notice, tell
from keguan.runtime.notifications.models import Notification
from keguan.runtime.notifications.outbox import deliver

ids = {ids!r}
made = Notification.objects.count()
print("begun", flush=True)
while True:
    if made < {most}:
        facts = {{"process": "客户投诉", "step": "定责"}}
        with transaction.atomic():
            tell([Notice(ids[n % len(ids)], "cases.assigned", f"case-{{n}}", f"TS-{{n:05}}", facts)
                  for n in range(made, made + 10)])
        made += 10
    deliver()
"""

COUNT = """
import django
django.setup()
from keguan.runtime.notifications.models import Delivery, Notification
from keguan.runtime.notifications.outbox import deliver
while Delivery.objects.filter(state__in=["waiting", "sending"]).exists() or Notification.objects.filter(planned=False):
    deliver()
print(Notification.objects.count())
for kind, state, key in Delivery.objects.values_list("channel__kind", "state", "key"):
    print(kind, state, key)
"""


@pytest.fixture
def receiver() -> Iterator[Receiver]:
    """Where everything arrives; it answers as both receivers do, and takes its time."""
    found = Receiver(pause=0.01)
    found.answers["/cgi-bin/webhook/send"] = (200, {"errcode": 0, "errmsg": "ok"})
    server = found.start()
    yield found
    server.shutdown()
    server.server_close()


@pytest.mark.slow
def test_killed_at_random(home_on_either_engine: Home, receiver: Receiver) -> None:
    """Two processes tell and deliver and are killed again and again. Every notice arrives at the webhook, which drops
    repeats of a key; at the group's robot, which does not, none arrives twice, and what may not have arrived is shown.
    """
    home = replace(home_on_either_engine, settings="tests.runtime.notifications.lean_settings")
    home.migrate()
    ids = [int(each) for each in home.script(SET_UP.format(staff=STAFF, url=receiver.url, secret=SECRET)).split()]
    work = WORK.format(ids=ids, most=KILLS * 10)
    chance = random.Random(20261122)
    workers = [home.start("-c", work) for _ in range(2)]
    for _kill in range(KILLS):
        victim = chance.randrange(2)
        begun(workers[victim])
        time.sleep(chance.uniform(0, 0.5))
        kill(workers[victim])
        workers[victim] = home.start("-c", work)
    for worker in workers:
        kill(worker)

    told, *lines = home.script(COUNT, timeout=900).splitlines()
    states: dict[str, dict[str, str]] = {"webhook": {}, "wecom_robot": {}}
    for line in lines:
        kind, state, key = line.split()
        states[kind][key] = state
    assert len(states["webhook"]) == len(states["wecom_robot"]) == int(told) > 0
    assert set(states["webhook"].values()) == {"sent"}
    assert set(states["wecom_robot"].values()) <= {"sent", "uncertain"}

    posted = [request for request in receiver.requests if request.path == "/hook"]
    assert {request.headers["idempotency-key"] for request in posted} == set(states["webhook"])
    said = Counter(subject(request.json) for request in receiver.requests if request.path != "/hook")
    assert set(said.values()) == {1}
    sent = sum(1 for state in states["wecom_robot"].values() if state == "sent")
    assert sent <= len(said) <= len(states["wecom_robot"])
    figures = (
        f"{KILLS} kills: {told} notices; webhook {len(posted)} posts; robot {len(said)}, {len(said) - sent} of them"
    )
    sys.stderr.write(f"{figures} and {len(states['wecom_robot']) - len(said)} others uncertain\n")


def subject(payload: Any) -> str:
    """The case's number in a robot's text."""
    words: list[str] = payload["text"]["content"].split()
    return next(each for each in words if each.startswith("TS-"))


def begun(process: subprocess.Popen[str]) -> None:
    """Wait until it is at work."""
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"


def kill(process: subprocess.Popen[str]) -> None:
    """Kill -9, whatever it does."""
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()
