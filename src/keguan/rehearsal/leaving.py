"""Who comes and goes: people leave, are appointed, try to sign in; what they own goes to somebody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.staged.protected import Appointed, LeftCompany, TriedSignIn
from keguan.runtime.departures.actions import Leave
from keguan.runtime.ledger.actions import Actor
from keguan.runtime.org.actions import Appoint
from keguan.runtime.org.signing_in import SignIn
from keguan.runtime.records.actions import HandOver, hand_over_all

if TYPE_CHECKING:
    from keguan.language.testing.staged.protected import HandedOver
    from keguan.rehearsal.scene import Scene

_TYPED = "not the password"


def leave(event: LeftCompany, scene: Scene) -> None:
    """Have somebody leave. Raises ``Refused``."""
    staff_id, viewer = scene.company.id(event.person), scene.viewer(event.said.by)
    Leave(viewer=viewer, staff_id=staff_id, on=event.on, reason=event.reason).run()


def hand_over(event: HandedOver, scene: Scene) -> None:
    """Give records, or everything of somebody, to another. Raises ``Refused`` and ``Problem``."""
    viewer, to = scene.viewer(event.said.by), scene.company.id(event.to)
    if event.person is not None:
        hand_over_all(viewer, scene.company.id(event.person), to, event.reason)
    elif event.about is not None:
        ids = [scene.record(each).id for each in event.about.records]
        of = event.about.record_type
        HandOver(viewer=viewer, record_type=of, ids=ids, to_staff_id=to, reason=event.reason).run()


def sign_in(event: TriedSignIn, scene: Scene) -> None:
    """Try to sign in as somebody. Raises ``Refused``: nobody has a password on a stage."""
    username = scene.company.username(event.person)
    SignIn(actor=Actor(None, "", "web"), username=username, password=_TYPED).run()


def appoint(event: Appointed, scene: Scene) -> None:
    """Give somebody a role. Raises ``Refused``."""
    actor, staff_id = scene.viewer(event.said.by).actor, scene.company.id(event.person)
    Appoint(actor=actor, staff_id=staff_id, role=event.role).run()
