"""What happens to the policy itself in a scenario, and who has read it: 发布新版, 签收."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.language.source import Span
    from keguan.language.testing.staged.scenario import Said


@dataclass(frozen=True, slots=True)
class VersionPublished:
    """发布新版: a new version, drafted by one, reviewed by another, signed by a third.

    ``changes``: what stands in the text before, and what after. Names that the scenario uses must stay.
    """

    said: Said
    pack: str
    version: str
    reviewed_by: str
    signed_by: str
    changes: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReadConfirmed:
    """签收: somebody confirms having read the newest version of a policy."""

    said: Said
    pack: str


@dataclass(frozen=True, slots=True)
class ReceiptsExpected:
    """Of who has confirmed the newest version of a policy, and who has still to: no more, no fewer. None: not asked."""

    pack: str
    confirmed: tuple[str, ...] | None
    outstanding: tuple[str, ...] | None
    span: Span


PolicyEvent = VersionPublished | ReadConfirmed
