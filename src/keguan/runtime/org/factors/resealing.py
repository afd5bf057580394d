"""Shared secrets of authenticator apps brought under the newest key, while people go on signing in with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import transaction

from keguan.runtime import keyring
from keguan.runtime.keyring.sealing import Unopened
from keguan.runtime.org.factors.models import Authenticator
from keguan.runtime.org.factors.sealing import PURPOSE, opened, sealed

if TYPE_CHECKING:
    from keguan.runtime.jobs.progress import Progress

BATCH = 200
"""People in one transaction."""


def reseal(progress: Progress | None = None) -> tuple[int, int]:
    """Seal anew what older keys have sealed. Gives how many, and how many no key opens (they stay as they are).

    A person who binds another app meanwhile keeps it. Killed at any line, it is run again and finds what is left.
    Raises ``Cancelled`` when asked to stop.
    """
    newest, _secret = keyring.key(PURPOSE)
    old = Authenticator.objects.exclude(key_id=newest).order_by("id")
    total, done, damaged, after = old.count(), 0, 0, 0
    while True:
        with transaction.atomic():
            rows = list(old.filter(id__gt=after).select_for_update()[:BATCH])
            for row in rows:
                try:
                    secret = opened(row.staff_id, row.key_id, row.sealed)
                except (Unopened, keyring.KeyringError):
                    damaged += 1
                    continue
                row.key_id, row.sealed = sealed(row.staff_id, secret)
                row.save(update_fields=["key_id", "sealed"])
                done += 1
        if not rows:
            return done, damaged
        after = rows[-1].pk
        if progress is not None:
            progress.check_cancelled()
            progress.step(done + damaged, total)


def sealed_under(key_id: int) -> bool:
    """Whether anybody's secret is still sealed under a key."""
    return Authenticator.objects.filter(key_id=key_id).exists()
