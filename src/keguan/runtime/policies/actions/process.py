"""From the author's desk into force: submit, review, sign; and back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from keguan.runtime.ledger.actions import Action, Record
from keguan.runtime.policies.actions.moving import at_step, entry, moved, not_overtaken, opined
from keguan.runtime.policies.actions.publish import published_entries
from keguan.runtime.policies.events import Published
from keguan.runtime.policies.exclusive import busy_told, claim
from keguan.runtime.policies.in_force import forget
from keguan.runtime.policies.models import Draft, PolicyVersion
from keguan.runtime.policies.publishing import into_force, publishable
from keguan.runtime.policies.steps import State, Step
from keguan.runtime.policies.texts import as_source

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, kw_only=True)
class SubmitDraft(Action[None]):
    """Hand a draft in for review. Only one that could be published as it stands: sound, newer, not overtaken.

    Raises ``PolicyRefused`` with diagnostics, or ``Refused``.
    """

    draft_id: int
    revision: int
    opinion: str = ""
    name: ClassVar[str] = "policies.submit_draft"
    operation: ClassVar[str | None] = "draft"

    def check(self) -> None:
        """Everything that would be refused at signing is refused here already."""
        draft = at_step(Step.SUBMIT, self.draft_id, self.revision, self.actor)
        opined(self.opinion, required=False)
        not_overtaken(draft)
        publishable([as_source(draft.pack, draft.files)])

    def do(self) -> None:
        """Lock the text."""
        draft = Draft.objects.get(pk=self.draft_id)
        draft.state, draft.reviewer_id = State.REVIEW, None
        draft.save(update_fields=["state", "reviewer_id"])
        moved(draft, Step.SUBMIT, self.actor, self.opinion)

    def log(self, result: None) -> Iterable[Record]:
        """Which revision."""
        yield entry(self.name, Draft.objects.get(pk=self.draft_id), self.opinion)


@dataclass(frozen=True, kw_only=True)
class ReviewDraft(Action[None]):
    """Approve what was handed in, for signing, or return it with what is to be changed."""

    draft_id: int
    revision: int
    approve: bool
    opinion: str = ""
    name: ClassVar[str] = "policies.review_draft"
    operation: ClassVar[str | None] = "review"

    def check(self) -> None:
        """Refuse those who wrote in it, and a return without a word."""
        at_step(self._step, self.draft_id, self.revision, self.actor)
        opined(self.opinion, required=not self.approve)

    def do(self) -> None:
        """On to the signer, or back to the author."""
        draft = Draft.objects.get(pk=self.draft_id)
        draft.state = State.SIGN if self.approve else State.RETURNED
        draft.reviewer_id = self.actor.staff_id
        draft.save(update_fields=["state", "reviewer_id"])
        moved(draft, self._step, self.actor, self.opinion)

    def log(self, result: None) -> Iterable[Record]:
        """What was found."""
        found = entry(self.name, Draft.objects.get(pk=self.draft_id), self.opinion)
        yield Record(found.action, found.subject_type, found.subject_id, data={**found.data, "approved": self.approve})

    @property
    def _step(self) -> Step:
        return Step.APPROVE if self.approve else Step.RETURN


@dataclass(frozen=True, kw_only=True)
class SendBackDraft(Action[None]):
    """Return a reviewed draft instead of signing it, with what is to be changed."""

    draft_id: int
    revision: int
    opinion: str
    name: ClassVar[str] = "policies.send_back_draft"
    operation: ClassVar[str | None] = "publish"

    def check(self) -> None:
        """Refuse those who may not sign it, and a return without a word."""
        at_step(Step.SEND_BACK, self.draft_id, self.revision, self.actor)
        opined(self.opinion, required=True)

    def do(self) -> None:
        """Back to the author; it will be reviewed anew."""
        draft = Draft.objects.get(pk=self.draft_id)
        draft.state = State.RETURNED
        draft.save(update_fields=["state"])
        moved(draft, Step.SEND_BACK, self.actor, self.opinion)

    def log(self, result: None) -> Iterable[Record]:
        """Why."""
        yield entry(self.name, Draft.objects.get(pk=self.draft_id), self.opinion)


@dataclass(frozen=True, kw_only=True)
class SignDraft(Action[Published]):
    """Sign a reviewed draft: it is published in the same transaction, and in force from the day that it names, or at
    once when that day is gone.

    The signer is neither one of its editors nor its reviewer. Raises ``PolicyRefused`` or ``Refused``; nothing is left
    behind then, nor when a hook fails.
    """

    draft_id: int
    revision: int
    opinion: str = ""
    name: ClassVar[str] = "policies.sign_draft"
    operation: ClassVar[str | None] = "publish"

    def run(self) -> Published:
        """As every action; afterwards this process looks up anew what is in force."""
        try:
            with busy_told():
                return super().run()
        finally:
            forget()

    def check(self) -> None:
        """Refuse whoever had a hand in it, and a text that is overtaken, wrong, or not newer."""
        claim()
        draft = at_step(Step.SIGN, self.draft_id, self.revision, self.actor)
        opined(self.opinion, required=False)
        not_overtaken(draft)
        publishable([as_source(draft.pack, draft.files)])

    def do(self) -> Published:
        """Bring it into force."""
        draft = Draft.objects.get(pk=self.draft_id)
        published = into_force([as_source(draft.pack, draft.files)], None, self.actor)
        ((pack, version),) = published.versions
        draft.state = State.SIGNED
        draft.signed = PolicyVersion.objects.get(pack=pack, version=version)
        draft.save(update_fields=["state", "signed"])
        moved(draft, Step.SIGN, self.actor, self.opinion)
        return published

    def log(self, result: Published) -> Iterable[Record]:
        """The signature, and the version that it published."""
        yield entry(self.name, Draft.objects.get(pk=self.draft_id), self.opinion)
        yield from published_entries(result)

    def announce(self, result: Published) -> Iterable[Published]:
        """Whoever computes from the policy hears of it within the transaction."""
        yield result
