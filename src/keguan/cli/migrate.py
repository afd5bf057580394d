"""``keguan migrate``: bring the database to this program's structure."""

from __future__ import annotations

from django.conf import settings
from django.core.management import call_command

from keguan.cli.console import say
from keguan.cli.words import _


def command() -> None:
    """Run Django's migrations. Policies' own tables change at publishing, not here."""
    settings.HOME.mkdir(parents=True, exist_ok=True)
    call_command("migrate", interactive=False, verbosity=0)
    say(_("数据库结构已是最新。"))
