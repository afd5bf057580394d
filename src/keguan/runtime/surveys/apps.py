"""The surveys app."""

from __future__ import annotations

from django.apps import AppConfig


class SurveysConfig(AppConfig):
    """Asks customers after what a policy names, and listens for it."""

    name = "keguan.runtime.surveys"
    label = "surveys"
    verbose_name = "满意度"

    def ready(self) -> None:
        """Subscribe, register what is written to customers and what shows that surveys are alive, and the clock."""
        from django.db.models import Q

        from keguan.runtime.access.sealed_columns import register
        from keguan.runtime.access.survey_sight import SEALED
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.notifications.outward import on_outward
        from keguan.runtime.records.pointing import Pointing, points
        from keguan.runtime.surveys import composing, evidence, reactions
        from keguan.runtime.surveys.models import Invitation, InvitationState

        reactions.subscribe_all()
        evidence.register()
        register(SEALED)
        asked = Q(state__in=(InvitationState.WAITING, InvitationState.SENT))
        points(Pointing(Invitation, placed=True, live=asked))
        points(Pointing(Invitation, "customer_type", "customer_id"))
        on_outward(composing.ABOUT, composing.invitation)
        sweeping = "keguan.runtime.surveys.sweeping"
        every_minute("surveys.sweep", f"{sweeping}.every_minute", f"{sweeping}.next_due")
