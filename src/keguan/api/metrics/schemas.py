"""What the API says of figures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from ninja import Schema
from pydantic import Field

from keguan.api.shown import Cell

State = Literal["met", "warning", "missed", "empty", "none"]


class Point(Schema):
    """A figure, or a group of it, in one period."""

    period: str = Field(description="The period as people call it.")
    start: date
    end: date
    shown: bool = Field(description="False where it is over too few records for the caller: nothing is said then.")
    text: str
    value: int | None = Field(description="In storage form: percent in basis points, money in fen.")
    numerator: str
    denominator: str
    members: int = Field(description="How many records it tells anything of.")
    state: State
    day: date = Field(description="The day by which it was worked out.")
    at: datetime
    closed: bool = Field(description="The period is over and this is what it came to.")


class Figure(Schema):
    """A figure of the policy in force."""

    code: str
    label: str
    metric: str
    clause: str = Field(description="pack#anchor")
    formula: str
    target: str
    warning: str
    frequency: str
    responsible: str
    grouped: bool
    now: Point | None


class Group(Schema):
    """A group of a figure in one period; ``key`` names it when the list behind it is asked for."""

    key: str
    label: str
    point: Point


class FigureView(Schema):
    """One figure in one period, with its history, newest first."""

    figure: Figure
    chosen: Point | None
    groups: list[Group]
    unseen: int = Field(description="Groups that are not the caller's to know.")
    history: list[Point]
    parts: list[str] = Field(description="The lists behind it: missing, counted, of.")


class ListQuery(Schema):
    """Which list behind a figure."""

    part: str
    start: date
    group: str = ""
    after: int = 0


class Row(Schema):
    """A record behind a figure."""

    id: int
    title: Cell
    cells: dict[str, Cell]


class List(Schema):
    """A page of the records behind a figure, newest first; ``next`` is the ``after`` of the following page, 0 on the
    last.
    """

    record_type: str
    rows: list[Row]
    next: int
