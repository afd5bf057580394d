"""Acting a scenario out: the company joins, the records are filed, everything happens in order and is judged."""

from __future__ import annotations

import traceback
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, NoReturn

from django.db import transaction
from django.utils import translation

from keguan.language.diagnostics.findings import Findings
from keguan.language.testing import ScenarioResult
from keguan.language.testing.events import happen
from keguan.language.testing.names import Names, Problem
from keguan.language.testing.result import Failure
from keguan.language.testing.staged.events import (
    CaseMove,
    Checked,
    DutyMove,
    Filed,
    Opened,
    TimePasses,
    Verdict,
)
from keguan.language.testing.staged.policies import ReadConfirmed, VersionPublished
from keguan.language.testing.staged.protected import (
    Appointed,
    DisposalMove,
    Exported,
    HandedOver,
    LeftCompany,
    PermitAsked,
    Printed,
    Revealed,
    TriedSignIn,
)
from keguan.language.testing.staged.shared_out import PoolMove, SharedOut
from keguan.rehearsal import (
    cases,
    consequences,
    disposals,
    duties,
    leaving,
    passing,
    protection,
    publishing,
    records,
    sharing,
)
from keguan.rehearsal.company import Company
from keguan.rehearsal.judging import judged
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.scene import Scene
from keguan.rehearsal.unchanged import BY_CASES, changed, dump
from keguan.rehearsal.words import Words
from keguan.rehearsal.world import StageWorld
from keguan.runtime import clock
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from keguan.language.source import Span
    from keguan.language.testing.staged.events import Event
    from keguan.language.testing.staged.scenario import Said, Staged

_DOES: dict[type, Callable[..., None]] = {
    Appointed: leaving.appoint,
    CaseMove: cases.move,
    DisposalMove: disposals.move,
    DutyMove: duties.act,
    Exported: protection.export,
    Filed: records.file,
    HandedOver: leaving.hand_over,
    LeftCompany: leaving.leave,
    Opened: records.open_,
    PermitAsked: protection.ask,
    PoolMove: sharing.move,
    Printed: protection.print_,
    ReadConfirmed: publishing.confirm,
    Revealed: protection.reveal,
    SharedOut: sharing.share_out,
    TriedSignIn: leaving.sign_in,
    Verdict: consequences.decide,
    VersionPublished: publishing.publish,
}
_NOTED: dict[type, Sequence[str]] = {
    DisposalMove: ("ledger.Entry",),  # who proved who they are
    Opened: ("ledger.Entry",),
    Revealed: ("ledger.Entry",),
    TriedSignIn: ("ledger.Entry", "notifications.Notification", *BY_CASES),
}
"""What is written down of an attempt that was refused, and what follows from that."""

COMPANY = "场景公司"
"""The unit at the top."""


def act(staged: Staged, language: str) -> ScenarioResult:
    """Act a scenario out in the database that is there and undo all of it. Failures are worded in ``zh`` or ``en``.

    The policy must be in force there on the scenario's day.
    """
    findings = Findings()
    failures: list[Failure] = []
    with clock.hold(passing.moment(staged.begins)), translation.override("zh-hans"), transaction.atomic():
        model = current().model
        names = Names(model, findings)
        company = Company(COMPANY)
        scene = Scene(model, company, StageWorld(model, company, names), names, Words(language))
        play = _Play(scene, staged, failures)
        try:
            play.run()
        except Problem:
            pass  # noted among the findings
        except Exception as broken:  # noqa: BLE001 - told of the scenario in which it happened; the others go on
            play.broke(broken)
        transaction.set_rollback(True)
    return ScenarioResult(staged.id, staged.name, staged.span, findings.all(), tuple(failures))


class _Stop(Exception):
    """Something did not happen as written: what comes after it means nothing any more."""


class _Play:
    def __init__(self, scene: Scene, staged: Staged, failures: list[Failure]) -> None:
        self._scene, self._staged, self._failures = scene, staged, failures
        self._at = staged.span

    def run(self) -> None:
        """From the beginning to what must be so at the end. Raises ``Problem``."""
        scene = self._scene
        scene.company.join(self._staged.people)
        for item in self._staged.given:
            happen(item, scene.world, scene.names)
        passing.settle()
        try:
            for event in self._staged.events:
                self._happens(event)
        except _Stop:
            return
        for expectation in self._staged.expected:
            self._failures.extend(judged(expectation, scene))

    def broke(self, broken: Exception) -> None:
        """The program itself failed: where, so that it can be mended."""
        say, place = self._scene.words.say, traceback.extract_tb(broken.__traceback__)[-1]
        got = f"{type(broken).__name__}: {broken} ({place.filename}:{place.lineno})"
        wanted = say("程序不出错", "the program not to fail")
        self._fail(self._at, say("场景", "The scenario"), wanted, got)

    def _happens(self, event: Event) -> None:
        match event:
            case Checked():
                for expectation in event.expected:
                    self._failures.extend(judged(expectation, self._scene))
                return
            case TimePasses():
                self._time(event)
                return
            case _:
                does = _DOES[type(event)]
                self._attempt(event.said, lambda: does(event, self._scene), apart=_NOTED.get(type(event), ()))
        passing.settle()

    def _time(self, event: TimePasses) -> None:
        if event.length is not None:
            passing.by(event.length)
            return
        to = event.until
        if to is None:
            return
        here = clock.local(clock.now()).replace(tzinfo=None)
        if event.whole_day:
            to = to.replace(hour=here.hour, minute=here.minute)
        if to < here:
            say = self._scene.words.say
            wanted = say("一个还没有过去的时间", "a moment that has not passed")
            self._stop(event.at.span, event.at.text, wanted, to.isoformat(" ", "minutes"))
        passing.until(to)

    def _attempt(self, said: Said, attempt: Callable[[], None], *, apart: Sequence[str]) -> None:
        """Do it; it succeeds exactly when it should, and a refusal says what it should and changes nothing ``apart``
        from what is to be written down of it.
        """
        say = self._scene.words.say
        self._at = said.span
        by = said.by or say("系统", "the system")
        what = say(f"{by}{said.what}", f"{by}: {said.what}")
        before = dump(self._scene.model, apart) if said.refused else None
        told = self._tried(said, what, attempt)
        if said.refused is not None:
            wanted = say(f"拒绝，并说“{said.refused.text}”", f"refused with “{said.refused.text}”")
            if told is None:
                self._stop(said.refused.span, what, wanted, say("办成了", "done"))
            elif said.refused.text not in told:
                self._fail(said.refused.span, what, wanted, say(f"拒绝：“{told}”", f"refused: “{told}”"))
        if before is not None and (different := changed(before, dump(self._scene.model, apart))):
            wanted, got = say("拒绝后什么也没有变", "nothing to change after a refusal"), ", ".join(different)
            self._fail(said.span, what, wanted, say(f"变了：{got}", f"changes in {got}"))

    def _tried(self, said: Said, what: str, attempt: Callable[[], None]) -> str | None:
        """What they are told when it is refused as it should be; None when it is done. Raises ``_Stop`` otherwise."""
        say = self._scene.words.say
        try:
            attempt()
        except Missing as missing:
            if said.refused is not None:
                return missing.sentence
            self._stop(said.span, what, missing.wanted, missing.got)
        except Refused as refused:
            told = records.told(refused, self._scene)
            if said.refused is not None:
                return told
            self._stop(said.span, what, say("办成", "to be done"), say(f"拒绝：“{told}”", f"refused: “{told}”"))
        return None

    def _fail(self, span: Span, what: str, wanted: str, got: str) -> None:
        words = self._scene.words
        given = words.given(what)
        self._failures.append(Failure(span, given, wanted, got.rstrip("。."), "", "", words.language))

    def _stop(self, span: Span, what: str, wanted: str, got: str) -> NoReturn:
        self._fail(span, what, wanted, got)
        raise _Stop
