"""What goes round the text when a policy is printed for signature: particulars, signatures, read receipts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.paper.pieces import Paragraph, Table

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.model.model import Policy


@dataclass(frozen=True, slots=True)
class Signature:
    """Who did what to this version, and when; empty where it is still to be signed by hand."""

    step: str
    name: str = ""
    day: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """Someone who has to read the policy: name, unit, and the day it was confirmed (empty: not yet)."""

    name: str
    unit: str
    day: str = ""


BLANK_ROWS = 12
"""Lines of a receipt sheet on which nobody is named yet."""


def particulars(policy: Policy, printed: date) -> Table:
    """The version's particulars, as a table of two columns without headings."""
    rows = (
        ("版本", policy.version),
        ("施行日期", policy.effective.isoformat()),
        ("条数", str(len(policy.clauses))),
        ("打印日期", printed.isoformat()),
    )
    return Table((), rows)


def signatures(signed: Sequence[Signature]) -> Table:
    """起草, 审核, 签发: by hand where no name is given."""
    given = tuple(signed) or (Signature("起草"), Signature("审核"), Signature("签发"))
    return Table(("步骤", "姓名", "签字", "日期"), tuple((each.step, each.name, "", each.day) for each in given))


def receipts(policy: Policy, readers: Sequence[Receipt]) -> tuple[Paragraph, Table]:
    """The sheet on which everybody confirms having read this version."""
    sentence = f"本人已阅读《{policy.title}》{policy.version} 版，知悉并遵照执行。"
    named = [(str(index), each.name, each.unit, "", each.day) for index, each in enumerate(readers, 1)]
    blank = [(str(index), "", "", "", "") for index in range(1, BLANK_ROWS + 1)]
    return Paragraph(sentence), Table(("序号", "姓名", "部门", "签字", "日期"), tuple(named or blank))
