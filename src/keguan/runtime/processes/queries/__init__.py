"""What may be asked about cases. Everything that comes back has been through ``access``."""

from __future__ import annotations

from keguan.runtime.processes.queries.agenda import CaseDue, Deadlines, due_below, due_between
from keguan.runtime.processes.queries.board import Board, BoardColumn, board
from keguan.runtime.processes.queries.boxes import Box, Count, Page, box, counts
from keguan.runtime.processes.queries.buttons import Button, Choice
from keguan.runtime.processes.queries.candidates import PersonCard, candidates
from keguan.runtime.processes.queries.case_views import CaseView, case_view
from keguan.runtime.processes.queries.letter_paper import letter_of, letter_on_paper
from keguan.runtime.processes.queries.of_record import Startable, cases_of, may_start
from keguan.runtime.processes.queries.printing import PrintView, print_view
from keguan.runtime.processes.queries.rows import CaseRow
from keguan.runtime.processes.queries.starting_form import starting_form
from keguan.runtime.processes.queries.urgency import Urgency

__all__ = [
    "Board",
    "BoardColumn",
    "Box",
    "Button",
    "CaseDue",
    "CaseRow",
    "CaseView",
    "Choice",
    "Count",
    "Deadlines",
    "Page",
    "PersonCard",
    "PrintView",
    "Startable",
    "Urgency",
    "board",
    "box",
    "candidates",
    "case_view",
    "cases_of",
    "counts",
    "due_below",
    "due_between",
    "letter_of",
    "letter_on_paper",
    "may_start",
    "print_view",
    "starting_form",
]
