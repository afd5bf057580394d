"""Starting Django for a command that needs the database."""

from __future__ import annotations

import os

import django
from django.utils import translation

from keguan.cli.words import LANGUAGES, language


def start() -> None:
    """Load the settings and the apps; messages are in the language of the console."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "keguan.config.settings")
    django.setup()
    translation.activate(LANGUAGES[language()])
