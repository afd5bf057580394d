"""A company with customers, and an empty system beside it."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.conftest import Home

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PHONE, ADDRESS = "13912345678", "云岭市江南大道一百号三栋二单元"
FILL = f"""
from tests.cast import assemble
from tests.publishing import publish_packs
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records.actions import Create, SaveView, Update
from keguan.runtime.records.queries import ListQuery
from keguan.runtime.imports import uploads
cast = assemble()
publish_packs()
viewer = viewer_for(cast.lin_xiao.id)
first = Create(viewer=viewer, record_type="customer", values=dict(
    name="林知远", customer_kind="个人", phone="{PHONE}", address="{ADDRESS}",
    traits="第一行\\n第二行\\t制表 100% '引号' \\\\反斜杠")).run()
Update(viewer=viewer, record_type="customer", id=first, version=1, values=dict(name="林致远")).run()
SaveView(viewer=viewer, record_type="customer", title="我的", query=ListQuery(search="{PHONE}")).run()
uploads.store(b"x" * 700_000)
"""


@pytest.fixture(scope="module")
def lived_in(
    _migrated_home: Home, tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Home]:
    """A system with people, policies, a customer, a saved view and an uploaded file, with a backup of it made."""
    path = shutil.copytree(_migrated_home.path, tmp_path_factory.mktemp("first") / "home")
    with system(path, "first", request) as home:
        home.script(FILL)
        yield home


@pytest.fixture(scope="module")
def backup(lived_in: Home, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A backup of it, and what the command said."""
    file = tmp_path_factory.mktemp("backups") / "whole.backup"
    return file, command(lived_in, "backup", str(file)).stdout


@pytest.fixture
def empty_system(lived_in: Home, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Home]:
    """A new system on the same engine, with the key file of the first."""
    path = tmp_path / "second"
    path.mkdir()
    for name in ("keyring.json", "keyring.kek"):
        shutil.copy(lived_in.path / name, path / name)
    with system(path, "second", request) as home:
        yield home


@contextmanager
def system(path: Path, called: str, request: pytest.FixtureRequest) -> Iterator[Home]:
    """A home at this path; where the tests run on PostgreSQL, with a migrated database of its own."""
    if not os.environ.get("KEGUAN_TEST_DATABASE_URL"):
        yield Home(path)
        return
    import psycopg

    address, name = request.getfixturevalue("_postgresql"), f"keguan_{called}_{os.getpid()}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "keguan_template_{os.getpid()}"')
        try:
            yield Home(path, address.format(name))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def command(home: Home, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run a command of Keguan's, whatever its exit code."""
    running = home.start("-m", "keguan.cli", *arguments)
    out, err = running.communicate(timeout=120)
    return subprocess.CompletedProcess(arguments, running.returncode, out, err)
