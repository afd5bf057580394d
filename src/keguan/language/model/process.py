"""流程: a case's steps, who handles each by when, and where each leads."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.model.actors import PartyKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.typed import Typed
    from keguan.language.model.actors import Actors, Party
    from keguan.language.model.granting import Bulk, GrantedRight
    from keguan.language.model.model import ClauseRef, Label
    from keguan.language.model.numbering import Numbering
    from keguan.language.model.public import Public
    from keguan.language.model.routing import Outcome
    from keguan.language.model.timing import Deadline, Length
    from keguan.language.source import Span

INITIATOR = "initiator"
"""Stands in a separation for whoever started the case, beside codes of steps."""


class Right(StrEnum):
    """What a step may do with a field of its form; one that is not named may be filled in."""

    READ = "read"  # 只读
    HIDDEN = "hidden"  # 隐藏
    REQUIRED = "required"  # 必填, even where the form does not require it


class OverdueMove(StrEnum):
    """What happens when a step is late, or on its way to being late."""

    REMIND = "remind"  # 催办: its handlers are told
    ESCALATE = "escalate"  # 升级到: another party is told, and may handle the step too
    HAND_OVER = "hand_over"  # 转给: another party handles it instead
    DECIDE = "decide"  # 自动同意: the step is completed with an outcome, in the system's name


@dataclass(frozen=True, slots=True)
class Overdue:
    """One consequence of lateness. ``at`` is the share of the step's time that has passed, in percent (100: when it
    is due); ``after`` how long after the due moment instead.
    """

    move: OverdueMove
    at: int = 100
    after: Length | None = None
    to: Party | None = None  # ESCALATE, HAND_OVER
    outcome: str | None = None  # DECIDE: the label; empty for a step that has one way out


@dataclass(frozen=True, slots=True)
class Step:
    """One step. It begins only when ``condition`` is true or there is none; else it is passed over by its first
    outcome. Names in conditions are the record's and, by ``form.field``, what the case's forms hold (null before).
    """

    code: str
    label: Label
    actors: Actors | None  # None: nobody; the step only runs ``process`` or writes ``document``
    copies: tuple[Party, ...]  # 抄送: told, and may read the case
    deadline: Deadline | None
    form: str | None
    checklist: str | None
    document: str | None  # 文件: written when the step is completed
    process: str | None  # 子流程: a case of it, over the same record, begins with the step; the step waits for its end
    condition: Typed | None
    outcomes: tuple[Outcome, ...]
    overdue: tuple[Overdue, ...]
    rights: Mapping[str, Right]  # by field code of the form
    span: Span
    told: Label  # 网上进度: what a customer is told while the case stands here; empty: that it is in hand

    @property
    def done_by_submission(self) -> bool:
        """Whether a first step is completed by a customer's own submission: it is the initiator's alone, with nothing
        to fill in, check or decide.
        """
        parties = self.actors.parties if self.actors else ()
        alone = bool(parties) and all(party.kind is PartyKind.INITIATOR for party in parties)
        bare = self.form is None and self.checklist is None and self.process is None
        return alone and bare and len(self.outcomes) == 1


class StaffOccasion(StrEnum):
    """What happens to a member of staff and starts a case: over a new record that names them."""

    LEFT = "left"  # 人员离职: their account was closed because they left
    ATTEMPT = "attempt"  # 离职账号登录: somebody tried to sign in with the account of one who left


@dataclass(frozen=True, slots=True)
class Start:
    """Who may start a case, and what starts one by itself. Nobody and nothing: anyone who may change the record."""

    parties: tuple[Party, ...] = ()
    created: bool = False  # 新建时: when a record of the type is created
    condition: Typed | None = None  # 当 …: when it becomes true of a record that has no open case of the process
    occasions: frozenset[StaffOccasion] = frozenset()

    @property
    def by_itself(self) -> bool:
        """Whether anything starts one by itself."""
        return self.created or self.condition is not None or bool(self.occasions)


@dataclass(frozen=True, slots=True)
class Pause:
    """When the clocks stand still: reasons that a handler may give (and take back), steps during which they do, and a
    condition while which they do.
    """

    reasons: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    condition: Typed | None = None


@dataclass(frozen=True, slots=True)
class Recusal:
    """A person who never handles a case: named by a field of the record, or by one of a form."""

    field: str
    form: str | None = None  # None: a field of the record


@dataclass(frozen=True, slots=True)
class Process:
    """A process over records of one type. Steps in the order written; a case begins with the first."""

    code: str
    label: Label
    record_type: str
    numbering: Numbering | None
    total: Deadline | None  # 总时限, from the start of the case
    pause: Pause
    start: Start
    recusals: tuple[Recusal, ...]
    apart: tuple[tuple[str, ...], ...]  # 分离: groups of steps (or INITIATOR) that different persons must handle
    information_class: str  # who may see the case
    steps: tuple[Step, ...]
    clause: ClauseRef
    span: Span
    public: Public | None = None  # 网上受理: None: customers do not begin it themselves
    grants: Mapping[GrantedRight, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    """准予: what a case that ends well lets its initiator do, to records of which types (none named: of all)."""
    grant_length: Length | None = None  # 准予期限, from the end of the case; None: until it is used up
    grant_uses: int | None = None  # 准予次数; None: any number of times while it lasts
    bulk: Bulk | None = None  # 批量: an export of so many records needs this process whatever the access rules say

    def grants_right(self, right: GrantedRight, record_type: str) -> bool:
        """Whether a case that ends well grants this right to records of the type."""
        types = self.grants.get(right)
        return types is not None and (not types or record_type in types)

    def step(self, code: str) -> Step:
        """The step with this code. Raises ``KeyError``."""
        for step in self.steps:
            if step.code == code:
                return step
        raise KeyError(code)
