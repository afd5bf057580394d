"""Exports and permits as lines of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse

from keguan.runtime.exports.queries import STATES
from keguan.runtime.permits.queries import PermitState

if TYPE_CHECKING:
    from django.utils.functional import Promise

    from keguan.runtime.exports.queries import ExportCard
    from keguan.runtime.permits.queries import PermitCard

_PERMIT_COLOURS = {
    PermitState.WAITING: "blue",
    PermitState.GRANTED: "green",
    PermitState.REFUSED: "red",
    PermitState.WITHDRAWN: "red",
}


@dataclass(frozen=True, slots=True)
class ExportLine:
    """An export in a list."""

    card: ExportCard
    url: str
    state: Promise
    css: str


@dataclass(frozen=True, slots=True)
class PermitLine:
    """A permit in a list."""

    card: PermitCard
    url: str
    css: str


def export_line(card: ExportCard) -> ExportLine:
    """The card as a line."""
    state, css = STATES[card.state]
    return ExportLine(card, reverse("exports:export", args=[card.id]), state, css)


def permit_line(card: PermitCard) -> PermitLine:
    """The card as a line."""
    css = _PERMIT_COLOURS.get(PermitState(card.state), "grey")
    return PermitLine(card, reverse("exports:permit", args=[card.id]), css)
