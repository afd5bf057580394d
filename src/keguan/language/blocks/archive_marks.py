"""What a record block says of how its records are kept: 完整度, 完整 and 及时录入 as authors write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import YES_NO
from keguan.language.blocks.timing import read_deadline_or_name
from keguan.language.diagnostics.catalogue import keeping as entries
from keguan.language.markdown.document import Written

if TYPE_CHECKING:
    from keguan.language.blocks.timing import NamedDeadline
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.model.timing import Deadline
    from keguan.language.source import Span

MOST_PARTS = 100
"""The greatest weight of one field: a share in per cent is told apart no finer."""

_NAMED = re.compile(
    r"(?P<label>[^()（）,，、]+?)\s*[(（]\s*(?P<code>[^()（）]+?)\s*[)）]\s*(?:[,，、]\s*(?P<class>[^,，、]+?)\s*)?"
)
_FIGURE = re.compile(r"[-+]?[\d.,%％]+")
_TIMELY = re.compile(r"(?P<field>.+?)(?:\s*起\s*|\s+within\s+)(?P<deadline>.+)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedFigure:
    """完整度 (completeness), 来往: what a computed figure is called, and its information class where one is written."""

    label: Written
    code: Written
    information_class: Written | None


@dataclass(frozen=True, slots=True)
class TimelyWritten:
    """接触时间 起 1工作日: the field that says when it happened, and by when after that it is to be filed."""

    field: Written
    deadline: Deadline | NamedDeadline | None
    span: Span


def read_named_figure(written: Written, findings: Findings) -> NamedFigure | None:
    """A name with its code in brackets; None after a diagnostic."""
    found = _NAMED.fullmatch(written.text)
    if found is None:
        findings.add(entries.FIGURE_FORM, written.span, value=written.text)
        return None
    own = None if found["class"] is None else _part(written, found, "class")
    return NamedFigure(_part(written, found, "label"), _part(written, found, "code"), own)


def read_timely(written: Written, findings: Findings) -> TimelyWritten | None:
    """A field and a deadline from it; None after a diagnostic."""
    found = _TIMELY.fullmatch(written.text)
    if found is None:
        findings.add(entries.TIMELY_FORM, written.span, value=written.text)
        return None
    deadline = read_deadline_or_name(_part(written, found, "deadline"), findings)
    return TimelyWritten(_part(written, found, "field"), deadline, written.span)


def read_weight(written: Written, findings: Findings) -> int | Written | None:
    """How many parts a field counts for, or the condition on which it counts for one; None where nothing is written,
    and after a diagnostic.
    """
    text = written.text.strip()
    if not text:
        return None
    if text.lower() in YES_NO:
        return int(YES_NO[text.lower()])
    if not _FIGURE.fullmatch(text):
        return written
    if text.isascii() and text.isdigit() and int(text) <= MOST_PARTS:
        return int(text)
    findings.add(entries.WEIGHT, written.span, value=text, most=MOST_PARTS)
    return None


def _part(written: Written, found: re.Match[str], group: str) -> Written:
    start, end = found.span(group)
    return Written(found[group], written.span.within(start, end - start))
