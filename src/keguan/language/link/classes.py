"""Classes declarations → information classes and levels of protection; before records, which take their secrecy."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from keguan.language.blocks.classes import ClassesDeclaration
from keguan.language.blocks.record import RecordDeclaration
from keguan.language.diagnostics.catalogue import classes as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.codes import Taken, check_code, make_label
from keguan.language.model.classes import InformationClass

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.packs import Declared, Pack


@dataclass(slots=True)
class Classes:
    """The information classes by label, the levels from low to high, and the packs whose blocks declare them."""

    by_label: dict[str, InformationClass] = field(default_factory=dict)
    levels: tuple[str, ...] = ()
    packs: set[str] = field(default_factory=set)

    def sensitive(self, information_class: str) -> bool:
        """Whether a field of the class that says nothing of its secrecy is sensitive."""
        found = self.by_label.get(information_class)
        return found is not None and found.sensitive


def link_classes(packs: Sequence[Pack], findings: Findings) -> Classes:
    """All classes blocks together: they are to name the same levels, and each class once."""
    classes, blocks, taken = Classes(), Taken(), Taken()
    for pack in packs:
        for declared in pack.declared:
            declaration = declared.declaration
            if not isinstance(declaration, ClassesDeclaration):
                continue
            if check_code(declaration.block.code, findings):
                blocks.claim(declaration.block.code, declaration.block.label, findings)
            _levels(classes, declaration, findings)
            classes.packs.add(pack.id)
            _lines(classes, declaration, declared, taken, findings)
    if classes.packs:
        _undeclared(packs, classes, findings)
    return classes


def _levels(classes: Classes, declaration: ClassesDeclaration, findings: Findings) -> None:
    named = tuple(level.text for level in declaration.levels)
    span = declaration.levels[0].span if declaration.levels else declaration.block.kind.span
    if len(set(named)) < len(named):
        findings.add(entries.LEVEL_TWICE, span, levels=" < ".join(named))
    if classes.levels and named != classes.levels:
        findings.add(entries.LEVELS_DIFFER, span, levels=" < ".join(classes.levels))
    classes.levels = classes.levels or named


def _lines(
    classes: Classes, declaration: ClassesDeclaration, declared: Declared, taken: Taken, findings: Findings
) -> None:
    for line in declaration.lines:
        if not (check_code(line.code, findings) and taken.claim(line.code, line.label, findings)):
            continue
        if line.level.text not in classes.levels:
            hint = suggest(line.level.text, classes.levels)
            findings.add(entries.LEVEL_UNKNOWN, line.level.span, value=line.level.text, **hint)
            continue
        classes.by_label[line.label.text] = InformationClass(
            code=line.code.text,
            label=make_label(line.label.text, line.english, line.code.text),
            level=line.level.text,
            sensitive=line.sensitive,
            display=line.display,
            responsible=line.responsible,
            purposes=line.purposes,
            note=line.note,
            clause=declared.clause,
            span=line.span,
            traced=line.traced,
        )


def _undeclared(packs: Sequence[Pack], classes: Classes, findings: Findings) -> None:
    """Report classes of fields that no block declares, in the packs that know of such a block."""
    for pack in packs:
        if pack.reach.isdisjoint(classes.packs):
            continue
        for declared in pack.declared:
            if not isinstance(declared.declaration, RecordDeclaration):
                continue
            for line in declared.declaration.fields:
                written = line.information_class
                if written.text and written.text not in classes.by_label:
                    hint = suggest(written.text, sorted(classes.by_label))
                    findings.add(entries.UNDECLARED, written.span, value=written.text, **hint)
