"""Information classes that cases bring in, beside those of records, facts and decisions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.checklist import ChecklistDeclaration
from keguan.language.blocks.document import DocumentDeclaration
from keguan.language.blocks.form import FormDeclaration
from keguan.language.blocks.process import ProcessDeclaration

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.link.packs import Pack

_WITH_CLASS = ProcessDeclaration | FormDeclaration | ChecklistDeclaration | DocumentDeclaration


def case_classes(packs: Iterable[Pack]) -> frozenset[str]:
    """The classes that processes, forms, checklists and documents name, so that roles may list them."""
    declarations = [declared.declaration for pack in packs for declared in pack.declared]
    named = {each.information_class for each in declarations if isinstance(each, _WITH_CLASS)}
    for each in declarations:
        if isinstance(each, FormDeclaration):
            named |= {line.information_class for line in each.lines}
    return frozenset(named - {""})
