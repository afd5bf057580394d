"""Writing a draft: start, save, go on from a newer version, give up."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.policies.actions.moving import at_step, entry, moved, published_version
from keguan.runtime.policies.in_force import latest
from keguan.runtime.policies.models import Draft
from keguan.runtime.policies.steps import State, Step
from keguan.runtime.policies.texts import text_digest

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_FILES = 50
LARGEST = 2_000_000
"""How many characters a draft may have, all files together."""

_PACK = re.compile(r"[a-z][a-z0-9-]{1,79}")
_FILE = re.compile(r"[\w.-]{1,100}\.md")


@dataclass(frozen=True, kw_only=True)
class StartDraft(Action[int]):
    """Begin a draft and return its id: of a published pack from its last text, or from ``files`` (which a new pack must
    bring). ``title`` is what a new pack's draft is listed by.
    """

    pack: str
    files: Mapping[str, str] | None = None
    title: str = ""
    name: ClassVar[str] = "policies.start_draft"
    operation: ClassVar[str | None] = "draft"

    def check(self) -> None:
        """Refuse a name or files that could not be a pack's, and a new pack without text."""
        named(self.pack)
        if self.files is None and not published_version(self.pack):
            raise Refused("policies.no_text", _("这份制度还没有发布过，起草时要给出正文。"))
        if self.files is not None:
            sized(self.files)

    def do(self) -> int:
        """Keep it as its first revision."""
        last = latest()
        policy = None if last is None else last.model.policies.get(self.pack)
        texts = {} if last is None else {source.id: source.files for source in last.sources}
        now = clock.now()
        draft = Draft.objects.create(
            pack=self.pack,
            title=policy.title if policy is not None else (self.title or self.pack)[:200],
            files=dict(texts[self.pack] if self.files is None else self.files),
            base="" if policy is None else policy.version,
            state=State.DRAFT,
            revision=1,
            editors=[] if self.actor.staff_id is None else [self.actor.staff_id],
            author_id=self.actor.staff_id,
            author_name=self.actor.name,
            started_at=now,
            changed_at=now,
            changed_by=self.actor.name,
        )
        moved(draft, Step.START, self.actor)
        return draft.pk

    def log(self, result: int) -> Iterable[Record]:
        """Which draft of which policy."""
        yield Record(self.name, "policy", self.pack, data={"draft": result, "revision": 1})


@dataclass(frozen=True, kw_only=True)
class SaveDraft(Action[int]):
    """Keep the text and return its revision. ``revision`` is the one it was written from: of two people who save the
    same one, the second is refused and keeps what they wrote.
    """

    draft_id: int
    revision: int
    files: Mapping[str, str]
    name: ClassVar[str] = "policies.save_draft"
    operation: ClassVar[str | None] = "draft"

    def check(self) -> None:
        """Refuse a draft that is locked or was saved by somebody else meanwhile, and other files than it has."""
        draft = at_step(Step.SAVE, self.draft_id, self.revision, self.actor)
        sized(self.files)
        if set(self.files) != set(draft.files):
            raise Refused("policies.files", _("草案的文件与打开时不同，没有保存。请刷新后再试。"))

    def do(self) -> int:
        """Replace the text; who saves becomes one of its editors."""
        draft = Draft.objects.get(pk=self.draft_id)
        draft.files = dict(self.files)
        draft.revision += 1
        draft.changed_at, draft.changed_by = clock.now(), self.actor.name
        if self.actor.staff_id is not None and self.actor.staff_id not in draft.editors:
            draft.editors = [*draft.editors, self.actor.staff_id]
        draft.save()
        return draft.revision

    def log(self, result: int) -> Iterable[Record]:
        """The revision, and what its text can be proved by."""
        draft = Draft.objects.only("pack").get(pk=self.draft_id)
        data = {"draft": self.draft_id, "revision": result, "digest": text_digest(self.files)}
        yield Record(self.name, "policy", draft.pack, data=data)


@dataclass(frozen=True, kw_only=True)
class Rebase(Action[None]):
    """Say that the draft has taken up what was published meanwhile: it goes out from that version from now on."""

    draft_id: int
    name: ClassVar[str] = "policies.rebase_draft"
    operation: ClassVar[str | None] = "draft"

    def check(self) -> None:
        """Refuse while nothing newer was published."""
        draft = at_step(Step.REBASE, self.draft_id, None, self.actor)
        if draft.base == published_version(draft.pack):
            raise Refused("policies.base", _("草案已经以最新发布的版本为底稿。"))

    def do(self) -> None:
        """Take the last published version as the base."""
        draft = Draft.objects.get(pk=self.draft_id)
        draft.base = published_version(draft.pack)
        draft.save(update_fields=["base"])
        moved(draft, Step.REBASE, self.actor)

    def log(self, result: None) -> Iterable[Record]:
        """Which version it goes out from."""
        draft = Draft.objects.get(pk=self.draft_id)
        yield Record(self.name, "policy", draft.pack, data={"draft": draft.pk, "version": draft.base})


@dataclass(frozen=True, kw_only=True)
class WithdrawDraft(Action[None]):
    """Give a draft up; its text and its steps stay."""

    draft_id: int
    name: ClassVar[str] = "policies.withdraw_draft"
    operation: ClassVar[str | None] = "draft"

    def check(self) -> None:
        """Refuse those who did not write in it, and a draft that was signed."""
        at_step(Step.WITHDRAW, self.draft_id, None, self.actor)

    def do(self) -> None:
        """Close it."""
        draft = Draft.objects.get(pk=self.draft_id)
        draft.state = State.WITHDRAWN
        draft.save(update_fields=["state"])
        moved(draft, Step.WITHDRAW, self.actor)

    def log(self, result: None) -> Iterable[Record]:
        """Which draft."""
        yield entry(self.name, Draft.objects.get(pk=self.draft_id))


def named(pack: str) -> None:
    """Refuse what could not be a pack's name."""
    if not _PACK.fullmatch(pack):
        told = _("制度包的名字由小写英文字母、数字和短横组成，以字母开头。")
        raise Refused("policies.pack_name", told, {"pack": told})


def sized(files: Mapping[str, str]) -> None:
    """Refuse files that could not be a pack's."""
    if not files or len(files) > MOST_FILES or not all(map(_FILE.fullmatch, files)):
        raise Refused("policies.files", _("一份制度有 1 到 50 个 .md 文件，文件名不含斜线和空格。"))
    if sum(map(len, files.values())) > LARGEST:
        raise Refused("policies.too_long", _("草案太长：全部文件合计最多 200 万字。"))
