"""Labelled exceptions (例外于) laid over the decisions that they are exceptions to.

The rows of an exception stand before those of what it is an exception to; exceptions to one and the same decision stand
in the order of writing, and the checks prove that it makes no difference.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from keguan.language.blocks.decision import HITS
from keguan.language.diagnostics.catalogue import exceptions as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.link.codes import make_label
from keguan.language.link.outputs import NOTHING, hit_words
from keguan.language.markdown.document import Written
from keguan.language.markdown.numerals import clause_number
from keguan.language.model.model import HitPolicy, LaidOver

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from keguan.language.blocks.decision import DecisionDeclaration, ExceptionDeclaration, OutputHeading, RuleLine
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.packs import Declared

MOST_ROWS = 999
"""How many rows an exception and what it is an exception to may have: row numbers stay apart by thousands."""

_OVER = frozenset({HitPolicy.FIRST, HitPolicy.UNIQUE, HitPolicy.ANY})


@dataclass(slots=True, eq=False)
class Table:
    """A decision or an exception, and the exceptions to it in the order of writing."""

    declaration: DecisionDeclaration | ExceptionDeclaration
    declared: Declared
    named: Written  # 例外于, as written
    over: Table | None = None
    exceptions: list[Table] = field(default_factory=list)
    place: int = 0

    @property
    def label(self) -> str:
        """The block's label."""
        return self.declaration.block.label.text


def lay_over(
    bases: Sequence[tuple[DecisionDeclaration, Declared]],
    exceptions: Sequence[tuple[ExceptionDeclaration, Declared]],
    reach: Mapping[str, frozenset[str]],
    findings: Findings,
) -> Iterator[tuple[DecisionDeclaration, Declared, tuple[LaidOver, ...]]]:
    """Every decision with its exceptions laid over it."""
    whole = [Table(declaration, declared, declaration.block.label) for declaration, declared in bases]
    made = [Table(declaration, declared, declaration.over) for declaration, declared in exceptions]
    for table in made:
        known = [each for each in (*whole, *made) if each.declared.pack in reach[table.declared.pack]]
        table.over = _find(table, known, findings)
    for table in made:
        if table.over is not None and not _ring(table, findings):
            table.over.exceptions.append(table)
    for table, (base, declared) in zip(whole, bases, strict=True):
        if table.exceptions:
            yield _laid(table, base, declared, findings)
        else:
            yield base, declared, ()


def _find(table: Table, known: Sequence[Table], findings: Findings) -> Table | None:
    """The decision or exception that the author names, by label, by code or by the number of its clause."""
    over = table.named
    named = [each for each in known if over.text in (each.label, each.declaration.block.code.text)]
    clause = clause_number(over.text)
    if not named and clause is not None:
        numbered = [each for each in known if _number(each) == clause[1]]
        named = [each for each in numbered if each.declared.pack == table.declared.pack] or numbered
    if len(named) == 1:
        return named[0]
    if named:
        names = "、".join(each.label for each in named)
        findings.add(entries.SEVERAL, over.span, name=over.text, names=names)
    else:
        suggestion = suggest(over.text, [each.label for each in known])
        findings.add(entries.UNKNOWN, over.span, name=over.text, **suggestion)
    return None


def _number(table: Table) -> int | None:
    found = clause_number(table.declared.clause.number)
    return found[1] if found else None


def _ring(table: Table, findings: Findings) -> bool:
    """Whether a table is an exception to itself in the end; reported where the ring is entered."""
    path = [table]
    while (following := path[-1].over) is not None:
        if following in path:
            if table is following and table is min(path, key=lambda each: each.named.span):
                ring = " → ".join(each.label for each in (*path, following))
                findings.add(entries.RING, table.named.span, path=ring)
            return True
        path.append(following)
    return False


def _laid(
    base: Table, declaration: DecisionDeclaration, declared: Declared, findings: Findings
) -> tuple[DecisionDeclaration, Declared, tuple[LaidOver, ...]]:
    if declaration.hit not in _OVER:
        for table in base.exceptions:
            findings.add(entries.HIT, table.named.span, label=base.label)
        return declaration, declared, ()
    tables = list(_below(base))
    for place, table in enumerate(sorted(tables, key=lambda each: each.declaration.block.span), 1):
        table.place = place
        _agrees(table, declaration, findings)
    for table in (base, *tables):
        if len(table.declaration.rules) > MOST_ROWS:
            findings.add(entries.TOO_LONG, table.declaration.block.span, label=table.label, most=MOST_ROWS)
    inputs = {heading.text: heading for table in (base, *tables) for heading in table.declaration.inputs}
    rules = tuple(_rules(base, tuple(inputs), declaration))
    merged = replace(
        declaration,
        hit=HitPolicy.FIRST,
        declared_hit=declaration.hit,
        inputs=tuple(inputs.values()),
        rules=rules,
    )
    return merged, declared, tuple(_said(table) for table in sorted(tables, key=lambda each: each.place))


def _below(table: Table) -> Iterator[Table]:
    for each in table.exceptions:
        yield each
        yield from _below(each)


def _said(table: Table) -> LaidOver:
    block = table.declaration.block
    over = table.over.place if table.over is not None else 0
    return LaidOver(
        table.place, over, make_label(block.label.text, "", block.code.text), table.declared.clause, block.span
    )


def _agrees(table: Table, base: DecisionDeclaration, findings: Findings) -> None:
    """Report what an exception says otherwise than its decision: only conditions and results are its own."""
    declaration = table.declaration
    said = {"对象": (declaration.of, base.of), "信息类别": (declaration.information_class, base.information_class)}
    for key, (own, theirs) in said.items():
        if own is not None and own.text != theirs.text:
            findings.add(entries.DIFFERS, own.span, key=key, value=theirs.text)
    hit = declaration.hit
    if isinstance(hit, Written) and HITS.get(hit.text, HITS.get(hit.text.lower())) is not base.hit:
        findings.add(entries.DIFFERS, hit.span, key="命中", value=hit_words(base.hit)["hit"])
    wanted = {output.code.text: output for output in base.outputs}
    given = {output.code.text: output for output in declaration.outputs}
    same = wanted.keys() == given.keys() and all(
        output.label.text == wanted[code].label.text and _same_type(output, wanted[code])
        for code, output in given.items()
    )
    if not same:
        headings = "、".join(f"→ {output.label.text} ({code})" for code, output in wanted.items())
        findings.add(entries.OUTPUTS, declaration.outputs[0].span, headings=headings)


def _same_type(own: OutputHeading, theirs: OutputHeading) -> bool:
    return own.type is None or (theirs.type is not None and own.type.type == theirs.type.type)


def _rules(table: Table, columns: Sequence[str], base: DecisionDeclaration) -> Iterator[RuleLine]:
    """The rows in the order of precedence, each widened to all the columns."""
    for each in table.exceptions:
        yield from _rules(each, columns, base)
    declaration = table.declaration
    headings = [heading.text for heading in declaration.inputs]
    codes = [output.code.text for output in declaration.outputs]
    for line in declaration.rules:
        cells = dict(zip(headings, line.inputs, strict=True))
        results = dict(zip(codes, line.results, strict=True))
        widened = replace(
            line,
            inputs=tuple(cells.get(text, Written(NOTHING, line.span)) for text in columns),
            results=tuple(results.get(output.code.text, Written(NOTHING, line.span)) for output in base.outputs),
        )
        if table.place:
            number = 1000 * table.place + line.number
            widened = replace(widened, number=number, row=line.number, clause=table.declared.clause)
        yield widened
