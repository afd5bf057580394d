"""Judging what is expected of a scenario: by what is stored, and by what somebody sees."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.expectations import judge
from keguan.language.testing.result import Failure
from keguan.language.testing.staged.expectations import (
    CaseExpected,
    CasesCounted,
    DutiesCounted,
    EntriesExpected,
    ListExpected,
    NoticesExpected,
    ProposalExpected,
    RecordExpected,
    SightExpected,
    TimelineExpected,
    TodosExpected,
)
from keguan.language.testing.staged.policies import ReceiptsExpected
from keguan.language.testing.staged.protected import ClassExpected, LeftBehind, LetterExpected, RightsExpected
from keguan.language.testing.staged.shared_out import ResultExpected
from keguan.rehearsal.judging.cases import case, cases_counted
from keguan.rehearsal.judging.duties import duties_counted
from keguan.rehearsal.judging.ledger import entries
from keguan.rehearsal.judging.lists import listed, timeline
from keguan.rehearsal.judging.notices import notices
from keguan.rehearsal.judging.proposals import proposal
from keguan.rehearsal.judging.protection import declared, left_behind, letter, rights
from keguan.rehearsal.judging.receipts import confirmed
from keguan.rehearsal.judging.sharing import result
from keguan.rehearsal.judging.sight import sight
from keguan.rehearsal.judging.todos import todos
from keguan.rehearsal.missing import Missing
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.source import Span
    from keguan.language.testing.staged.expectations import Expectation
    from keguan.rehearsal.scene import Scene

_JUDGES = {
    CaseExpected: case,
    CasesCounted: cases_counted,
    ClassExpected: declared,
    DutiesCounted: duties_counted,
    EntriesExpected: entries,
    LeftBehind: left_behind,
    LetterExpected: letter,
    ListExpected: listed,
    NoticesExpected: notices,
    ProposalExpected: proposal,
    ReceiptsExpected: confirmed,
    ResultExpected: result,
    RightsExpected: rights,
    SightExpected: sight,
    TimelineExpected: timeline,
    TodosExpected: todos,
}


def judged(expectation: Expectation, scene: Scene) -> Iterator[Failure]:
    """What is not as expected. Raises ``Problem``."""
    words = scene.words
    if isinstance(expectation, RecordExpected):
        yield from judge(expectation.item, scene.world, scene.names, words.language)
        return
    judge_ = _JUDGES[type(expectation)]
    try:
        yield from judge_(expectation, scene)  # type: ignore[operator]
    except Missing as missing:
        given = words.given(words.say("应为", "Expected"))
        yield Failure(_span(expectation), given, missing.wanted, missing.got, "", "", words.language)
    except Refused as refused:
        given = words.given(words.say("应为", "Expected"))
        wanted, got = words.say("能看到", "to be seen"), words.say(f"拒绝：“{refused.message}”", refused.message)
        yield Failure(_span(expectation), given, wanted, got, "", "", words.language)


def _span(expectation: Expectation) -> Span:
    if isinstance(expectation, CaseExpected):
        return expectation.spans["case"]
    return expectation.item.span if isinstance(expectation, RecordExpected) else expectation.span
