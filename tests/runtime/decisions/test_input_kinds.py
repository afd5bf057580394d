"""How the value of an input column is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Aggregate, AggregateFunction, Negate, OuterRef
from keguan.language.feel.types import Number
from keguan.language.model.model import FieldKind
from keguan.runtime.decisions.input_kinds import kind_of
from keguan.runtime.policies.queries import current

if TYPE_CHECKING:
    from tests.cast import Cast


def test_a_figure_of_the_records_own_value_is_shown_as_that_value(company: Cast) -> None:
    """An amount of the customer, taken while contracts are gone through, is still money."""
    money = Number(2)
    value = Negate(OuterRef("total_purchase", money), money)
    figure = Aggregate(AggregateFunction.MAX, "purchase_contract", "customer", None, value, money)
    assert kind_of(current().model, "customer", figure) is FieldKind.MONEY
