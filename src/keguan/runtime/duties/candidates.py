"""The records at which something may have to be done for a row, found in one statement over all of them."""

from __future__ import annotations

from array import array
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db import connection

from keguan.language.model.naming import record_table
from keguan.language.model.timing.bounds import bounds
from keguan.runtime import clock
from keguan.runtime.duties.judgement import since
from keguan.runtime.duties.judging import APPLIES, EXEMPT, conditions, extra_columns, kept_until, quoted, source
from keguan.runtime.duties.models import DutyState
from keguan.runtime.duties.occasions import CREATED, is_created, is_date, is_kept

if TYPE_CHECKING:
    from keguan.language.model.duty import Obligation
    from keguan.language.model.model import Model
    from keguan.runtime.duties.lines import Line
    from keguan.runtime.duties.occasions import Occasion

_LONGEST = 800
"""Days that a deadline of working days is taken to be long at most; it only widens the search."""

_FETCH = 10_000


def candidates(model: Model, line: Line, period: Occasion | None) -> array[int]:
    """The ids of all records that owe what they have no duty for, or have a duty that they may not owe any more."""
    sql, parameters = _selection(model, line, period)
    found = array("q")
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        while rows := cursor.fetchmany(_FETCH):
            found.extend(row[0] for row in rows)
    return found


def owing(model: Model, line: Line) -> array[int]:
    """The ids of all records that fall under a row: from whom a spot check draws."""
    named = conditions(line)
    sql, parameters = source(model, line.duty.record_type, named, only=False)
    found = array("q")
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT found.id FROM ({sql}) AS found WHERE {_owes(named)} ORDER BY found.id", parameters)
        while rows := cursor.fetchmany(_FETCH):
            found.extend(row[0] for row in rows)
    return found


def _selection(model: Model, line: Line, period: Occasion | None) -> tuple[str, dict[str, Any]]:
    named = conditions(line)
    sql, parameters = source(model, line.duty.record_type, named, only=False)
    parameters |= {"own_duty": line.duty.code, "own_line": line.key, "own_open": DutyState.OPEN.value}
    mine = "FROM duties_duty AS d WHERE d.duty = %(own_duty)s AND d.line = %(own_line)s AND d.record_id = found.id"
    # what the system called off by itself is owed again when its record falls under the row again
    missing = f"NOT EXISTS (SELECT 1 {mine} AND d.slot = {{slot}} AND (d.state <> %(own_off)s OR d.done_by_id > -1))"
    parameters["own_off"] = DutyState.CANCELLED.value
    passing = f"EXISTS (SELECT 1 {mine} AND d.state = %(own_open)s"
    owes = _owes(named)
    if period is not None:
        parameters["own_slot"] = period.slot
        to_make = f"{owes} AND {missing.format(slot='%(own_slot)s')}" if period.times else "1 = 0"
        to_end = f"NOT ({owes}) AND {passing} AND d.slot = %(own_slot)s)"
        more = f" OR {_exempt(named)} AND {passing})"
    else:
        to_make = f"{owes} AND {_begun(model, line, missing, parameters)}"
        to_end, more = f"NOT ({owes}) AND {passing})", ""
    table = quoted(record_table(line.duty.record_type))
    chosen = f"({to_make}) OR ({to_end}){more}"
    kept, of_kept = kept_until(model, line, only=False)
    parameters |= of_kept
    rows = f"SELECT found.id FROM ({sql}) AS found JOIN {table} AS r ON r.id = found.id{kept}"
    return f"{rows} WHERE {chosen} ORDER BY found.id", parameters


def _begun(model: Model, line: Line, missing: str, parameters: dict[str, Any]) -> str:
    """Whether what starts the row's clock has happened, and there is no duty for it."""
    obligation, adapt = line.obligation, connection.ops
    begun = since(line)
    if is_created(obligation):
        parameters |= {"own_since": adapt.adapt_datetimefield_value(begun), "own_slot": CREATED}
        return f"r.created_at >= %(own_since)s AND {missing.format(slot='%(own_slot)s')}"
    if is_date(obligation):
        day = "kept.due_on" if is_kept(obligation) else f"r.{quoted(next(iter(extra_columns(model, line).values())))}"
        parameters["own_since"] = adapt.adapt_datefield_value(clock.local(begun).date() - _reach(obligation))
        return f"{day} >= %(own_since)s AND {missing.format(slot=f'CAST({day} AS text)')}"
    return "1 = 0"


def _reach(obligation: Obligation) -> timedelta:
    """How long before the row began a day may lie whose deadline is still to come."""
    if obligation.deadline is None:
        return timedelta(0)
    most = bounds(obligation.deadline).most
    return timedelta(days=_LONGEST) if most is None else timedelta(minutes=most) + timedelta(days=2)


def _owes(named: dict[str, Any]) -> str:
    tests = [f"found.{quoted(APPLIES)} IS TRUE"] if APPLIES in named else []
    tests += [f"found.{quoted(EXEMPT)} IS NOT TRUE"] if EXEMPT in named else []
    return " AND ".join(tests) or "1 = 1"


def _exempt(named: dict[str, Any]) -> str:
    return f"found.{quoted(EXEMPT)} IS TRUE" if EXEMPT in named else "1 = 0"
