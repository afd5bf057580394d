"""An import's state in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keguan.runtime.imports.queries import State
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from datetime import datetime

    from keguan.runtime.imports.queries import ImportCard

STATES: dict[str, tuple[Promise, str]] = {
    State.READY: (_("待对应列"), "amber"),
    State.CHECKING: (_("试运行中"), "blue"),
    State.CHECKED: (_("待开始"), "amber"),
    State.WAITING: (_("排队中"), "blue"),
    State.RUNNING: (_("导入中"), "blue"),
    State.DONE: (_("已完成"), "green"),
    State.CANCELLED: (_("已取消"), "grey"),
    State.FAILED: (_("中断"), "red"),
}
BUSY = frozenset({State.CHECKING, State.WAITING, State.RUNNING})
"""States in which a worker is, or soon will be, at it."""

UNDER_WAY = BUSY | {State.READY, State.CHECKED, State.FAILED}
"""States in which somebody still has something to do or to wait for."""


@dataclass(frozen=True, slots=True)
class ImportLine:
    """An import in a list."""

    url: str
    file_name: str
    type: str
    state: Promise
    css: str
    created: int
    updated: int
    rejected: int
    by: str
    at: datetime


def import_line(card: ImportCard, language: str) -> ImportLine:
    """The card as a line."""
    state, css = STATES[card.state]
    return ImportLine(
        url=reverse("imports:import", args=[card.id]),
        file_name=card.file_name,
        type=type_label(card.record_type, language),
        state=state,
        css=css,
        created=card.created,
        updated=card.updated,
        rejected=card.rejected,
        by=card.by_name,
        at=card.created_at,
    )


def type_label(record_type: str, language: str) -> str:
    """The record type's label; its code when the policy no longer has it."""
    declared = policies.current().model.record_types.get(record_type)
    return record_type if declared is None else declared.label.text(language)
