"""How often somebody outside may come, by the one clock. Only keyed hashes of addresses and telephones are kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from keguan.runtime import clock
from keguan.runtime.access.crypto import keyed
from keguan.runtime.access.keys import newest
from keguan.runtime.intake.models import Knock


@dataclass(frozen=True, slots=True)
class Limit:
    """So many times (``most``) within a length of time, counted from the first."""

    purpose: str
    most: int
    within: timedelta


FROM_ADDRESS = Limit("submit.address", 20, timedelta(hours=1))
"""Cases begun from one address; a whole office or village may share one."""

WITH_PHONE = Limit("submit.phone", 5, timedelta(days=1))
"""Cases begun with one telephone number."""

FAILED_FROM_ADDRESS = Limit("look_up.address", 20, timedelta(minutes=15))
"""Look-ups from one address that found nothing."""

FAILED_ABOUT_NUMBER = Limit("look_up.number", 5, timedelta(minutes=15))
"""Look-ups of one case number that found nothing."""


def used_up(limit: Limit, who: str) -> bool:
    """Whether the limit is reached. One query."""
    known = Knock.objects.filter(purpose=limit.purpose, key=_key(limit, who)).first()
    return known is not None and known.since + limit.within > clock.now() and known.count >= limit.most


def count(limit: Limit, who: str) -> bool:
    """Count one more, and say whether it is still within the limit. Inside a transaction; at most three queries."""
    now, key = clock.now(), _key(limit, who)
    Knock.objects.filter(purpose=limit.purpose, since__lte=now - limit.within).delete()
    known, _made = Knock.objects.select_for_update().get_or_create(
        purpose=limit.purpose, key=key, defaults={"since": now, "count": 0}
    )
    if known.count >= limit.most:
        return False
    known.count += 1
    known.save(update_fields=["count"])
    return True


def _key(limit: Limit, who: str) -> int:
    return keyed(newest("indexes")[1], f"{limit.purpose}\0{who}")
