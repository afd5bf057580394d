"""What waits for a person about policies: versions to read, drafts to review, to sign, or to write on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.runtime.policies import queries as policies
from keguan.web.policies.drafting import operations, standing

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.web.policies.drafting import Standing


@dataclass(frozen=True, slots=True)
class Pending:
    """The desk's card about policies; nothing to show when it is empty."""

    unread: tuple[policies.Version, ...]
    drafts: tuple[Standing, ...]

    def __bool__(self) -> bool:
        return bool(self.unread or self.drafts)


def pending(viewer: Viewer) -> Pending:
    """What waits for this viewer. At most four queries."""
    drafts = policies.drafts() if operations(viewer) else ()
    waiting = (standing(card, viewer) for card in drafts)
    return Pending(policies.unread(viewer.staff_id), tuple(each for each in waiting if each.mine))
