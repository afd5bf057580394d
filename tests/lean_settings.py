"""Settings of processes that tests start and kill: the house's, without its pages and policies, which start slowly."""

from __future__ import annotations

from typing import Any

from keguan.config.settings import *  # noqa: F403 - the house's own settings, with the few below changed

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django_q",
    "keguan.config",
    "keguan.runtime.ledger",
    "keguan.runtime.jobs",
    "keguan.runtime.org",
    "tests.runtime.jobs.slow",
]
MIDDLEWARE: list[str] = []
ROOT_URLCONF = __name__
urlpatterns: list[Any] = []
