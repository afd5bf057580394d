"""Beginning a policy that there has not been yet: from the paper in the drawer, or from the example."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePath
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger import permission
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.policies.actions.draft import StartDraft, named
from keguan.runtime.policies.bundled import example, renamed
from keguan.runtime.policies.documents import published_packs
from keguan.runtime.policies.language_door import Brought, Unreadable, bring_in
from keguan.runtime.policies.models import Draft
from keguan.runtime.policies.origins import kept
from keguan.runtime.policies.spoken import spoken
from keguan.runtime.policies.steps import OPEN

if TYPE_CHECKING:
    from collections.abc import Iterable

LARGEST_FILE = 10 * 1024 * 1024
"""Bytes of a file that can be brought in."""

LONGEST_TITLE = 100
MAIN_FILE = "policy.md"
_KINDS = frozenset({".docx", ".txt"})


@dataclass(frozen=True, kw_only=True)
class NewPolicy(Action[int]):
    """Begin a policy from the example and return its draft's id. ``pack`` must not be in use."""

    pack: str
    title: str
    name: ClassVar[str] = "policies.new_policy"
    operation: ClassVar[str | None] = "draft"

    def check(self) -> None:
        """Refuse a name that is no pack's or that is taken, and a policy without a title."""
        if not self.title.strip():
            told = _("请写出制度的名称。")
            raise Refused("policies.untitled", told, {"title": told})
        _titled(self.title)
        _free(self.pack)
        self._started.check()

    def do(self) -> int:
        """Keep it as a draft's first revision."""
        return self._started.do()

    def log(self, result: int) -> Iterable[Record]:
        """Which draft of which policy."""
        yield Record(self.name, "policy", self.pack, data={"draft": result, "revision": 1})

    @cached_property
    def _started(self) -> StartDraft:
        title = self.title.strip()
        return StartDraft(actor=self.actor, pack=self.pack, files=example(self.pack, title), title=title)


@dataclass(frozen=True, kw_only=True)
class BringIn(Action[int]):
    """Make a draft of a new policy from a Word or text file and return the draft's id. Only what was read is kept, and
    what was left out of it; never the file. ``title`` overrides the one in the file.

    Raises ``Refused`` for a name that is taken or is no pack's, and for a file that is too large or cannot be read.
    """

    pack: str
    file_name: str
    data: bytes = field(repr=False)
    title: str = ""
    name: ClassVar[str] = "policies.bring_in"
    operation: ClassVar[str | None] = "draft"

    def run(self) -> int:
        """As every action; the file is read before the transaction begins, so that nobody waits for that."""
        permission.require(self.actor, "draft")
        self._admitted()
        _titled(self.title)
        _free(self.pack)
        self._started.check()
        return super().run()

    def check(self) -> None:
        """Refuse what could not be a draft's text, and a name that was taken meanwhile."""
        _free(self.pack)
        self._started.check()

    def do(self) -> int:
        """Keep the text as a draft's first revision, and what became of the file beside it."""
        number = self._started.do()
        Draft.objects.filter(pk=number).update(brought=kept(self._called, self._brought))
        return number

    def log(self, result: int) -> Iterable[Record]:
        """Which file, known by its digest, became which draft."""
        data = {
            "draft": result,
            "revision": 1,
            "file": self._called,
            "digest": hashlib.sha256(self.data).hexdigest(),
            "clauses": self._brought.clauses,
            "dropped": len(self._brought.dropped),
        }
        yield Record(self.name, "policy", self.pack, data=data)

    @property
    def _called(self) -> str:
        """The file's own name, without folders and without signs that nothing shows."""
        name = PurePath(self.file_name.replace("\\", "/")).name
        return "".join(filter(str.isprintable, name))[-200:]

    def _admitted(self) -> None:
        if PurePath(self._called).suffix.lower() not in _KINDS:
            told = _("只能带进 .docx 或 .txt 文件。旧式 .doc 请先另存为 .docx；PDF 请先转成 Word 或文字。")
        elif len(self.data) > LARGEST_FILE:
            told = _("文件超过 10 MB。请去掉图片后再试。")
        elif not self.data:
            told = _("文件是空的。")
        else:
            return
        raise Refused("policies.file", told, {"file": told})

    @cached_property
    def _brought(self) -> Brought:
        try:
            return bring_in(self._called, self.data, self.pack, clock.today())
        except Unreadable as problem:
            told = problem.en if spoken() == "en" else problem.zh
            raise Refused("policies.file", told, {"file": told}) from None

    @cached_property
    def _started(self) -> StartDraft:
        title = self.title.strip() or self._brought.title
        text = renamed(self._brought.text, self.pack, title) if self.title.strip() else self._brought.text
        return StartDraft(actor=self.actor, pack=self.pack, files={MAIN_FILE: text}, title=title)


def _free(pack: str) -> None:
    """Refuse what is no name, and the name of a policy that was ever published or is being written."""
    named(pack)
    if pack in published_packs() or Draft.objects.filter(pack=pack, state__in=OPEN).exists():
        told = _("代号“%(pack)s”已有制度或草案在用。请换一个代号。") % {"pack": pack}
        raise Refused("policies.pack_taken", told, {"pack": told})


def _titled(title: str) -> None:
    if len(title) > LONGEST_TITLE or not title.isprintable():
        told = _("制度的名称最多 100 个字，写在一行里。")
        raise Refused("policies.title", told, {"title": told})
