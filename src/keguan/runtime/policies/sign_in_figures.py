"""The figures of sign-in as the policy in force says them: 参数 blocks under the codes that ``org`` knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.types import Number
from keguan.language.model.evaluate import parameters_on
from keguan.runtime.clock import today
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.passwords.figures import CODES
from keguan.runtime.policies.in_force import current

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.feel.types import Type
    from keguan.language.model.values import Value


def said() -> Mapping[str, int]:
    """Each figure that the policy gives today, as a whole number; nothing while no policy is in force."""
    try:
        parameters = current().model.parameters
    except Refused:
        return {}
    mine = {code: parameters[code] for code in CODES if code in parameters}
    found = parameters_on(mine, today()) if mine else {}
    whole = {code: _whole(mine[code].type, value) for code, value in found.items()}
    return {code: number for code, number in whole.items() if number is not None}


def _whole(kind: Type, value: Value) -> int | None:
    """A figure without its decimals; None for what is no figure, or less than nothing."""
    if not isinstance(kind, Number) or not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return None
    return value // int(10**kind.scale)
