"""Which fields of a form must be filled in: always, or by a condition over the record and the case's forms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.processes import conditions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.form import Form
    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.processes.standing import Standing


def required(
    standing: Standing, form: Form, filled: Mapping[str, Value | None], codes: Iterable[str]
) -> frozenset[str]:
    """Those of these fields that must have a value, when the case's forms hold ``filled`` (by ``form.field``)."""
    found = set()
    for field in map(form.field, codes):
        condition = field.required
        if condition if isinstance(condition, bool) else conditions.holds(standing, condition, filled):
            found.add(field.code)
    return frozenset(found)
