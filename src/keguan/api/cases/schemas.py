"""What the API says about cases."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime, Field

from keguan.api.shown import Cell

LARGEST_ID = 2**63 - 1

Typed = str | int | float | bool | None


class CaseRow(Schema):
    """A case in a list; in the boxes of one's own work, one share of it."""

    case_id: int
    version: int = Field(description="To be sent back with a move, so that nobody's work is overwritten.")
    number: str
    process: str
    process_label: str
    record_type: str
    record_id: int
    title: Cell
    state: str
    state_label: str
    step: str
    step_label: str
    due_at: datetime | None
    urgency: str = Field(description="late, soon, on_time, paused, none or over")
    started_by: str
    started_at: datetime
    task_id: int | None
    share_id: int | None
    kind: str
    role: str = Field(description="Whose it is while nobody has taken it; empty: one's own.")
    stead: str = Field(description="For whom the caller stands in; empty: nobody.")
    returned: bool
    unread: bool
    outcome: str
    at: datetime | None


class BoxQuery(Schema):
    """Which page of a box."""

    after: str = Field("", max_length=200)
    size: int = Field(50, ge=1, le=200)


class PeopleQuery(Schema):
    """For which move people are looked for, at which step, by which part of their name."""

    kind: str = Field(max_length=20)
    task_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    search: str = Field("", max_length=60)


class CasePage(Schema):
    """A page of a box."""

    rows: list[CaseRow]
    next: str = Field(description="The `after` of the following page; empty on the last.")


class BoxCount(Schema):
    """How many there are in a box."""

    box: str
    label: str
    count: int
    exact: bool = Field(description="False: there are more.")


class Clause(Schema):
    """The clause of the policy that asks for something."""

    pack: str
    anchor: str
    number: str
    title: str


class Clock(Schema):
    """By when something is to be done."""

    due_at: datetime | None
    gone: int | None = Field(description="How much of the time has passed, in percent.")
    urgency: str
    paused: bool


class Node(Schema):
    """A step or an end in the flow picture."""

    code: str
    label: str
    state: str
    turns: int
    late: bool
    end: bool


class Edge(Schema):
    """A way between two nodes."""

    source: str
    target: str
    label: str
    taken: bool


class Picture(Schema):
    """The flow picture."""

    nodes: list[Node]
    edges: list[Edge]


class Signature(Schema):
    """A signature judged."""

    valid: bool
    current: bool = Field(description="False: what stands in the form was changed since.")


class Share(Schema):
    """One party's part in a step."""

    id: int
    kind: str
    kind_label: str
    state: str
    who: str
    staff_id: int | None
    stead: str
    acted_by: str
    acted_at: datetime | None
    outcome: str
    opinion: str
    read: bool
    signature: Signature | None


class Step(Schema):
    """A step that the case came to, once."""

    task_id: int
    code: str
    label: str
    turn: int
    state: str
    state_label: str
    began_at: datetime
    ended_at: datetime | None
    late: bool
    clock: Clock
    outcome: str
    outcomes: list[str]
    form: str | None
    checklist: str | None
    checked: dict[str, Any] | None
    shares: list[Share]


class FormField(Schema):
    """One field of a form."""

    code: str
    label: str
    kind: str
    cell: Cell
    right: str = Field(description="fill, required or read: what the caller may do to it now.")
    by_condition: bool
    note: str
    choices: list[str]
    max_length: int | None
    refers_to: str | None
    sensitive: bool
    revealable: bool


class Form(Schema):
    """A form of the case."""

    code: str
    label: str
    outcome: str | None
    task_id: int | None = Field(description="The step at which the caller may fill it in now.")
    clause: Clause
    fields: list[FormField]


class Item(Schema):
    """One item of a checklist."""

    code: str
    label: str
    standard: str
    mode: str
    points: int | None = Field(description="In hundredths.")
    veto: bool
    met: bool | None


class Checklist(Schema):
    """What is checked at a step."""

    code: str
    label: str
    task_id: int
    clause: Clause
    items: list[Item]


class Move(Schema):
    """One thing that happened."""

    id: int
    kind: str
    label: str
    at: datetime
    by: str
    stead: str
    to: str
    step: str
    outcome: str
    opinion: str
    reason: str
    opened: list[str]


class Document(Schema):
    """A letter, notice or certificate, with sensitive values masked."""

    id: int
    code: str
    label: str
    number: str
    title: str
    text: str
    seal: str
    hidden: bool
    whole: bool = Field(description="There is a whole text, which can be asked for with a reason.")
    written_at: datetime
    by: str
    step: str
    clause: Clause


class Pause(Schema):
    """A time during which the clocks stood still."""

    reason: str
    since: str
    until: str
    by: str


class Choice(Schema):
    """One way to make a move."""

    code: str
    label: str


class Button(Schema):
    """A move that the caller may make, or why not."""

    kind: str
    label: str
    task_id: int | None
    allowed: bool
    reason: str
    choices: list[Choice]


class Case(Schema):
    """One case in full, as far as the caller may see it."""

    id: int
    version: int
    number: str
    process: str
    process_label: str
    state: str
    state_label: str
    round: int
    record_type: str
    record_id: int
    record_label: str
    title: Cell
    started_by: str
    started_at: datetime
    clock: Clock
    clause: Clause
    picture: Picture
    steps: list[Step]
    forms: list[Form]
    checklist: Checklist | None
    moves: list[Move]
    documents: list[Document]
    pauses: list[Pause]
    pause_reasons: list[str]
    above: CaseRow | None
    below: list[CaseRow]
    merged: list[CaseRow]
    merged_into: CaseRow | None
    buttons: list[Button]
    task_id: int | None
    task_ids: list[int]


class BoardColumn(Schema):
    """The open cases at a step."""

    step: str
    label: str
    rows: list[CaseRow]
    count: int
    count_exact: bool


class Board(Schema):
    """A process with a column for each step."""

    process: str
    label: str
    columns: list[BoardColumn]


class Startable(Schema):
    """A process that the caller may start over a record."""

    process: str
    label: str
    form: str | None
    open: int
    clause: Clause


class Person(Schema):
    """Somebody who can be chosen for a move."""

    id: int
    name: str
    unit: str
    near: bool


class StartIn(Schema):
    """What a case is begun with. The values are those of the first step's form."""

    process: str = Field(max_length=80)
    record_id: int = Field(ge=1, le=LARGEST_ID)
    values: dict[str, Typed] = Field(default_factory=dict, description="By field code, as a person would type them.")
    checked: dict[str, bool] = Field(default_factory=dict, description="The checklist's items by code.")
    outcome: str = Field("", max_length=80)
    opinion: str = Field("", max_length=2000)
    complete: bool = Field(True, description="False: keep what is filled in, and leave the first step open.")


class Started(Schema):
    """The new case."""

    id: int


class MoveIn(Schema):
    """A move. Which of the inputs it takes depends on its kind; the others are not looked at."""

    kind: str = Field(max_length=20, description="As in `buttons` of the case.")
    version: int = Field(ge=0, le=2**31 - 1, description="The case's version that the caller saw.")
    task_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    outcome: str = Field("", max_length=80)
    opinion: str = Field("", max_length=2000)
    values: dict[str, Typed] = Field(default_factory=dict)
    checked: dict[str, bool] = Field(default_factory=dict)
    staff_ids: list[int] = Field(default_factory=list, max_length=50)
    where: str = Field("", max_length=10, description="before, beside or after (add_signer)")
    share_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    step: str = Field("", max_length=80)
    straight: bool = Field(
        default=False, description="Done again, the step leads straight back to the one that sent it back (return)."
    )
    reason: str = Field("", max_length=200, description="One of `pause_reasons` (pause).")
    due_at: AwareDatetime | None = Field(None, description="With its zone (extend).")
    beyond_total: bool = False
    into_case_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    by_customer: bool = False


class Moved(Schema):
    """What came of a move."""

    case_id: int
    state: str
    version: int
    opened: list[str] = Field(description="Codes of the steps that began.")


class RevealIn(Schema):
    """Which original is asked for, and why: a field of a form, or a document."""

    form: str = Field("", max_length=80)
    field: str = Field("", max_length=80)
    document_id: int | None = Field(None, ge=1, le=LARGEST_ID)
    reason: str = Field(max_length=500, description="At least four characters; goes into the ledger.")


class Revealed(Schema):
    """The original."""

    text: str


class Read(Schema):
    """How much of it was new to the caller."""

    shares: int
