"""Writing a computation back: only rows in which something differs are staged, put into history and updated."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.model.naming import history_table, record_table, rule_column, trail_column
from keguan.language.plan.computation import AFFECTED, Computation, computed_layers, nested_select
from keguan.language.plan.context import DIALECTS, Context, Cutting, make_context
from keguan.language.plan.expressions import quoted
from keguan.language.plan.layers import ID, Key, Stored
from keguan.language.plan.statement import ColumnKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.plan.statement import Column, Value

STAGE = "keguan_changed"
"""The temporary table of changed rows, within one transaction."""


@dataclass(frozen=True, slots=True)
class WriteBack:
    """Statements to run in one transaction: ``stage``, then any of the counts, ``history``, ``update``, ``drop``.

    ``changed`` counts the rows in which anything differs; ``counts[decision]`` those whose outcome or rule differs;
    ``movement[decision]`` gives (was, is now, records) over them, by the decision's first output. ``parameters`` serve
    every statement; the caller adds ``decided_at`` (as its engine stores timestamps) and ``publication_id``.
    """

    stage: tuple[str, ...]
    changed: str
    counts: Mapping[str, str]
    movement: Mapping[str, str]
    history: Mapping[str, str]
    update: str
    drop: tuple[str, ...]
    parameters: Mapping[str, Value]


def write_back(computation: Computation) -> WriteBack:
    """The statements that store a computation. Raises ``ValueError`` when its record type has nothing to compute."""
    kept = [column for column in computation.columns if column.kind not in (ColumnKind.INPUT, ColumnKind.TRAIL)]
    if not kept:
        raise ValueError(f"nothing is computed for {computation.record_type}")
    cutting = Cutting.SOME if computation.only else Cutting.ALL
    context = make_context(
        computation.model, computation.dialect, computation.today, None, nested_select, cutting=cutting
    )
    stage = f"{DIALECTS[computation.dialect].temporary}.{STAGE}"
    decisions = dict.fromkeys(column.decision for column in kept if column.decision is not None)
    moves = {code: _Moves(computation, context, stage, code) for code in decisions}
    drop = f"DROP TABLE IF EXISTS {stage}"
    create = f"CREATE TEMPORARY TABLE {STAGE} AS {_changed_rows(computation, context, kept)}"
    context.parameters.day("decided_on")
    return WriteBack(
        stage=(drop, create),
        changed=f"SELECT count(*) FROM {stage}",
        counts={code: move.count() for code, move in moves.items()},
        movement={code: move.movement() for code, move in moves.items()},
        history={code: move.history() for code, move in moves.items()},
        update=_update(computation.record_type, stage, kept),
        drop=(drop,),
        parameters=context.parameters.values,
    )


def _changed_rows(computation: Computation, context: Context, kept: list[Column]) -> str:
    layers, columns = computed_layers(context, computation.record_type, AFFECTED if computation.only else "")
    wanted: dict[str, Key] = {"id": ID, **{column.name: column.name for column in columns}}
    wanted.update((_was(column.name), _stored(column)) for column in kept if column.decision is not None)
    return layers.select(wanted, [(column.name, _stored(column)) for column in kept])


def _stored(column: Column) -> Stored:
    return Stored(column.name, column.type)


def _was(column: str) -> str:
    return f"0was_{column}"


def _update(record_type: str, stage: str, kept: list[Column]) -> str:
    table = quoted(record_table(record_type))
    values = ", ".join(f"{quoted(column.name)} = c.{quoted(column.name)}" for column in kept)
    return f"UPDATE {table} SET {values} FROM {stage} AS c WHERE c.id = {table}.id"


class _Moves:
    """The statements over the staged rows in which one decision came out differently."""

    def __init__(self, computation: Computation, context: Context, stage: str, decision: str) -> None:
        self._context = context
        self._decision = decision
        self._stage = stage
        self._outputs = _names(computation, decision, ColumnKind.OUTPUT)
        self._inputs = _names(computation, decision, ColumnKind.INPUT)
        self._by_table = _names(computation, decision, ColumnKind.TABLE)
        self._cuts = computation.model.decisions[decision].cuts

    def count(self) -> str:
        return f"SELECT count(*) FROM {self._moved()}"

    def movement(self) -> str:
        output = self._outputs[0]
        was, now = f"c.{quoted(_was(output))}", f"c.{quoted(output)}"
        return f"SELECT {was}, {now}, count(*) FROM {self._moved()} GROUP BY {was}, {now} ORDER BY 3 DESC, 1, 2"

    def history(self) -> str:
        pairs = {
            "record_id": "c.id",
            "decided_at": "%(decided_at)s",
            "decided_on": "%(decided_on)s",
            "publication_id": "%(publication_id)s",
            "rule": f"c.{quoted(rule_column(self._decision))}",
        }
        pairs |= {f"out_{output}": f"c.{quoted(output)}" for output in self._outputs}
        pairs |= {f"was_{output}": f"c.{quoted(_was(output))}" for output in self._outputs}
        pairs |= {f"in_{position}": f"c.{quoted(name)}" for position, name in enumerate(self._inputs)}
        pairs |= {name: f"c.{quoted(name)}" for name in self._by_table}
        for cut in self._cuts:
            keys = (key.code for key in (cut.group, cut.order) if key is not None)
            pairs |= {name: f"c.{quoted(name)}" for name in (*keys, trail_column(cut.quota))}
        columns = ", ".join(map(quoted, pairs))
        table = quoted(history_table(self._decision))
        return f"INSERT INTO {table} ({columns}) SELECT {', '.join(pairs.values())} FROM {self._moved()}"

    def _moved(self) -> str:
        expressions = self._context.expressions(lambda _node: "")
        names = [rule_column(self._decision), *self._outputs, *self._by_table]
        moved = (expressions.differs(f"c.{quoted(name)}", f"c.{quoted(_was(name))}") for name in names)
        return f"{self._stage} AS c WHERE {' OR '.join(moved)}"


def _names(computation: Computation, decision: str, kind: ColumnKind) -> list[str]:
    return [column.name for column in computation.columns if column.decision == decision and column.kind is kind]
