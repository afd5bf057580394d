"""Organisation as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class OrgConfig(AppConfig):
    """Units, staff, appointments, sign-in."""

    name = "keguan.runtime.org"
    label = "org"

    def ready(self) -> None:
        """Look every minute whether a publication that came into force has made roles exclude each other; see to it
        that whoever Django signs in has a session of ours.
        """
        from django.contrib.auth.signals import user_logged_in

        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.org.sessions.browser import logged_in

        user_logged_in.connect(logged_in)

        every_minute("org.separate", "keguan.runtime.org.separating.look_again")
