"""Departures as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class DeparturesConfig(AppConfig):
    """Who leaves and when, and what they held."""

    name = "keguan.runtime.departures"
    label = "departures"
    verbose_name = "离职"

    def ready(self) -> None:
        """Close accounts on their day, and let processes begin with a departure."""
        from keguan.runtime.departures import reactions
        from keguan.runtime.jobs.recurring import every_minute

        reactions.subscribe_all()
        closing = "keguan.runtime.departures.closing"
        every_minute("departures.close", f"{closing}.close_due", f"{closing}.next_moment")
