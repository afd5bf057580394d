"""How long every record of a type is kept, as one SELECT: the latest of all terms that apply to it.

Each term that applies makes a key, the day on which it is over followed by its rank; the greatest key counts. Days are
ISO text there, so that keys compare alike on every engine.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.stamps import CHANGED, CREATED
from keguan.language.feel.typed import Function
from keguan.language.feel.types import Date
from keguan.language.model.naming import record_table
from keguan.language.model.retention import WHOLE, Start, calendar_length, kept_classes, laid_terms
from keguan.language.plan.context import DIALECTS
from keguan.language.plan.expressions import quoted
from keguan.language.plan.statement import Statement
from keguan.language.plan.valuing import values_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.feel.typed import Typed
    from keguan.language.model.model import Model
    from keguan.language.model.retention import LaidTerm
    from keguan.language.plan.statement import DialectName

NEVER, NOT_BEGUN = "9999-12-31", "9999-12-30"
"""What stands for the day of a term without end, and of one whose day is not there (or is beyond all calendars)."""

_DAY = 24 * 60 * 60
_DIGITS = 10


def keeping(
    model: Model,
    record_type: str,
    dialect: DialectName,
    *,
    today: date,
    days: Mapping[Start, str] | None = None,
    only: bool = False,
) -> Statement | None:
    """A SELECT of ``id``, ``information_class``, ``due_on`` (a date or null), ``term`` and ``hold`` (keys of terms, see
    ``model.retention.Kept``): a row for each record and each thing that terms which apply to it dispose of.

    None when no term is about the type. ``days`` are the SQL of the local days on which the record ``r`` was created
    and last changed, where they are not as the engine keeps them. ``only`` restricts it to the ids in the temporary
    table ``affected(id)``. Raises ``KeyError`` for an unknown record type.
    """
    terms = laid_terms(model, record_type)
    if not terms:
        return None
    days = _local_days(dialect) if days is None else days
    named: dict[str, Typed] = {}
    for laid in terms:
        parts = {"applies": laid.term.condition, "from": laid.term.date, "hold": laid.term.hold}
        named |= {f"{what}_{laid.rank}": typed for what, typed in parts.items() if typed is not None}
    values = values_of(model, record_type, named, dialect, today=today, only=only)
    ends = ", ".join(f"{_key(laid, dialect, days)} AS end_{laid.rank}" for laid in terms)
    holds = "".join(
        f", CASE WHEN {_applies(laid)} AND v.{quoted(f'hold_{laid.rank}')} IS TRUE THEN 1 ELSE 0 END"
        f" AS held_{laid.rank}"
        for laid in terms
        if laid.term.hold is not None
    )
    table = quoted(record_table(record_type))
    asked = f"SELECT v.id, {ends}{holds} FROM valued AS v JOIN {table} AS r ON r.id = v.id"
    kept = " UNION ALL ".join(_kept(terms, name, dialect) for name in kept_classes(terms))
    return Statement(f"WITH valued AS ({values.sql}), ended AS MATERIALIZED ({asked}) {kept}", values.parameters)


def ending(
    model: Model, record_type: str, dialect: DialectName, *, today: date, only: bool = False
) -> Statement | None:
    """A SELECT of ``id`` and ``due_on``: the first day on which nobody has to keep the record as a whole (or, where no
    term is about the whole, any part of it); null while nobody can say. None when no term is about the type.
    """
    kept = keeping(model, record_type, dialect, today=today, only=only)
    if kept is None:
        return None
    whole = f"information_class = '{WHOLE}'"
    latest = (
        f"CASE WHEN max(CASE WHEN {whole} THEN 1 ELSE 0 END) = 1 THEN max(CASE WHEN {whole} THEN due_on END)"
        " WHEN count(*) = count(due_on) THEN max(due_on) END"
    )
    return Statement(f"SELECT id, {latest} AS due_on FROM ({kept.sql}) AS kept GROUP BY id", kept.parameters)


def _local_days(dialect: DialectName) -> dict[Start, str]:
    written = DIALECTS[dialect]
    of = {Start.CREATED: CREATED, Start.UPDATED: CHANGED}
    moments = {start: written.local_moment(f"r.{quoted(column)}") for start, column in of.items()}
    return {start: written.templates[Function.DATE_OF].format(moment) for start, moment in moments.items()}


def _key(laid: LaidTerm, dialect: DialectName, days: Mapping[Start, str]) -> str:
    """When the term is over, and its rank; empty where it does not apply."""
    term, rank = laid.term, f"{laid.rank:03d}"
    if term.length is None:
        end = f"'{NEVER}'"
    else:
        start = f"v.{quoted(f'from_{laid.rank}')}" if term.start is Start.DATE else days[term.start]
        day = _later(start, laid, dialect)
        text = f"to_char({day}, 'YYYY-MM-DD')" if dialect == "postgresql" else day
        end = f"coalesce({text}, '{NOT_BEGUN}')"
    key = f"{end} || '{rank}'"
    return key if term.condition is None else f"CASE WHEN {_applies(laid)} THEN {key} ELSE '' END"


def _later(start: str, laid: LaidTerm, dialect: DialectName) -> str:
    assert laid.term.length is not None  # noqa: S101 - asked only of terms that end
    months, days = calendar_length(laid.term.length) or (0, 0)
    templates = DIALECTS[dialect].templates
    if months:
        return templates[(Function.ADD_MONTHS, Date)].format(start, months)
    return templates[Function.ADD_DAYS].format(start, days * _DAY)


def _applies(laid: LaidTerm) -> str:
    return "1 = 1" if laid.term.condition is None else f"v.{quoted(f'applies_{laid.rank}')} IS TRUE"


def _kept(terms: tuple[LaidTerm, ...], information_class: str, dialect: DialectName) -> str:
    """The rows of one class: of the records to which a term that is about just this applies."""
    covering = [laid for laid in terms if laid.covers(information_class)]
    own = " OR ".join(f"end_{laid.rank} <> ''" for laid in covering if laid.term.information_class == information_class)
    greatest = "greatest" if dialect == "postgresql" else "max"
    ends = ", ".join(f"end_{laid.rank}" for laid in covering)
    latest = f"{greatest}({ends})" if len(covering) > 1 else ends
    holds = " ".join(f"WHEN held_{laid.rank} = 1 THEN '{laid.key}'" for laid in covering if laid.term.hold is not None)
    hold = f"CASE {holds} ELSE '' END" if holds else "''"
    day = f"substr(latest, 1, {_DIGITS})"
    due = f"CAST({day} AS date)" if dialect == "postgresql" else day
    keys = " ".join(f"WHEN '{laid.rank:03d}' THEN '{laid.key}'" for laid in covering)
    return (
        f"SELECT id, '{_text(information_class)}' AS information_class,"
        f" CASE WHEN {day} < '{NOT_BEGUN}' THEN {due} END AS due_on,"
        f" CASE substr(latest, {_DIGITS + 1}) {keys} END AS term, hold"
        f" FROM (SELECT id, {latest} AS latest, {hold} AS hold FROM ended WHERE {own}) AS k"
    )


def _text(word: str) -> str:
    return word.replace("'", "''").replace("%", "%%")
