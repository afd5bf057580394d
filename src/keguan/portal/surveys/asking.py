"""A question as it is drawn: points on a scale, options, yes or no, a day, or words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.survey import Measure

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.surveys.queries import Question


@dataclass(frozen=True, slots=True)
class Asked:
    """One question on the page. ``options`` are value, words and whether it is chosen; ``low`` and ``high`` say what
    the ends of a scale mean. ``drawn`` is ``scale``, ``options``, ``day``, ``number``, ``line`` or ``words``.
    """

    question: Question
    drawn: str
    options: tuple[tuple[str, str, bool], ...]
    text: str
    low: str
    high: str
    error: str


def asked(questions: Iterable[Question], typed: Mapping[str, str], errors: Mapping[str, str]) -> list[Asked]:
    """The questions with what was typed into them, and what is wrong with that."""
    return [_asked(each, typed.get(each.code, ""), errors.get(each.code, "")) for each in questions]


def _asked(question: Question, text: str, error: str) -> Asked:
    low, high = ends(question.measure) if question.points else ("", "")
    chosen = _chosen(question)
    drawn = "scale" if question.points else "options" if chosen else _DRAWN.get(question.kind, "line")
    options = tuple((value, words, value == text) for value, words in chosen)
    return Asked(question, drawn, options, text, low, high, error)


def ends(measure: str) -> tuple[str, str]:
    """What the lowest and the highest answer mean."""
    return {
        Measure.SATISFACTION: (_("很不满意"), _("很满意")),
        Measure.RECOMMENDATION: (_("完全不会"), _("一定会")),
        Measure.EFFORT: (_("很费力"), _("很省力")),
    }[Measure(measure)]


def _chosen(question: Question) -> list[tuple[str, str]]:
    if question.points:
        return [(str(each), str(each)) for each in question.points]
    if question.kind == "boolean":
        return [("yes", _("是")), ("no", _("否"))]
    return [(each, each) for each in question.choices]


_DRAWN = {"date": "day", "long_text": "words", "integer": "number", "number": "number"}
