"""What the portal shows."""

from keguan.runtime.intake.queries.offers import Asked, Offer, asked, offer, offers
from keguan.runtime.intake.queries.progress import Progress, Reply, Stage, progress

__all__ = ["Asked", "Offer", "Progress", "Reply", "Stage", "asked", "offer", "offers", "progress"]
