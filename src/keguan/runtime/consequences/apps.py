"""The consequences app."""

from __future__ import annotations

from django.apps import AppConfig


class ConsequencesConfig(AppConfig):
    """What follows, proposed and approved: listens for what is late, closed or has become true."""

    name = "keguan.runtime.consequences"
    label = "consequences"
    verbose_name = "奖惩"

    def ready(self) -> None:
        """Subscribe, register the evidence of consequences, and what happens every minute."""
        from django.db.models import Q

        from keguan.runtime.consequences import evidence, reactions
        from keguan.runtime.consequences.models import Proposal, ProposalState
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.records.pointing import Pointing, points

        reactions.subscribe_all()
        evidence.register()
        points(Pointing(Proposal, placed=True, live=Q(state=ProposalState.PROPOSED)))
        sweeping = "keguan.runtime.consequences.sweeping"
        every_minute("consequences.daily", "keguan.runtime.consequences.conditions.new_day")
        every_minute("consequences.sweep", f"{sweeping}.sweep", f"{sweeping}.next_moment")
