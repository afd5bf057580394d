"""What every test may ask for."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.db import connection
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from keguan.runtime import clock
from keguan.runtime.keyring.file import ensure
from tests.cast import Cast, assemble
from tests.made_once import made_once
from tests.preloaded import Ended, Preloaded
from tests.publishing import publish_packs

if TYPE_CHECKING:
    from collections.abc import Iterator

_preloaded = Preloaded()

REPOSITORY = Path(__file__).resolve().parent.parent

# Shared machines are slow now and then: a deadline would only make good tests fail.
hypothesis_settings.register_profile(
    "house", deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")

AN_AFTERNOON = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
"""2026-11-21 14:30 in the company's time zone, a Saturday."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """``--database``: only what touches a database, for the second engine; the rest has been run on the first.

    That is what asks for Django's test database, and what is about an engine and named after it.
    """
    parser.addoption("--database", action="store_true", help="only the tests that touch a database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests about SQLite itself are left out, in plain sight, where the database is another one."""
    if config.getoption("--database"):
        touching = [item for item in items if "db" in getattr(item, "fixturenames", ()) or "postgresql" in item.nodeid]
        config.hook.pytest_deselected(items=[item for item in items if item not in touching])
        items[:] = touching
    if settings.DATABASES["default"]["ENGINE"].endswith("sqlite3"):
        return
    for item in items:
        if item.get_closest_marker("sqlite_only"):
            item.add_marker(pytest.mark.skip(reason="about SQLite itself"))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """The migrated test database, with the cast and the published packs in it.

    Publishing changes tables, which SQLite refuses inside a test's transaction: so it is done once, before the first.
    """
    with django_db_blocker.unblock():
        _Company.cast = assemble()
        publish_packs()


class _Company:
    """What the session's set-up made; the same rows are in every test, each in its own transaction."""

    cast: Cast


@pytest.fixture
def cast(db: None) -> Cast:
    """The named cast, already in the database."""
    return _Company.cast


@pytest.fixture
def company(cast: Cast) -> Cast:
    """The cast in a company whose packs are published and in force."""
    return cast


@pytest.fixture
def afternoon() -> Iterator[datetime]:
    """The clock, held at 14:30 on Saturday, 21 November 2026, in the company's time zone."""
    with clock.hold(AN_AFTERNOON):
        yield AN_AFTERNOON


@dataclass(frozen=True)
class Home:
    """A home folder of its own with its own database, used by other processes: for tests that kill.

    The database is SQLite in the folder unless an address is given.
    """

    path: Path
    database_url: str = ""
    settings: str = "keguan.config.settings"
    broker: str = ""

    @property
    def lean(self) -> Home:
        """The same home for processes that need neither pages nor policies: they start in a third of the time."""
        return replace(self, settings="tests.lean_settings")

    @property
    def environment(self) -> dict[str, str]:
        """The environment of a process that lives here."""
        return {
            **os.environ,
            "KEGUAN_HOME": str(self.path),
            "KEGUAN_DATABASE_URL": self.database_url,
            "KEGUAN_BROKER": self.broker,
            "KEGUAN_PACKS": str(REPOSITORY / "packs"),
            "DJANGO_SETTINGS_MODULE": self.settings,
            "PYTHONPATH": os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")]),
        }

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start ``python …`` here, leading a process group of its own."""
        return subprocess.Popen(
            [sys.executable, *arguments],
            env=self.environment,
            cwd=REPOSITORY,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def run(self, *arguments: str, timeout: float = 120) -> str:
        """Run ``python …`` here to its end and return what it printed. Fails the test when it fails.

        It is forked from a process that has loaded the program, unless it needs settings of its own: the job queue
        reads them when it is loaded.
        """
        if self.settings == "keguan.config.settings" and not self.broker:
            done = _preloaded.run(arguments, self.environment, REPOSITORY, timeout)
        else:
            ended = subprocess.run(
                [sys.executable, *arguments],
                env=self.environment,
                cwd=REPOSITORY,
                capture_output=True,
                text=True,
                timeout=timeout,
                check=False,
            )
            done = Ended(ended.returncode, ended.stdout, ended.stderr)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def migrate(self) -> None:
        """Make the tables."""
        self.run("-m", "keguan.config.manage", "migrate", "--verbosity", "0", "--skip-checks")

    def script(self, source: str, timeout: float = 120) -> str:
        """Run Python source here, with Django set up, and return what it printed."""
        return self.run("-c", f"import django\ndjango.setup()\n{source}", timeout=timeout)


@pytest.fixture(scope="session")
def _migrated_home(tmp_path_factory: pytest.TempPathFactory) -> Home:
    def make(folder: Path) -> str:
        ensure(folder / "keyring.json")
        Home(folder).migrate()
        return ""

    return Home(made_once("migrated", tmp_path_factory, make)[0])


@pytest.fixture
def home(_migrated_home: Home, tmp_path: Path) -> Home:
    """A migrated home with keys and nothing else in it."""
    return Home(Path(shutil.copytree(_migrated_home.path, tmp_path / "home")))


@pytest.fixture(scope="session")
def set_up_from_nothing(tmp_path_factory: pytest.TempPathFactory) -> tuple[Home, str]:
    """The home that ``keguan setup`` made where there was nothing, not to be changed, and what it printed."""
    folder, told = made_once("published", tmp_path_factory, lambda at: Home(at).run("-m", "keguan.cli", "setup"))
    return Home(folder), told


@pytest.fixture
def published_home(set_up_from_nothing: tuple[Home, str], tmp_path: Path) -> Home:
    """A home with keys in which the bundled packs are in force, and nobody in it."""
    return Home(Path(shutil.copytree(set_up_from_nothing[0].path, tmp_path / "home")))


@pytest.fixture(scope="session")
def _postgresql(_migrated_home: Home) -> Iterator[str]:
    """The address of PostgreSQL databases, with a place for the name, and a migrated database for copying."""
    import psycopg

    given = urlsplit(os.environ["KEGUAN_TEST_DATABASE_URL"])
    address = f"postgresql://{given.netloc}/{{}}?{given.query}"
    template = f"keguan_template_{os.getpid()}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{template}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{template}"')
        try:
            Home(_migrated_home.path, address.format(template)).migrate()
            yield address
        finally:
            server.execute(f'DROP DATABASE "{template}" WITH (FORCE)')


@pytest.fixture
def home_on_either_engine(home: Home, db: None, request: pytest.FixtureRequest) -> Iterator[Home]:
    """As ``home``; where the tests run on PostgreSQL, with a PostgreSQL database of its own."""
    if connection.vendor == "sqlite":
        yield home
        return
    import psycopg

    address = request.getfixturevalue("_postgresql")
    name = f"keguan_home_{os.getpid()}"
    with psycopg.connect(address.format("postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "keguan_template_{os.getpid()}"')
        try:
            yield Home(home.path, address.format(name))
        finally:
            server.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
