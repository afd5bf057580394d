"""``keguan run``: everything on one machine, from an empty folder to a page in the browser."""

from __future__ import annotations

import os
import socket
import sys
import time
import urllib.error
import urllib.request
from typing import Annotated

import typer

from keguan.cli.children import Children, Stopped, stop_on_signals
from keguan.cli.console import fail, say
from keguan.cli.setup import prepare
from keguan.cli.words import _, language
from keguan.demo.company import PASSWORD, STAFF
from keguan.runtime.policies.queries import current

_WEB_WORKERS = 2
_START_SECONDS = 60.0
_LAST_PORT = 65_535

Port = Annotated[int, typer.Option("--port", min=1, max=_LAST_PORT, help=_("网页的端口。"))]
Host = Annotated[str, typer.Option("--host", help=_("网页监听的地址。"))]
Demo = Annotated[bool, typer.Option("--demo/--no-demo", help=_("放入演示公司的人员和客户。"))]


def command(port: Port = 8000, host: Host = "127.0.0.1", demo: Demo = True) -> None:
    """Set up, serve the pages, run jobs, and fill in the demo company meanwhile; Ctrl-C ends it all."""
    _require_free(host, port)
    prepare()
    children = Children()
    stop_on_signals()
    try:
        _start(children, host, port, demo=demo)
        _await_pages(children, host, port)
        _greet(host, port, demo=demo)
        _watch(children)
    except Stopped:
        say(_("正在停止……"))
    finally:
        children.stop()
    say(_("已停止。"))


def _start(children: Children, host: str, port: int, *, demo: bool) -> None:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "keguan.config.settings", "KEGUAN_DEMO": "1" if demo else "0"}
    ours = [sys.executable, "-m", "keguan.cli"]
    served = ["--interface", "wsgi", "--host", host, "--port", str(port), "--workers", str(_WEB_WORKERS)]
    quiet = ["--blocking-threads", "2", "--log-level", "warning", "keguan.config.wsgi:application"]
    children.start("web", [sys.executable, "-m", "granian", *served, *quiet], environment)
    children.start("work", [*ours, "work"], environment)
    if demo:
        children.start("demo", [*ours, "demo"], environment)


def _await_pages(children: Children, host: str, port: int) -> None:
    """Wait until the first page can be had. Ends with a sentence when the server dies or does not come up."""
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until:
        _notice(children)
        try:
            with urllib.request.urlopen(f"http://{_reachable(host)}:{port}/health/ready", timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    fail(_("网页服务在 %(seconds)s 秒内没有起来。请查看上面的日志。") % {"seconds": f"{_START_SECONDS:.0f}"})


def _watch(children: Children) -> None:
    while True:
        _notice(children)
        time.sleep(0.5)


def _notice(children: Children) -> None:
    """Say when the demo company is there; end when a part that must run does not."""
    ended = children.ended()
    if ended is None:
        return
    name, code = ended
    if name == "demo":
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
            say(f"  {person.username:<12}{person.name}　{person.office}　{roles[person.role].label.text(language())}")
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
