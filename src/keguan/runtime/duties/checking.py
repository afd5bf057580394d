"""Working through a checklist for a record: the system answers what it can see, people the rest."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from keguan.language.model.checklist import Mode, judged
from keguan.runtime.decisions.affected import affected_table
from keguan.runtime.duties.judging import quoted, source

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.checklist import Checklist, Item, Judged
    from keguan.language.model.model import Model


@dataclass(frozen=True, slots=True)
class Checked:
    """A checklist worked through: whether each item that was checked is met, by code, and what it comes to.

    ``errors`` are sentences for items that a person still has to answer, and for answers that nobody asked for.
    """

    met: dict[str, bool]
    result: Judged
    errors: dict[str, str]

    def as_json(self) -> dict[str, object]:
        """As it is kept."""
        return {
            "met": self.met,
            "passed": self.result.passed,
            "points": self.result.points,
            "most": self.result.most,
            "failed": list(self.result.failed),
        }


def asked(checklist: Checklist, *, drawn: bool) -> tuple[Item, ...]:
    """The items that a person answers; those checked by sample only where the record was drawn."""
    modes = {Mode.PERSON, Mode.SAMPLE} if drawn else {Mode.PERSON}
    return tuple(item for item in checklist.items if item.mode in modes)


def work_through(
    model: Model, checklist: Checklist, record_id: int, answers: Mapping[str, bool], *, drawn: bool
) -> Checked:
    """Work through a checklist for one record, with a person's answers by item code. One query for the system's items,
    inside a transaction.
    """
    wanted = {item.code for item in asked(checklist, drawn=drawn)}
    errors = {code: _("请说明是否符合。") for code in sorted(wanted - answers.keys())}
    errors |= {code: _("这一项不用填写。") for code in sorted(answers.keys() - wanted)}
    met = system_items(model, checklist, record_id) | {code: answers[code] for code in answers.keys() & wanted}
    ordered = {item.code: met[item.code] for item in checklist.items if item.code in met}
    return Checked(ordered, judged(checklist, ordered), errors)


def system_items(model: Model, checklist: Checklist, record_id: int) -> dict[str, bool]:
    """What the system sees by itself, by item code; what cannot be told is not met. One query."""
    named = {item.code: item.condition for item in checklist.items if item.mode is Mode.SYSTEM and item.condition}
    if not named:
        return {}
    sql, parameters = source(model, checklist.record_type, named, only=True)
    shown = ", ".join(f"found.{quoted(code)}" for code in named)
    with affected_table((record_id,)), connection.cursor() as cursor:
        cursor.execute(f"SELECT {shown} FROM ({sql}) AS found", parameters)
        row = cursor.fetchone()
    return {code: bool(value) for code, value in zip(named, row or (None,) * len(named), strict=True)}
