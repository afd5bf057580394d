"""How much a consequence is: worked out by its formula, or decided within limits."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from keguan.language.feel.typed import Literal, ParameterRef
from keguan.language.feel.walk import children, rewritten
from keguan.language.model.consequence import EVENT_VALUES, LEVELS, MONEY, POINTS, Measure
from keguan.language.model.evaluate import Values, evaluate, parameters_on
from keguan.runtime import clock
from keguan.runtime.access.disclosure import classes_of
from keguan.runtime.access.formatting import money
from keguan.runtime.duties.judging import value_for
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from keguan.language.feel.typed import Typed
    from keguan.language.model.consequence import Amount
    from keguan.language.model.model import Model
    from keguan.runtime.consequences.models import Proposal

_CENT = 100
LARGEST = 10**15
"""No amount is larger: ten trillion yuan."""


def days_overdue(since: datetime | None, until: datetime | None = None) -> int:
    """Whole days since something was due, until it was done or now; 0 where nothing was late."""
    return 0 if since is None else max(0, ((until or clock.now()) - since).days)


def event_values(proposal: Proposal) -> dict[str, int]:
    """What a formula can read of what gave rise to a proposal, as it is now."""
    return {"days_overdue": days_overdue(proposal.due_since, proposal.ended_at), "times": proposal.times}


def worked_out(
    model: Model, expression: Typed, record_type: str | None, record_id: int | None, event: Mapping[str, int]
) -> object:
    """What an expression comes to over a record, with the event's values; None where it comes to nothing.

    Where there is no record, an expression that counts records cannot be worked out and comes to nothing.
    """
    typed = _with(expression, event)
    if record_type is not None and record_id is not None:
        with transaction.atomic():
            return value_for(model, record_type, typed, record_id)
    if children(typed):
        return None
    day = clock.today()
    return evaluate(typed, Values(day, parameters_on(model.parameters, day)))


def amount_of(model: Model, amount: Amount | None, proposal: Proposal, record_type: str | None) -> int | None:
    """The amount as it is now; None where there is none, or the approver decides."""
    if amount is None or amount.value is None:
        return None
    record_id = proposal.record_id if proposal.record_type == record_type else None
    found = worked_out(model, amount.value, record_type, record_id, event_values(proposal))
    return max(0, found) if isinstance(found, int) else None


def discloses(model: Model, amount: Amount | None, record_type: str | None) -> bool:
    """Whether an amount gives away values of the record, being worked out from them."""
    if amount is None or amount.value is None or record_type is None:
        return False
    return bool(classes_of(model, record_type, amount.value))


def told_amount(proposal: Proposal) -> int | str | None:
    """The amount as the ledger may have it: the formula instead, where the amount gives away values of the record."""
    return proposal.amount_text if proposal.discloses else proposal.amount


def within(model: Model, amount: Amount, given: int) -> bool:
    """Whether an amount that the approver gives lies within the limits; any does where there are none."""
    if amount.within is None:
        return given >= 0
    day = clock.today()
    values = Values(day, parameters_on(model.parameters, day), inputs=(given,))
    return evaluate(amount.within, values) is True


def read_amount(measure: Measure, text: str) -> int:
    """What a person types: yuan, points or levels, as stored. Raises ``Refused`` (``consequences.amount``)."""
    message = _("请填写数额，如 200 或 12.5。")
    wrong = Refused("consequences.amount", message, {"amount": message})
    try:
        given = Decimal(text.strip().replace(",", "").removeprefix("¥"))
        whole = given if measure in LEVELS else given * _CENT
        if not given.is_finite() or whole != whole.to_integral_value() or not 0 <= whole <= LARGEST:
            raise wrong
    except InvalidOperation:
        raise wrong from None
    return int(whole)


def shown_amount(measure: str, amount: int | None) -> str:
    """An amount as people read it: ¥200.00, 1.5, 2; empty for none."""
    if amount is None:
        return ""
    if measure in MONEY:
        return money(amount)
    if measure in POINTS:
        return f"{Decimal(amount) / _CENT:f}"
    return str(amount)


def _with(expression: Typed, event: Mapping[str, int]) -> Typed:
    """The expression with the event's values in their places."""

    def put(part: Typed) -> Typed | None:
        if isinstance(part, ParameterRef) and part.code in EVENT_VALUES:
            return Literal(event.get(part.code, 0), part.type)
        return None

    return rewritten(expression, put)
