"""A throw-away system in which scenarios are acted out: a folder of its own with keys and a SQLite database."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.management import call_command

from keguan.runtime.keyring.file import ensure
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.source import PackSource

IN_FORCE_SINCE = date(1900, 1, 1)
"""The packs are in force on every day on which a scenario may begin, whatever day they name themselves."""


def prepare(packs: Sequence[PackSource]) -> None:
    """Make the keys and the tables, and publish the packs together. Raises ``Refused``."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    ensure(settings.KEYRING_PATH)
    call_command("migrate", interactive=False, verbosity=0, skip_checks=True)
    Publish(actor=SYSTEM, packs=tuple(packs), effective=IN_FORCE_SINCE).run()
