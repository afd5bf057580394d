"""A record that was only stored is among the others again: erased by mistake, or held for a trial."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.rights import may
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.actions.appraise import written_reason
from keguan.runtime.retention.archiving import take_back
from keguan.runtime.retention.holding import held
from keguan.runtime.retention.models import Aside, AsideReason, BatchState, Item, ItemState
from keguan.runtime.retention.referring import left, parents_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.ledger.events import Event

UNDER_WAY = (BatchState.GATHERED, BatchState.SUBMITTED, BatchState.APPROVED, BatchState.WITNESSED)


@dataclass(frozen=True, kw_only=True)
class TakeBack(ViewerAction[None]):
    """Bring a record that is only stored back as it stood, searched and counted as before.

    What was stored because its term is over would be stored again the next day: it has to be held first. What a
    person asked to be erased is brought back by somebody else than whoever erased it.
    """

    name: ClassVar[str] = "retention.take_back"
    record_type: str
    id: int
    reason: str

    def check(self) -> None:
        """Refuse whoever may not, a missing reason, a record that is not stored, and the cases above."""
        if not may(self.viewer, "dispose"):
            raise Refused("retention.not_permitted", gettext_lazy("您的岗位不办理档案的保存与销毁。"))
        written_reason(self.reason)
        aside = self._aside
        if aside is None:
            raise Refused("retention.not_aside", gettext_lazy("没有这份只存的档案。"))
        if aside.reason == AsideReason.ERASURE and aside.by_id in (None, self.viewer.staff_id):
            raise Refused("retention.own_erasure", gettext_lazy("自己办的删除不能自己取回，请由另一个人取回。"))
        if aside.reason == AsideReason.TERM and not held(self._model, self.record_type, {self.id}):
            sentence = gettext_lazy("没有取回：保存期已满，取回的第二天又会转为只存。确有需要的，请先封存，再取回。")
            raise Refused("retention.term_over", sentence)
        waiting = Item.objects.filter(
            batch__record_type=self.record_type, batch__state__in=UNDER_WAY, record_id=self.id, state=ItemState.IN
        )
        if waiting.exists():
            sentence = gettext_lazy("没有取回：这份档案已经在一批处置里。请先从那一批中剔除，再取回。")
            raise Refused("retention.in_batch", sentence)
        for target, ids in parents_of(self._model, self.record_type, {self.id}).items():
            if Aside.objects.filter(record_type=target, record_id__in=ids).exists():
                sentence = gettext_lazy("没有取回：它所属的档案也只存着。请先取回那一份，再取回这一份。")
                raise Refused("retention.parent_aside", sentence)

    def do(self) -> None:
        """Bring it back."""
        take_back(self._model, self.record_type, {self.id})

    def log(self, result: None) -> Iterable[Record]:
        """Which, why, and why it had been stored."""
        del result
        assert self._aside is not None  # noqa: S101 - checked
        data = {"reason": self.reason.strip(), "stored_because": self._aside.reason}
        yield Record(self.name, self.record_type, self.id, data=data)

    def announce(self, result: None) -> Iterable[Event]:
        """It counts again, and so does what it refers to."""
        del result
        yield left(self.record_type, parents_of(self._model, self.record_type, {self.id}), (self.id,))

    @cached_property
    def _model(self) -> Model:
        return current().model

    @cached_property
    def _aside(self) -> Aside | None:
        if self.record_type not in self._model.record_types:
            return None
        found = Aside.objects.select_for_update().filter(record_type=self.record_type, record_id=self.id)
        return found.first()
