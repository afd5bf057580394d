"""``keguan run``: everything on one machine, from an empty folder to a page in the browser."""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from contextlib import nullcontext
from typing import TYPE_CHECKING, Annotated

import typer
from django.conf import settings

from keguan.cli.children import Children, Stopped, stop_on_signals
from keguan.cli.console import fail, say
from keguan.cli.setup import prepare
from keguan.cli.words import _, language
from keguan.demo.company import LATER_POSTS, PASSWORD, STAFF
from keguan.demo.first_days import beginning
from keguan.language.model.label import Label
from keguan.runtime import clock
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from collections.abc import Mapping

_OURS = (sys.executable, "-m", "keguan.cli")
_WEB_WORKERS = 2
_START_SECONDS = 60.0
_LAST_PORT = 65_535

Port = Annotated[int, typer.Option("--port", min=1, max=_LAST_PORT, help=_("网页的端口。"))]
Host = Annotated[str, typer.Option("--host", help=_("网页监听的地址。"))]
Demo = Annotated[bool, typer.Option("--demo/--no-demo", help=_("放入演示公司的人员和客户。"))]


def command(port: Port = 8000, host: Host = "127.0.0.1", demo: Demo = True) -> None:
    """Set up, serve the pages, run jobs, and fill in the demo company meanwhile; Ctrl-C ends it all."""
    _require_free(host, port)
    # The demo company was founded a fortnight ago: what is published for it is not younger than the company.
    founded = demo and not settings.KEYRING_PATH.exists()
    with clock.hold(beginning()) if founded else nullcontext():
        prepare()
    children = Children()
    stop_on_signals()
    environment = _environment(demo=demo)
    try:
        _start(children, environment, host, port, demo=demo)
        _await_pages(children, environment, host, port)
        _greet(host, port, demo=demo)
        _watch(children, environment)
    except Stopped:
        say(_("正在停止……"))
    finally:
        children.stop()
    say(_("已停止。"))


def _environment(*, demo: bool) -> dict[str, str]:
    """What the parts are told. Time may run ahead in the demo (``keguan demo month``), unless the operator says no."""
    found = os.environ | {"DJANGO_SETTINGS_MODULE": "keguan.config.settings", "KEGUAN_DEMO": "1" if demo else "0"}
    if demo:
        found.setdefault("KEGUAN_DRILL", "1")
    return found


def _start(children: Children, environment: Mapping[str, str], host: str, port: int, *, demo: bool) -> None:
    served = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(_WEB_WORKERS)]
    quiet = ["--blocking-threads", "2", "--log-level", "warning", "keguan.config.wsgi:application"]
    children.start("web", [sys.executable, "-m", "granian", *served, *quiet], environment)
    # The demo's first days are lived through on a clock of their own; the worker goes by the real one and comes after.
    part = "demo" if demo else "work"
    children.start(part, [*_OURS, part], environment)


def _await_pages(children: Children, environment: Mapping[str, str], host: str, port: int) -> None:
    """Wait until the first page can be had. Ends with a sentence when the server dies or does not come up."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        _notice(children, environment)
        try:
            with urllib.request.urlopen(f"http://{_reachable(host)}:{port}/health/ready", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    fail(_("网页服务在 %(seconds)s 秒内没有起来。请查看上面的日志。") % {"seconds": f"{_START_SECONDS:.0f}"})


def _watch(children: Children, environment: Mapping[str, str]) -> None:
    while True:
        _notice(children, environment)
        time.sleep(0.5)


def _notice(children: Children, environment: Mapping[str, str]) -> None:
    """Say when the demo company is there, and start the worker then; end when a part that must run does not."""
    ended = children.ended()
    if ended is None:
        return
    name, code = ended
    if name == "demo":
        children.start("work", [*_OURS, "work"], environment)
        say(_("演示数据已就绪。") if code == 0 else _("演示数据没有放全；系统照常可用，可以再运行 keguan demo。"))
        return
    part = {"web": _("网页服务"), "work": _("后台作业")}[name]
    values = {"part": part, "code": code}
    fail(_("%(part)s意外停止（退出码 %(code)s），其余部分也已停止。请查看上面的日志。") % values)


def _greet(host: str, port: int, *, demo: bool) -> None:
    say(_("客管已启动：%(address)s") % {"address": f"http://{_reachable(host)}:{port}/"})
    if demo:
        roles = current().model.roles
        say(_("演示账号（口令都是 %(password)s）：") % {"password": PASSWORD})
        for person in STAFF:
            label = Label(*LATER_POSTS[person.role]) if person.role in LATER_POSTS else roles[person.role].label
            say(f"  {person.username:<12}{person.name}　{person.office}　{label.text(language())}")
    say(_("按 Ctrl-C 停止。"))


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::"} else host  # noqa: S104 - compared, not listened on


def _require_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            another = port + 1 if port < _LAST_PORT else 8000
            values = {"port": port, "reason": error.strerror, "another": another}
            fail(_("端口 %(port)s 不能使用（%(reason)s）。请换一个：keguan run --port %(another)s") % values, 2)
