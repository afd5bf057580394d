"""Where ``keguan test`` acts scenarios out: a throw-away system, made when the first one is to be acted."""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from typing import TYPE_CHECKING

from keguan.cli import django_start
from keguan.cli.console import fail, print_diagnostics
from keguan.cli.words import language

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Self

    from keguan.language.source import PackSource
    from keguan.language.testing import ScenarioResult
    from keguan.language.testing.staged import Staged


class Stage:
    """Acts scenarios of these packs out. Django starts, tables are made and packs are published at the first one, in a
    temporary folder that is gone when the block is left.
    """

    def __init__(self, packs: Sequence[PackSource], folders: Sequence[Path]) -> None:
        self._packs, self._folders = packs, folders
        self._home = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._home:
            from django.db import connections

            connections.close_all()
            shutil.rmtree(self._home, ignore_errors=True)

    def act(self, staged: Staged) -> ScenarioResult:
        """Act one scenario out. Ends with a sentence when the packs cannot be published."""
        if not self._home:
            self._open()
        from keguan.rehearsal.acting import act

        return act(staged, language())

    def _open(self) -> None:
        """Nothing of the real system is touched: the settings are told of another home before they are loaded."""
        self._home = tempfile.mkdtemp(prefix="keguan-test-")
        os.environ |= {"KEGUAN_HOME": self._home, "KEGUAN_DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": _SETTINGS}
        django_start.start()
        logging.disable(logging.INFO)  # what the invented company does by itself is no news of this system
        from keguan.rehearsal.throwaway import prepare
        from keguan.runtime.ledger.actions import Refused
        from keguan.runtime.policies.refusals import PolicyRefused

        try:
            prepare(self._packs)
        except PolicyRefused as refusal:
            print_diagnostics(refusal.diagnostics, self._folders)
            fail(refusal.message)
        except Refused as refusal:
            fail(refusal.message)


_SETTINGS = "keguan.config.settings"
