"""The question whether an approved case gives somebody a right for now: answered by whoever keeps such permits."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.access import Permission, Right
from keguan.runtime.access.rights import permission

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Place, Viewer

    Standing = Callable[[Viewer, Right, str, str, int], bool]

    from keguan.runtime.ledger.actions import Record

    Spending = Callable[[Viewer, Right, str, Iterable[str], int], tuple[Record, ...]]

_asked: list[Standing] = []
_spending: list[Spending] = []


def register(standing: Standing, spending: Spending | None = None) -> None:
    """Let ``standing(viewer, right, record_type, code, record_id)`` say whether a permit stands, and
    ``spending(viewer, right, record_type, codes, record_id)`` count that it was used. Called at start-up.
    """
    if standing not in _asked:
        _asked.append(standing)
    if spending is not None and spending not in _spending:
        _spending.append(spending)


def forget(standing: Standing) -> None:
    """Ask it no longer; for tests."""
    _asked.remove(standing)


def stands(viewer: Viewer, right: Right, record_type: str, code: str, record_id: int) -> bool:
    """Whether a permit gives the viewer this right on this field of this record now."""
    return any(standing(viewer, right, record_type, code, record_id) for standing in _asked)


def spent(
    viewer: Viewer,
    record_type: str,
    codes: Iterable[str],
    right: Right,
    place: Place,
    record_id: int,
    model: Model | None = None,
) -> tuple[Record, ...]:
    """Count one use of the permits by which these fields of a record were opened or changed, and give what the ledger
    is to say of it; nothing where no approval was needed. Inside the transaction of what was done.
    """
    waiting = [
        code for code in codes if permission(viewer, record_type, code, right, place, model) is Permission.APPROVAL
    ]
    if not waiting:
        return ()
    return tuple(record for each in _spending for record in each(viewer, right, record_type, waiting, record_id))


def permitted(
    viewer: Viewer, record_type: str, code: str, right: Right, place: Place, record_id: int, model: Model | None = None
) -> Permission:
    """As :func:`keguan.runtime.access.rights.permission`, with YES where what needs an approval has been approved."""
    found = permission(viewer, record_type, code, right, place, model)
    if found is Permission.APPROVAL and stands(viewer, right, record_type, code, record_id):
        return Permission.YES
    return found
