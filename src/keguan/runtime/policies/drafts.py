"""The drafts there are, as cards: where each stands, what was done with it, what can be done now."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING

from keguan.runtime.clock import today
from keguan.runtime.policies.documents import published_packs
from keguan.runtime.policies.in_force import latest
from keguan.runtime.policies.models import Draft
from keguan.runtime.policies.origins import Origin, origin
from keguan.runtime.policies.steps import OPEN, State, Step

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

NEW_PACK = "customer-policy"
MOST = 50
"""How many drafts a list shows."""


@dataclass(frozen=True, slots=True)
class Move:
    """One step taken: by whom, when, on which revision, with which opinion."""

    step: Step
    revision: int
    by_name: str
    at: datetime
    opinion: str


@dataclass(frozen=True, slots=True)
class DraftCard:
    """A draft without its text. ``version`` and ``effective`` only once signed; ``overtaken`` names the version that
    was published after the one it goes out from, empty when there is none.
    """

    id: int
    pack: str
    title: str
    base: str
    state: State
    revision: int
    editors: tuple[int, ...]
    reviewer_id: int | None
    author_name: str
    started_at: datetime
    changed_at: datetime
    changed_by: str
    version: str
    effective: date | None
    overtaken: str

    @property
    def waiting(self) -> bool:
        """Signed, and its day has not come."""
        return self.effective is not None and self.effective > today()

    @property
    def open(self) -> bool:
        """Whether anything can still come of it."""
        return self.state in OPEN


@dataclass(frozen=True, slots=True)
class DraftText:
    """A draft with its text and its steps, oldest first. ``brought``: it was made from a file (see ``origin_of``)."""

    card: DraftCard
    files: Mapping[str, str]
    moves: tuple[Move, ...]
    brought: bool = False


def draft(draft_id: int) -> DraftText:
    """One draft with everything. Raises ``KeyError`` when there is none. Three queries, one of them often pinned."""
    row = Draft.objects.select_related("signed").filter(pk=draft_id).first()
    if row is None:
        raise KeyError(draft_id)
    moves = tuple(
        Move(Step(each.step), each.revision, each.by_name, each.at, each.opinion) for each in row.moves.order_by("id")
    )
    return DraftText(_card(row, _published()), dict(row.files), moves, row.brought is not None)


def origin_of(draft_id: int, language: str) -> Origin | None:
    """What became of the file that a draft was made from, for a reader of ``zh`` or ``en``; None when there was none.

    Raises ``KeyError`` when there is no such draft. One query.
    """
    row = Draft.objects.only("brought").filter(pk=draft_id).first()
    if row is None:
        raise KeyError(draft_id)
    return None if row.brought is None else origin(row.brought, language)


def drafts(pack: str | None = None, *, only_open: bool = True) -> tuple[DraftCard, ...]:
    """The drafts of one pack or of all, the last changed first, at most ``MOST``. At most two queries."""
    rows = Draft.objects.select_related("signed").defer("files", "brought", "signed__files")
    rows = rows.order_by("-changed_at", "-id")
    if pack is not None:
        rows = rows.filter(pack=pack)
    if only_open:
        rows = rows.filter(state__in=OPEN)
    found = list(rows[:MOST])
    published = _published() if found else {}
    return tuple(_card(row, published) for row in found)


def free_name() -> str:
    """A name for a new pack that no policy and no open draft has. Two queries."""
    taken = published_packs() | set(Draft.objects.filter(state__in=OPEN).values_list("pack", flat=True))
    names = (f"{NEW_PACK}-{number}" if number > 1 else NEW_PACK for number in count(1))
    return next(name for name in names if name not in taken)


def _published() -> dict[str, str]:
    last = latest()
    return {} if last is None else {policy.id: policy.version for policy in last.model.policies.values()}


def _card(row: Draft, published: Mapping[str, str]) -> DraftCard:
    state = State(row.state)
    newest = published.get(row.pack, "")
    return DraftCard(
        id=row.pk,
        pack=row.pack,
        title=row.title,
        base=row.base,
        state=state,
        revision=row.revision,
        editors=tuple(row.editors),
        reviewer_id=row.reviewer_id,
        author_name=row.author_name,
        started_at=row.started_at,
        changed_at=row.changed_at,
        changed_by=row.changed_by,
        version="" if row.signed is None else row.signed.version,
        effective=None if row.signed is None else row.signed.effective,
        overtaken=newest if state in OPEN and newest != row.base else "",
    )
