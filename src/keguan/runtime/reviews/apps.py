"""Reviews as a Django app."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Campaigns in which every appointment is kept or revoked."""

    name = "keguan.runtime.reviews"
    label = "reviews"
    verbose_name = "权限复核"

    def ready(self) -> None:
        """Remind, and do with unanswered items what the campaign says, on their day."""
        from keguan.runtime.jobs.recurring import every_minute
        from keguan.runtime.reviews import reactions

        reactions.subscribe_all()
        sweeping = "keguan.runtime.reviews.sweeping"
        every_minute("reviews.sweep", f"{sweeping}.sweep", f"{sweeping}.next_moment")
