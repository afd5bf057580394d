"""Checklist declarations → checklists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.checklist import ChecklistDeclaration
from keguan.language.link.codes import Taken, check_code, make_label
from keguan.language.link.record_items import title_class
from keguan.language.model.checklist import Checklist, Item, Mode

if TYPE_CHECKING:
    from keguan.language.blocks.checklist import ItemLine
    from keguan.language.link.linking import Linking


def link_checklists(linking: Linking) -> dict[str, Checklist]:
    """Checklists by code."""
    result: dict[str, Checklist] = {}
    for declaration, declared in linking.declared(ChecklistDeclaration):
        block = declaration.block
        record_type = linking.record_type(declaration.of, declared)
        if record_type is None or not linking.claim("checklist", block):
            continue
        taken = Taken()
        items = [_item(line, record_type, taken, linking) for line in declaration.items]
        result[block.code.text] = Checklist(
            code=block.code.text,
            label=make_label(block.label.text, declaration.english, block.code.text),
            record_type=record_type,
            bar=declaration.bar,
            least=declaration.least,
            sample=declaration.sample,
            information_class=declaration.information_class or title_class(linking, record_type),
            items=tuple(item for item in items if item is not None),
            clause=declared.clause,
            span=block.span,
        )
    return result


def _item(line: ItemLine, record_type: str, taken: Taken, linking: Linking) -> Item | None:
    if not check_code(line.code, linking.findings) or not taken.claim(line.code, line.label, linking.findings):
        return None
    condition = None
    if line.mode is Mode.SYSTEM and line.condition is not None:
        condition = linking.condition(record_type, line.condition)
    label = make_label(line.label.text, line.english, line.code.text)
    return Item(line.code.text, label, line.standard, line.mode, condition, line.points, line.veto, line.span)
