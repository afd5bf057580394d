"""The calendars app."""

from __future__ import annotations

from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    """The company's calendar."""

    name = "keguan.runtime.calendars"
    label = "calendars"
    verbose_name = "日历"
