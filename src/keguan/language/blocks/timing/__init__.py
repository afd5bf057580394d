"""Deadlines, frequencies and lengths of time as authors write them: 3个工作日内, 办结当日, 每月至少1次, 半年."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from keguan.language.blocks.timing import chinese, english
from keguan.language.diagnostics.catalogue import timing as entries

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Written
    from keguan.language.model.timing import Deadline, Frequency, Length, Unit
    from keguan.language.source import Span

_LONGEST = 80
"""Characters; nobody writes a time longer than that."""


def read_deadline(written: Written, findings: Findings) -> Deadline | None:
    """A deadline (时限); None after a diagnostic when it cannot be read."""
    found = chinese.deadline(_chinese(written.text)) or english.deadline(_english(written.text))
    if found is None:
        findings.add(entries.DEADLINE, written.span, value=written.text)
        return None
    return replace(found, text=written.text)


@dataclass(frozen=True, slots=True)
class NamedDeadline:
    """A deadline that is no time by itself: perhaps the name of a parameter, and what its number counts."""

    text: str
    name: str
    unit: Unit | None
    span: Span


def read_deadline_or_name(written: Written, findings: Findings) -> Deadline | NamedDeadline | None:
    """As ``read_deadline``; what has no figure and cannot be read may be a parameter (投诉期限, 处理天数 工作日)."""
    text = _chinese(written.text)
    readable = chinese.deadline(text) or english.deadline(_english(written.text))
    if readable is not None or not text or any(sign.isdigit() for sign in text):
        return read_deadline(written, findings)
    plain = " ".join(_plain(written.text).split())
    name, _blank, unit = plain.rpartition(" ")
    counted = chinese.UNITS.get(unit) if name else None
    return NamedDeadline(written.text, name if counted is not None else plain, counted, written.span)


def read_frequency(written: Written, findings: Findings) -> Frequency | None:
    """A frequency (频次); None after a diagnostic when it cannot be read."""
    found = chinese.frequency(_chinese(written.text)) or english.frequency(_english(written.text))
    if found is None:
        findings.add(entries.FREQUENCY, written.span, value=written.text)
        return None
    return replace(found, text=written.text)


@dataclass(frozen=True, slots=True)
class NamedFrequency:
    """A frequency that is none by itself: perhaps the name of a parameter, what its number counts, and how often."""

    text: str
    name: str
    unit: Unit | None
    at_least: int
    at_most: int | None
    span: Span


def read_frequency_or_name(written: Written, findings: Findings) -> Frequency | NamedFrequency | None:
    """As ``read_frequency``; what cannot be read may be a parameter (核实周期, 每核实周期至少2次, 核实月数 个月)."""
    if chinese.frequency(_chinese(written.text)) or english.frequency(_english(written.text)):
        return read_frequency(written, findings)
    text, low, high = chinese.counted(" ".join(_plain(written.text).split()))
    text = text.removeprefix("每").removeprefix("every ").strip()
    if not text or any(sign.isdigit() for sign in text):
        return read_frequency(written, findings)
    name, _blank, unit = text.rpartition(" ")
    counted = chinese.UNITS.get(unit) if name else None
    return NamedFrequency(written.text, name if counted is not None else text, counted, low, high, written.span)


def read_length(written: Written, findings: Findings) -> Length | None:
    """An amount of time (期限, 间隔); None after a diagnostic when it cannot be read."""
    found = chinese.length(_chinese(written.text)) or english.length(_english(written.text))
    if found is None:
        findings.add(entries.LENGTH, written.span, value=written.text)
    return found


def _chinese(text: str) -> str:
    """Without blanks, full-width digits and signs as ASCII."""
    return "".join(_plain(text).split())


def _english(text: str) -> str:
    return " ".join(_plain(text).lower().split())


def _plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text) if len(text) <= _LONGEST else ""
