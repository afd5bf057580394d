"""What is destroyed with a record: its files, with their names and keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.attachments.keeping import discard

if TYPE_CHECKING:
    from collections.abc import Collection

    from keguan.language.model.model import Model


def destroy(model: Model, record_type: str, ids: Collection[int]) -> int:
    """All files of these records, also of fields that the policy no longer has."""
    del model
    return len(discard(record_type, ids))
