"""Settings of the processes that the crowd's tests start: the runtime with its connectors, without any page."""

from __future__ import annotations

from tests.runtime.notifications.lean_settings import *  # noqa: F403 - the lean settings, with the few below changed
from tests.runtime.notifications.lean_settings import INSTALLED_APPS as LEAN

INSTALLED_APPS = [
    *LEAN,
    "keguan.runtime.calendars",
    "keguan.runtime.attachments",
    "keguan.runtime.records",
    "keguan.runtime.decisions",
    "keguan.runtime.duties",
    "keguan.runtime.processes",
    "tests.runtime.processes.crowd",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
ADDRESS = "https://keguan.example"
"""So that every message names the one notice that it carries."""
