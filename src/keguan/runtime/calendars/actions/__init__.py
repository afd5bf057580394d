"""What may be changed in the company's calendar. Every change gives it a new version and announces it."""

from __future__ import annotations

from keguan.runtime.calendars.actions.days import SetDay, SetHours
from keguan.runtime.calendars.actions.years import AdoptEdition, ConfirmYear, ImportYear, edition_is_new

__all__ = ["AdoptEdition", "ConfirmYear", "ImportYear", "SetDay", "SetHours", "edition_is_new"]
