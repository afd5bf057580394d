"""What may be asked about surveys."""

from __future__ import annotations

from keguan.runtime.surveys.queries.answers import AnswerPage, AnswerRow, answers
from keguan.runtime.surveys.queries.call_backs import CallBackPage, due_call_backs
from keguan.runtime.surveys.queries.days import Span
from keguan.runtime.surveys.queries.invitations import (
    InvitationRow,
    InvitationView,
    ShownReply,
    invitation_view,
    invitations_of_case,
)
from keguan.runtime.surveys.queries.papers import Paper, Question, paper
from keguan.runtime.surveys.queries.results import (
    Asked,
    Group,
    Measured,
    Results,
    SurveyCard,
    any_surveys,
    measured,
    results,
    survey_cards,
)

__all__ = [
    "AnswerPage",
    "AnswerRow",
    "Asked",
    "CallBackPage",
    "Group",
    "InvitationRow",
    "InvitationView",
    "Measured",
    "Paper",
    "Question",
    "Results",
    "ShownReply",
    "Span",
    "SurveyCard",
    "answers",
    "any_surveys",
    "due_call_backs",
    "invitation_view",
    "invitations_of_case",
    "measured",
    "paper",
    "results",
    "survey_cards",
]
