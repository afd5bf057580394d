"""Why a record has its outcome, as a card: sentence, inputs of that day, clause, and what came before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.formatting import moment
from keguan.runtime.decisions import queries as decisions

if TYPE_CHECKING:
    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.decisions.queries import Account, InputLine, Step

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
class Why:
    """The card."""

    code: str
    title: str
    clause: ClauseRef
    sentence: str
    lines: tuple[WhyLine, ...]
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
    document = reverse("policies:document", args=[explained.clause.pack])
    record_url = reverse("records:record", args=[record_type, record_id])
    return Why(
        code=explained.decision,
        title=gettext("为什么%(label)s是 %(outcome)s？") % names,
        clause=explained.clause,
        sentence=explained.sentence,
        lines=tuple(_line(line) for line in explained.lines),
        decided=gettext("判定于 %(at)s · 参数日 %(day)s · %(policy)s %(version)s") % decided,
        rule_text=gettext("第 %(rule)s 行") % {"rule": gettext("、").join(map(str, explained.rules))},
        rule_url=f"{document}#{explained.decision}-{explained.rules[0]}" if explained.rules else "",
        history=tuple(_step(step, viewer.language) for step in steps),
        url=f"{record_url}#why-{explained.decision}",
        record_url=record_url,
    )


def _line(line: InputLine) -> WhyLine:
    """One input. Of a value that may not be seen neither is the test told: it would give the value away."""
    asked = line.test not in {"", "-"} and line.value.state != "hidden"
    now = "" if line.now is None else line.now.text or "—"
    return WhyLine(line.label, line.value.text or "—", now, line.test if asked else "", met=asked and line.met)


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
        "rule": step.rule,
        "version": step.version,
    }
    return gettext("%(at)s　%(changes)s（第 %(rule)s 行，%(version)s）") % names
