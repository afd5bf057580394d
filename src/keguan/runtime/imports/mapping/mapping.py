"""The mapping itself: for each column the code of its target, or nothing; how it is guessed and checked."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.runtime.imports.mapping.targets import Target, normalised
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Mapping as MappingType
    from collections.abc import Sequence


@dataclass(frozen=True, slots=True)
class Mapping:
    """``heading_row`` is Excel's number of the row with the headings; ``columns[i]`` the target code of column i."""

    sheet: str
    heading_row: int
    columns: tuple[str | None, ...]

    def to_json(self) -> dict[str, Any]:
        """Plain data for storage."""
        return {"sheet": self.sheet, "heading_row": self.heading_row, "columns": list(self.columns)}

    @classmethod
    def from_json(cls, data: MappingType[str, Any]) -> Mapping:
        """The mapping stored by ``to_json``."""
        return cls(str(data["sheet"]), int(data["heading_row"]), tuple(data["columns"]))


def guess(headings: Sequence[str], targets: Sequence[Target]) -> tuple[str | None, ...]:
    """The likely target of each heading. Surer names win: a target is given to the heading that matches its earliest
    name, and each target at most once.
    """
    wanted = [normalised(heading) for heading in headings]
    found: list[str | None] = [None] * len(wanted)
    longest = max((len(target.names) for target in targets), default=0)
    taken: set[str] = set()
    for rank in range(longest):
        for target in targets:
            if target.code in taken or rank >= len(target.names):
                continue
            for place, heading in enumerate(wanted):
                if found[place] is None and heading and heading == target.names[rank]:
                    found[place] = target.code
                    taken.add(target.code)
                    break
    return tuple(found)


def check(mapping: Mapping, targets: Sequence[Target]) -> None:
    """Raises ``Refused`` when a target is unknown or used twice, or something required has no column."""
    by_code = {target.code: target for target in targets}
    used = [code for code in mapping.columns if code is not None]
    if unknown := [code for code in used if code not in by_code]:
        raise Refused("imports.mapping_unknown", _("没有“%(code)s”这个字段，请重新选择。") % {"code": unknown[0]})
    if twice := [code for code in used if used.count(code) > 1]:
        raise Refused(
            "imports.mapping_twice",
            _("有两列都对应到“%(label)s”，请只保留一列。") % {"label": by_code[twice[0]].label.text(spoken())},
        )
    missing = [target for target in targets if target.required and target.code not in used]
    references = {target.reference.code: target.reference for target in targets if target.reference is not None}
    labels = [target.label.text(spoken()) for target in missing] + [
        field.label.text(spoken())
        for code, field in references.items()
        if field.required is True and not any(name.startswith(f"{code}.") for name in used)
    ]
    if labels:
        raise Refused(
            "imports.mapping_missing",
            _("必填的“%(labels)s”还没有对应的列。请为它选择一列，或在表格中补上这一列后重新上传。")
            % {"labels": "”“".join(labels)},
        )
