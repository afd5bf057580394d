"""Who would move, as a list for a spreadsheet: values as the viewer may see them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from keguan.runtime.decisions.explaining import Explained
    from keguan.runtime.decisions.simulated import Simulated


def simulation_csv(found: Simulated) -> str:
    """The named records, one a line, with both outcomes and both reasons."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(
        [
            _("判定"),
            _("编号"),
            _("名称"),
            _("原结果"),
            _("新结果"),
            _("原条款"),
            _("新条款"),
            _("原来的原因"),
            _("新的原因"),
        ]
    )
    for decision in found.decisions:
        for each in decision.named:
            sides = each.before, each.after
            row = [decision.code, each.id, each.title.text, *map(_outcome, sides), *map(_place, sides)]
            writer.writerow([_harmless(cell) for cell in [*row, *(side.sentence if side else "" for side in sides)]])
    return file.getvalue()


def _harmless(cell: object) -> object:
    """A text that a spreadsheet would run as a formula is written as text."""
    return f"'{cell}" if isinstance(cell, str) and cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


def _outcome(side: Explained | None) -> str:
    if side is None:
        return _("（无）")
    return _("、").join(shown.text or _("（无）") for _label, shown in side.outcome)


def _place(side: Explained | None) -> str:
    if side is None:
        return ""
    rows = _("、").join(map(str, side.counted.rows))
    return f"{side.clause.number} {rows}".strip()
