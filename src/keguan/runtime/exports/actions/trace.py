"""Find whose export a file is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.exports import tracing
from keguan.runtime.exports.queries import ExportCard, cards_of
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.permits.overseeing import oversees

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.exports.tracing import How


@dataclass(frozen=True, slots=True)
class Source:
    """An export that a file comes from, and what told it (see :class:`keguan.runtime.exports.tracing.Traced`)."""

    export: ExportCard
    how: How
    agreeing: int
    telling: int


@dataclass(frozen=True, kw_only=True)
class TraceExport(ViewerAction[tuple[Source, ...]]):
    """Find the exports that a leaked file comes from; empty when its marks are gone. For whoever oversees."""

    name: ClassVar[str] = "exports.trace"
    data: bytes = field(repr=False)

    def check(self) -> None:
        """Refuse everybody else, and files that are too large."""
        if not oversees(self.viewer):
            raise Refused("not_permitted", _("只有安全管理员和审计员可以追查文件的来源。"))
        if len(self.data) > tracing.LARGEST:
            raise Refused("exports.too_large", _("文件太大。请截取其中一部分再试。"))

    def do(self) -> tuple[Source, ...]:
        """Look."""
        found = tracing.trace(self.data)
        cards = cards_of(self.viewer, [each.export for each in found])
        return tuple(
            Source(card, each.how, each.agreeing, each.telling) for card, each in zip(cards, found, strict=True)
        )

    def log(self, result: tuple[Source, ...]) -> Iterable[Record]:
        """That somebody looked, and what they found."""
        found = [{"number": each.export.number, "how": str(each.how)} for each in result]
        yield Record(self.name, "export", result[0].export.id if result else 0, "", {"found": found})
