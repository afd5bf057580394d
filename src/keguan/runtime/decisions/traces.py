"""One decision as a trace: everything that is needed to decide it again, as JSON.

``docs/reference/trace.schema.json`` describes it. Nothing in it is presented: its inputs are in clear, and it is for
proving, not for people.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any

from keguan.language.feel.types import Number
from keguan.language.feel.walk import parameters as parameters_of
from keguan.language.model.evaluate import parameters_on
from keguan.runtime.decisions.stored_history import outcomes, typed
from keguan.runtime.policies.language_door import decided_again
from keguan.runtime.policies.queries import at

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.feel.types import Type
    from keguan.language.model.model import Decision, OutputColumn
    from keguan.runtime.decisions.stored_history import Outcome, StoredCut, Value

FORMAT = "keguan.trace/1"

Data = dict[str, Any]


def traces(decision: str, record_id: int, limit: int = 100) -> tuple[Data, ...]:
    """The newest decisions of a record as traces, newest first."""
    return tuple(trace_of(outcome) for outcome in outcomes(decision, record_id, limit))


def trace_of(outcome: Outcome) -> Data:
    """One row of the history as a trace."""
    decision, model = outcome.decision, outcome.model
    clause = decision.clause
    values = parameters_on(model.parameters, outcome.decided_on)
    return {
        "format": FORMAT,
        "id": outcome.id,
        "record": {"type": decision.record_type, "id": outcome.record_id},
        "decision": {"code": decision.code, "hit": decision.hit.value},
        "clause": {
            "pack": clause.pack,
            "version": model.policies[clause.pack].version,
            "anchor": clause.anchor,
            "number": clause.number,
            "title": clause.title,
        },
        "publication": outcome.publication_id,
        "decided_at": outcome.decided_at.isoformat(),
        "day": outcome.decided_on.isoformat(),
        "parameters": [{"code": code, **_typed(model.parameters[code].type, values[code])} for code in _read(decision)],
        "inputs": [
            {"label": column.label, **_typed(column.expression.type, value)}
            for column, value in zip(decision.inputs, outcome.inputs, strict=True)
        ],
        "rule": outcome.rule,
        "before": _outputs(decision.outputs, outcome.before),
        **_quotas(outcome),
        "outcome": _outputs(decision.outputs, outcome.after),
    }


def decided_from(trace: Mapping[str, Any]) -> tuple[list[Data], int | str | None]:
    """Outcome by the table and rule of a trace decided again by the version and the parameters of its day, in the form
    of the trace. What quotas made of it needs all records of the group, and is not decided again.

    Raises ``Publication.DoesNotExist`` and ``KeyError`` for a version or a decision that there is not.
    """
    model = at(trace["publication"]).model
    decision = model.decisions[trace["decision"]["code"]]
    given = zip(decision.inputs, trace["inputs"], strict=True)
    inputs = tuple(typed(each["value"], column.expression.type) for column, each in given)
    values, rule = decided_again(model, decision, inputs, date.fromisoformat(trace["day"]))
    return _outputs(decision.outputs, values), rule


def _quotas(outcome: Outcome) -> Data:
    """What quotas had a part in; nothing where none limits the decision."""
    if not outcome.cuts:
        return {}
    by_table = _outputs(outcome.decision.outputs, outcome.by_table)
    return {"by_table": by_table, "quotas": [_quota(each) for each in outcome.cuts]}


def _quota(stored: StoredCut) -> Data:
    cut = stored.cut
    keys = (("group", cut.group, stored.group), ("order", cut.order, stored.order))
    passed = [
        {
            "outcome": cut.bounds[each.number].outcome,
            "bound": "most" if cut.bounds[each.number].ceiling else "least",
            "place": each.place,
            "room": each.room,
        }
        for each in stored.passed
    ]
    values = {name: None if key is None else _typed(key.type, value) for name, key, value in keys}
    return {"code": cut.quota, "output": cut.output, **values, "passed": passed}


def _read(decision: Decision) -> list[str]:
    """The parameters that the rules themselves read; what stands behind an input is in its value already."""
    trees = [each for rule in decision.rules for each in (*rule.tests, *rule.results) if each is not None]
    return sorted(frozenset[str]().union(*map(parameters_of, trees)))


def _outputs(columns: Sequence[OutputColumn], values: Iterable[Value]) -> list[Data]:
    return [{"code": column.code, **_typed(column.type, value)} for column, value in zip(columns, values, strict=True)]


def _typed(type_: Type, value: Any) -> Data:
    name = re.sub(r"(?<!^)(?=[A-Z])", "_", type(type_).__name__).lower()
    plain = value.isoformat() if isinstance(value, date | time | datetime) else value
    return {"type": name, "scale": type_.scale if isinstance(type_, Number) else None, "value": plain}
