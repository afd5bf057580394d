"""How quotas cut when only some records have changed: the groups that these are in, or were, are cut again.

What a group is cut by is stored with every record, so nothing of the other members has to be computed. A record whose
outcome by the table, group and order are what they were touches no group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.naming import (
    by_table_column,
    quota_group_column,
    quota_order_column,
    record_table,
    trail_column,
)
from keguan.language.plan.computation import AFFECTED, computed_layers, nested_select
from keguan.language.plan.context import Cutting, make_context
from keguan.language.plan.cut_outcomes import OUTCOME, cut_outputs, cut_table
from keguan.language.plan.cutting import chain_of, layers_of
from keguan.language.plan.expressions import quoted
from keguan.language.plan.layers import ID, Stored

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.feel.types import Type
    from keguan.language.model.cuts import Cut
    from keguan.language.model.model import Model, OutputColumn
    from keguan.language.plan.context import Context
    from keguan.language.plan.layers import Key
    from keguan.language.plan.statement import DialectName, Value


@dataclass(frozen=True, slots=True)
class Regrouping:
    """Statements to run, in this order and in one transaction, before a computation of the ids in ``affected``.

    ``cut`` makes the temporary tables that the computation looks into. ``others`` gives the ids of records that are not
    affected and whose outcome is another now: the caller adds them to ``affected``, and to what reads them. ``drop``
    comes after the computation.
    """

    cut: tuple[str, ...]
    others: str
    drop: tuple[str, ...]
    parameters: Mapping[str, Value]


def regrouping(
    model: Model, record_type: str, dialect: DialectName, *, today: date, everything: bool = False
) -> Regrouping | None:
    """The statements of a record type; None when no quota cuts its outcomes.

    With ``everything`` every group is cut again, for when records are gone and nobody knows of which groups they were.
    """
    found = cut_outputs(model, record_type)
    if not found:
        return None
    context = make_context(model, dialect, today, None, nested_select, cutting=Cutting.SOME)
    writers = [
        _Writer(context, record_type, number, output, cuts, everything=everything)
        for number, (output, cuts) in enumerate(found)
    ]
    tables = [name for writer in writers for name in (writer.keys, writer.table)]
    drop = tuple(f"DROP TABLE IF EXISTS {context.dialect.temporary}.{name}" for name in tables)
    return Regrouping(
        cut=(*drop, *(statement for writer in writers for statement in writer.cut())),
        others=" UNION ".join(writer.others() for writer in writers),
        drop=drop,
        parameters=context.parameters.values,
    )


class _Writer:
    """Writes the statements about one outcome."""

    def __init__(
        self,
        context: Context,
        record_type: str,
        number: int,
        output: OutputColumn,
        cuts: tuple[Cut, ...],
        *,
        everything: bool,
    ) -> None:
        self._context = context
        self._record_type = record_type
        self._output = output
        self._cuts = cuts
        self._everything = everything
        only = cuts[0] if len(cuts) == 1 else None
        # several quotas over one outcome hang together: what one of them does is another's input
        self._group = quota_group_column(only.quota) if only is not None and only.group is not None else None
        self._expressions = context.expressions(lambda _node: "")
        self.keys = f"keguan_keys_{number}"
        self.table = cut_table(number)
        self._by_table = by_table_column(output.code)
        self._columns: dict[str, Type] = {self._by_table: output.type}
        for cut in cuts:
            groups, orders = quota_group_column(cut.quota), quota_order_column(cut.quota)
            self._columns |= {groups: cut.group.type} if cut.group is not None else {}
            self._columns |= {orders: cut.order.type} if cut.order is not None else {}

    def cut(self) -> tuple[str, str]:
        """What the affected records are cut by, now and as it is stored; and then the cut of the groups."""
        layers, _columns = computed_layers(self._context, self._record_type, AFFECTED)
        wanted: dict[str, Key] = {"id": ID, **{name: name for name in self._columns}}
        wanted |= {_was(name): Stored(name, type_) for name, type_ in self._columns.items()}
        return (
            f"CREATE TEMPORARY TABLE {self.keys} AS {layers.select(wanted)}",
            f"CREATE TEMPORARY TABLE {self.table} AS {self._cut()}",
        )

    def others(self) -> str:
        """The records that are not affected and come out otherwise."""
        pairs = {OUTCOME: self._output.code} | {cut.waits: cut.waits for cut in self._cuts if cut.waits}
        differs = " OR ".join(
            self._expressions.differs(f"c.{quoted(new)}", f"r.{quoted(old)}") for new, old in pairs.items()
        )
        return (
            f"SELECT c.id FROM {self._temporary(self.table)} AS c JOIN {quoted(record_table(self._record_type))} AS r "
            f"ON r.id = c.id WHERE ({differs}) AND c.id NOT IN (SELECT id FROM {self._temporary(self.keys)})"
        )

    def _cut(self) -> str:
        chain = chain_of(
            self._output.code, self._output.type, self._cuts, self._context.storage.model, self._context.today
        )
        columns = ", ".join(map(quoted, self._columns))
        layers = [] if self._everything else [f"m AS ({self._moved()})"]
        layers += [f"c0 AS ({self._members(columns)})"]
        layers += layers_of(chain, self._expressions)
        found = {"id": "id", OUTCOME: quoted(chain.outcome)}
        found |= {trail_column(quota): quoted(name) for quota, name in chain.trails.items()}
        found |= {fact: f"({quoted(name)} = 1)" for fact, name in chain.waits.items()}
        listed = ", ".join(f"{text} AS {quoted(name)}" for name, text in found.items())
        return f"WITH {', '.join(layers)} SELECT {listed} FROM c{len(chain.steps)}"

    def _moved(self) -> str:
        """The groups that an affected record touches: the one that it is in, and the one that it was in."""
        differs = " OR ".join(
            self._expressions.differs(f"k.{quoted(name)}", f"k.{quoted(_was(name))}") for name in self._columns
        )
        keys = self._temporary(self.keys)
        now, was = ("NULL", "NULL") if self._group is None else (quoted(self._group), quoted(_was(self._group)))
        return (
            f"SELECT {now} AS grp FROM {keys} AS k WHERE k.{quoted(self._by_table)} IS NOT NULL AND ({differs}) "
            f"UNION SELECT {was} FROM {keys} AS k WHERE k.{quoted(_was(self._by_table))} IS NOT NULL AND ({differs})"
        )

    def _members(self, columns: str) -> str:
        """Those that are cut: the affected as they are now, the others of the groups as they are stored."""
        own = f"SELECT id, {columns} FROM {self._temporary(self.keys)}"
        apart = f"id NOT IN (SELECT id FROM {self._temporary(self.keys)})"
        rest = f"SELECT id, {columns} FROM {quoted(record_table(self._record_type))} WHERE {apart}"
        if self._everything:
            return f"{own} UNION ALL {rest}"
        # a join is not begun when nothing touched the group, where EXISTS would be asked of every record
        touched = "(SELECT grp FROM m WHERE grp IS NULL) AS n CROSS JOIN"
        nameless = rest.replace(" FROM ", f" FROM {touched} ", 1)
        undecided = f"{quoted(self._by_table)} IS NULL"  # it is in no group, and has to be told so
        if self._group is None:
            return f"{own} WHERE {undecided} OR EXISTS (SELECT 1 FROM m) UNION ALL {nameless}"
        within = f"{quoted(self._group)} IN (SELECT grp FROM m)"
        null = f"{quoted(self._group)} IS NULL"
        own += f" WHERE {undecided} OR {within} OR ({null} AND EXISTS (SELECT 1 FROM m WHERE grp IS NULL))"
        return f"{own} UNION ALL {rest} AND {within} UNION ALL {nameless} AND {null}"

    def _temporary(self, name: str) -> str:
        return f"{self._context.dialect.temporary}.{name}"


def _was(column: str) -> str:
    return f"0was_{column}"
