"""Who never handles a step of a case: whom it is about (回避), and who handled what is kept apart from it (分离)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.model.form import value_code
from keguan.language.model.model import FieldKind
from keguan.language.model.process import INITIATOR
from keguan.runtime.org import queries as org
from keguan.runtime.processes import conditions, forms
from keguan.runtime.processes.parties import cached, shared

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.process import Recusal, Step
    from keguan.runtime.processes.standing import Standing

_BETWEEN = re.compile(r"[\s、,，;；/]+")


def barred(standing: Standing, step: Step) -> frozenset[int]:
    """The staff who may not act on a step. At most three queries, and none where the process bars nobody."""
    return recused(standing) | _apart(standing, step)


def recused(standing: Standing) -> frozenset[int]:
    """The staff whom the case is about: named by fields of the record or of a form, as a person or by name or account.

    Of several people with one name all are: excluding one too many does no harm.
    """
    if not standing.process.recusals:
        return frozenset()
    return cached(standing, "barred", lambda: frozenset(_recused(standing)))


def _recused(standing: Standing) -> Iterator[int]:
    named: set[str] = set()
    for recusal in standing.process.recusals:
        value = _value(standing, recusal)
        if isinstance(value, str):
            named |= {value.strip(), *_BETWEEN.split(value)}
        elif isinstance(value, int) and _kind(standing, recusal) is not FieldKind.REFERENCE:
            yield value
    named.discard("")
    if named:
        yield from shared(standing, ("named", frozenset(named)), lambda: org.staff_named(named))


def _value(standing: Standing, recusal: Recusal) -> object:
    if recusal.form is None:
        return conditions.row(standing).get(recusal.field)
    return forms.values(standing).get(value_code(recusal.form, recusal.field))


def _kind(standing: Standing, recusal: Recusal) -> FieldKind:
    if recusal.form is None:
        return standing.model.record_types[standing.process.record_type].field(recusal.field).kind
    return standing.model.blocks.forms[recusal.form].field(recusal.field).kind


def _apart(standing: Standing, step: Step) -> frozenset[int]:
    found: set[int] = set()
    for group in standing.process.apart:
        if step.code not in group:
            continue
        for other in group:
            if other == INITIATOR:
                found |= {who for who in (standing.case.started_by_id,) if who is not None}
            elif other != step.code:
                done = standing.last_done(other)
                found |= standing.handlers(done) if done is not None else frozenset()
    return frozenset(found)
