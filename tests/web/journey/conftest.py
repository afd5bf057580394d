"""A whole Keguan in a folder of its own, with its worker, and a browser to look at it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright._impl._driver import compute_driver_executable
from playwright.sync_api import Browser

from tests.conftest import Home
from tests.made_once import made_once
from tests.web.journey.walking import Walk, is_complaint

Walker = Callable[..., Walk]
"""Gives a person a browser, of some width and height."""

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
UP_WITHIN = 90.0


@dataclass(frozen=True)
class Site:
    """A running Keguan."""

    url: str
    home: Home
    staff: dict[str, int]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Where no browser can be driven, the browser tests are skipped, in plain sight."""
    walks = [item for item in items if item.get_closest_marker("browser")]
    lacking = _lacking() if walks else ""
    for item in walks:
        if lacking:
            item.add_marker(pytest.mark.skip(reason=lacking))


def _lacking() -> str:
    """What there is not, and how to get it; empty when a browser can be driven."""
    if CHROMIUM is None:
        return "no Chromium is installed (apt install chromium fonts-noto-cjk libatomic1)"
    driver = subprocess.run([*compute_driver_executable(), "--version"], capture_output=True, check=False)
    return "Playwright's driver does not start (apt install libatomic1)" if driver.returncode else ""


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Debian's Chromium, or what else there is."""
    return {**browser_type_launch_args, "executable_path": CHROMIUM, "args": ARGUMENTS}


@pytest.fixture(scope="session")
def _cast_home(
    set_up_from_nothing: tuple[Home, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[Home, dict[str, int]]:
    """A home in which the bundled packs are in force and the named cast is at work; not to be changed."""

    def make(folder: Path) -> str:
        shutil.copytree(set_up_from_nothing[0].path, folder)
        return Home(folder).script(
            "import json\nfrom tests.cast import HEAD_OFFICE, PASSWORD, SINCE, assemble\ncast = assemble()\n"
            "from keguan.runtime.ledger.actions import SYSTEM\n"
            "from keguan.runtime.org.actions import AddStaff, Appoint\n"
            "added = AddStaff(actor=SYSTEM, username='zheng_yuan', staff_name='郑远', password=PASSWORD,"
            " unit_id=cast.units[HEAD_OFFICE]).run()\n"
            "Appoint(actor=SYSTEM, staff_id=added, role='marketing_director', since=SINCE).run()\n"
            "print(json.dumps({name: getattr(cast, name).id for name in ('lin_xiao', 'zhou_min', 'he_shen')}))"
        )

    folder, told = made_once("cast", tmp_path_factory, make)
    return Home(folder), json.loads(told)


@pytest.fixture
def site(_cast_home: tuple[Home, dict[str, int]], tmp_path: Path) -> Iterator[Site]:
    """``keguan run --no-demo`` on a free port, with the named cast in it, in a database file of its own.

    The ledger's triggers refuse what Django's live server does between tests, and this is how a company runs it.
    """
    made, staff = _cast_home
    home = Home(Path(shutil.copytree(made.path, tmp_path / "home")))
    with serving(home) as url:
        yield Site(url, home, staff)


@contextmanager
def serving(home: Home) -> Iterator[str]:
    """``keguan run --no-demo`` in a home, on a free port; gives its address."""
    port = _free_port()
    running = home.start("-m", "keguan.cli", "run", "--no-demo", "--port", str(port))
    try:
        _await(f"http://127.0.0.1:{port}/health/ready", UP_WITHIN)
        yield f"http://127.0.0.1:{port}"
    finally:
        os.killpg(running.pid, signal.SIGTERM)
        try:
            running.wait(30)
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)


@pytest.fixture
def shots() -> Path | None:
    """Where to leave pictures of the pages, when ``KEGUAN_SHOTS`` names a folder."""
    folder = os.environ.get("KEGUAN_SHOTS")
    return Path(folder) if folder else None


@pytest.fixture
def complaints() -> list[str]:
    """What the browsers complained of: content-policy violations and script errors."""
    return []


@pytest.fixture
def walker(browser: Browser, site: Site, shots: Path | None, complaints: list[str]) -> Iterator[Walker]:
    """Gives everybody a browser of their own."""
    contexts = []

    def walk(width: int = 1440, height: int = 900) -> Walk:
        context = browser.new_context(viewport={"width": width, "height": height}, locale="zh-CN")
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: complaints.append(said.text) if is_complaint(said) else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        return Walk(page, site.url, shots)

    yield walk
    for context in contexts:
        context.close()


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _await(url: str, seconds: float) -> None:
    until = time.monotonic() + seconds
    while True:
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310 - our own server
                return
        except (urllib.error.URLError, OSError):
            assert time.monotonic() < until, f"{url} did not come up"
            time.sleep(0.2)
