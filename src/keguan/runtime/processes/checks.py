"""The checklist of a step: what is asked of whom, and whether it is passed."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.checklist import Mode
from keguan.language.model.checklist import judged as judge
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes import conditions

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.checklist import Checklist, Item
    from keguan.language.model.process import Step
    from keguan.runtime.processes.standing import Standing

_WHOLE = 10_000
"""Basis points."""


@dataclass(frozen=True, slots=True)
class Checked:
    """A checklist judged: whether each item that was looked at is met, its points (hundredths) out of how many, and
    whether that is good enough.
    """

    items: Mapping[str, bool]
    points: int
    of: int
    passed: bool

    @property
    def stored(self) -> dict[str, object]:
        """As ``Task.checked`` keeps it."""
        return {"items": dict(self.items), "points": self.points, "of": self.of, "passed": self.passed}


def checklist(standing: Standing, step: Step) -> Checklist | None:
    """The checklist of a step, or None."""
    return None if step.checklist is None else standing.model.blocks.checklists[step.checklist]


def asked(standing: Standing, found: Checklist) -> tuple[Item, ...]:
    """The items that a person has to answer for this case: all of theirs, and those by sample when it was drawn."""
    drawn = _drawn(standing, found)
    return tuple(item for item in found.items if item.mode is Mode.PERSON or (item.mode is Mode.SAMPLE and drawn))


def judged(standing: Standing, step: Step, given: Mapping[str, bool]) -> Checked | None:
    """The step's checklist with these answers by code; None when it has none. Raises ``Refused`` (``cases.checks``)
    when an answer is missing.
    """
    found = checklist(standing, step)
    if found is None:
        return None
    people = asked(standing, found)
    missing = {f"checked.{item.code}": _("请选择做到或没有做到。") for item in people if item.code not in given}
    if missing:
        raise Refused("cases.checks", _("检查还没有做完，请逐项选择。"), missing)
    items: dict[str, bool] = {}
    for item in found.items:
        if item.mode is Mode.SYSTEM:
            items[item.code] = conditions.holds(standing, item.condition)
        elif item in people:
            items[item.code] = given[item.code]
    return _judge(found, items)


def require_passed(standing: Standing, step: Step, checked: Checked | None, language: str) -> None:
    """Raises ``Refused`` (``cases.check_failed``) naming what is not met, when the checklist is not passed."""
    found = checklist(standing, step)
    if found is None or checked is None or checked.passed:
        return
    failed = _("、").join(item.label.text(language) for item in found.items if checked.items.get(item.code) is False)
    raise Refused("cases.check_failed", _("检查不合格，不能往下走。没有做到的有：%(items)s。") % {"items": failed})


def _judge(found: Checklist, items: Mapping[str, bool]) -> Checked:
    """A case of which nothing is looked at goes on (it was not drawn); where no item has points, none are kept."""
    result = judge(found, items)
    counts = any(item.points is not None for item in found.items if item.code in items)
    points, of = (result.points, result.most) if counts else (0, 0)
    return Checked(items, points, of, result.passed or not items)


def _drawn(standing: Standing, found: Checklist) -> bool:
    """Whether this case's record is among those drawn; for one case it is always the same answer."""
    name = f"{found.code}/{standing.case.pk}/{standing.case.record_id}"
    number = int.from_bytes(hashlib.sha256(name.encode()).digest()[:8], "big")
    return number % _WHOLE < (found.sample or 0)
