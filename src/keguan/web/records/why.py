"""Why a record has its outcome, as a card: sentence, inputs of that day, clause, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.formatting import moment
from keguan.runtime.decisions import queries as decisions
from keguan.web.records.rows import rows_text, rows_url

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.queries import Account, Counted, CutLine, InputLine, ScoredLine, Step

REMEMBERED = 10
"""So many former outcomes are told on the card."""


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One input: ``test`` empty where the rule did not ask about it, ``now`` where the value is still the same."""

    label: str
    value: str
    now: str
    test: str
    met: bool


@dataclass(frozen=True, slots=True)
class WhyScore:
    """One line of a score: what was looked at, its points, and its row."""

    grounds: tuple[WhyLine, ...]
    points: str
    row: int
    url: str


@dataclass(frozen=True, slots=True)
class Why:
    """The card."""

    code: str
    title: str
    clause: ClauseRef
    exception_to: ClauseRef | None
    sentence: str
    lines: tuple[WhyLine, ...]
    scored: tuple[WhyScore, ...]
    cuts: tuple[CutLine, ...]
    decided: str
    rule_text: str
    rule_url: str
    history: tuple[str, ...]
    url: str
    record_url: str

    @property
    def changed(self) -> bool:
        """Whether some input is no longer what it was when this was decided."""
        return any(line.now for line in self.lines)


def why(viewer: Viewer, record_type: str, record_id: int, decision: str) -> Why | None:
    """The card of one decision; None when the record was never decided. Raises ``Refused``."""
    told = decisions.account(viewer, record_type, record_id, decision)
    return None if told is None else card(viewer, record_type, record_id, told)


def card(viewer: Viewer, record_type: str, record_id: int, told: Account, *, brief: bool = False) -> Why:
    """A decision's account as a card; ``brief`` leaves the history out."""
    explained, steps = told.explained, () if brief else told.steps[:REMEMBERED]
    label, shown = explained.outcome[0]
    names = {"label": label.text(viewer.language), "outcome": shown.text or gettext("（无）")}
    decided = {
        "at": moment(explained.decided_at, viewer.language),
        "day": explained.decided_on.isoformat(),
        "policy": explained.policy.title,
        "version": explained.policy.version,
    }
    record_url = reverse("records:record", args=[record_type, record_id])
    return Why(
        code=explained.decision,
        title=gettext("为什么%(label)s是 %(outcome)s？") % names,
        clause=explained.clause,
        exception_to=explained.counted.exception_to,
        sentence=explained.sentence,
        lines=tuple(_line(line) for line in explained.lines),
        decided=gettext("判定于 %(at)s · 参数日 %(day)s · %(policy)s %(version)s") % decided,
        scored=tuple(_scored(each, explained.counted) for each in explained.scored),
        cuts=explained.cuts,
        rule_text=rows_text(explained.counted),
        rule_url=rows_url(explained.counted),
        history=tuple(_step(step, viewer.language) for step in steps),
        url=f"{record_url}#why-{explained.decision}",
        record_url=record_url,
    )


def _scored(line: ScoredLine, counted: Counted) -> WhyScore:
    url = rows_url(counted, line.row) if line.row else ""
    return WhyScore(tuple(map(_line, line.grounds)), line.points, line.row, url)


def _line(line: InputLine) -> WhyLine:
    """One input. Of a value that may not be seen neither is the test told: it would give the value away."""
    asked = line.test not in {"", "-"} and line.value.state != "hidden"
    now = "" if line.now is None else line.now.text or "—"
    return WhyLine(line.label, line.value.text or "—", now, line.test if asked else "", met=asked and line.met)


def _by(step: Step) -> str:
    """The rows that counted, and under which version."""
    quotas = [gettext("名额 %(clause)s") % {"clause": clause.number} for clause in step.quotas]
    return gettext("，").join([*filter(None, [rows_text(step.counted)]), *quotas, step.version])


def _step(step: Step, language: str) -> str:
    """``2026-05-19 周二 14:07　C → B、金卡 → 铂金卡（第 5 行，1.0.0）``."""
    nothing = gettext("（无）")
    changed = [
        f"{change.before.text or nothing} → {change.after.text or nothing}"
        for change in step.changes
        if change.before != change.after
    ]
    names = {
        "at": moment(step.decided_at, language),
        "changes": gettext("、").join(changed) or gettext("理由改变，结果不变"),
        "by": _by(step),
    }
    return gettext("%(at)s　%(changes)s（%(by)s）") % names
