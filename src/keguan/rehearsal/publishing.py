"""The policy gets a new version while a scenario goes on, and people confirm having read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.rehearsal.missing import Missing
from keguan.runtime.policies.actions import ConfirmRead, ReviewDraft, SaveDraft, SignDraft, StartDraft, SubmitDraft
from keguan.runtime.policies.queries import draft, versions_of

if TYPE_CHECKING:
    from keguan.language.testing.staged.policies import ReadConfirmed, VersionPublished
    from keguan.rehearsal.scene import Scene

_VERSION = re.compile(r"^version: .*$", re.MULTILINE)


def publish(event: VersionPublished, scene: Scene) -> None:
    """Draft the changes, review and sign them. Raises ``Refused``, and ``Missing`` where the text has no such place."""
    drafter = scene.viewer(event.said.by).actor
    made = StartDraft(actor=drafter, pack=event.pack).run()
    begun = draft(made)
    texts = {path: _VERSION.sub(f"version: {event.version}", text, count=1) for path, text in begun.files.items()}
    for before, after in event.changes:
        if not any(before in text for text in texts.values()):
            say = scene.words.say
            raise Missing(say(f"正文里的“{before}”", f"“{before}” in the text"), say("没有", "none"))
        texts = {path: text.replace(before, after) for path, text in texts.items()}
    revision = SaveDraft(actor=drafter, draft_id=made, revision=begun.card.revision, files=texts).run()
    SubmitDraft(actor=drafter, draft_id=made, revision=revision).run()
    reviewer, signer = scene.viewer(event.reviewed_by).actor, scene.viewer(event.signed_by).actor
    ReviewDraft(actor=reviewer, draft_id=made, revision=revision, approve=True).run()
    SignDraft(actor=signer, draft_id=made, revision=revision).run()


def confirm(event: ReadConfirmed, scene: Scene) -> None:
    """Confirm the newest version for oneself. Raises ``Refused``."""
    newest = versions_of(event.pack)[0].version
    ConfirmRead(actor=scene.viewer(event.said.by).actor, pack=event.pack, version=newest).run()
