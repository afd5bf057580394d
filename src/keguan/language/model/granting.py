"""准予: the rights that a case gives when it ends well, and from how many records on a right needs such a case."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


class GrantedRight(StrEnum):
    """What an approved case may let one person do."""

    EXPORT = "export"  # 导出
    PRINT = "print"  # 打印
    REVEAL = "reveal"  # 原文: see sensitive values in the clear
    CHANGE = "change"  # 修改
    DESTROY = "destroy"  # 销毁
    MAINTAIN = "maintain"  # 维护: operations on the system itself
    DISCLOSE = "disclose"  # 外发: give information to a third party
    COPY = "copy"  # 复制


@dataclass(frozen=True, slots=True)
class Bulk:
    """From how many records on an export is a bulk one. ``text`` as written; written as a ``parameter``, ``dated`` are
    its numbers from their days on, earliest first, and ``records`` is the last of them.
    """

    text: str
    records: int
    dated: tuple[tuple[date, int], ...] = ()
    parameter: str | None = None

    def records_on(self, day: date) -> int:
        """The number on a day; before the parameter's first day what it is first."""
        if not self.dated:
            return self.records
        begun = [records for since, records in self.dated if since <= day]
        return begun[-1] if begun else self.dated[0][1]


ASKED_PURPOSE, ASKED_RECIPIENT = "purpose", "recipient"
ASKED_RIGHT, ASKED_OF, ASKED_ROWS, ASKED_COLUMNS = "asked_right", "asked_of", "asked_rows", "asked_columns"
"""The codes of fields that the system fills in of a record that asks for a right, where its type has them: two texts as
the person asking wrote them, and what is asked for: which right, of which record type, how many records (integer), and
which columns by their labels. Never a value of the records themselves.
"""
