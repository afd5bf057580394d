"""Spot checks: which records are drawn for a period, kept with the seed so that anyone can draw them again."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.db import transaction

from keguan.calculators.sampling import draw
from keguan.runtime import clock
from keguan.runtime.duties.models import Draw
from keguan.runtime.ledger.actions import SYSTEM, Record, append

if TYPE_CHECKING:
    from collections.abc import Collection

    from django.db.models import QuerySet

    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion


def drawn_for(line: Line, occasion: Occasion) -> frozenset[int]:
    """The records drawn for a row in a period; none before the draw. One query."""
    found = _draws(line, occasion).first()
    return frozenset() if found is None else frozenset(found.drawn)


def draw_for(line: Line, occasion: Occasion, population: Collection[int]) -> frozenset[int]:
    """Draw from these records, once for each period: drawn already, it is what it was."""
    share = line.checklist.sample if line.checklist is not None else None
    if share is None or _draws(line, occasion).exists():
        return drawn_for(line, occasion)
    seed = secrets.token_hex(16)
    drawn = draw(population, share, seed)
    with transaction.atomic():
        made, new = Draw.objects.get_or_create(
            duty=line.duty.code,
            line=line.key,
            slot=occasion.slot,
            defaults={
                "seed": seed,
                "share": share,
                "population": len(population),
                "drawn": list(drawn),
                "at": clock.now(),
            },
        )
        if new:
            facts = {"line": line.key, "slot": occasion.slot, "seed": seed, "share": share}
            counts = {"population": len(population), "drawn": len(drawn)}
            append(SYSTEM, [Record("duties.draw", "duty_block", line.duty.code, line.clause, facts | counts)])
    return frozenset(made.drawn)


def _draws(line: Line, occasion: Occasion) -> QuerySet[Draw]:
    return Draw.objects.filter(duty=line.duty.code, line=line.key, slot=occasion.slot)
