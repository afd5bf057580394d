"""What an expression may ask of an attachment: whether there is one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.typed import Binary, Literal, Operator
from keguan.language.feel.types import Attachment
from keguan.language.feel.walk import parts

if TYPE_CHECKING:
    from keguan.language.feel.typed import Typed

_NULL_TESTS = frozenset({Operator.EQUAL, Operator.UNEQUAL})


def misused(typed: Typed) -> bool:
    """Whether an attachment stands anywhere in the tree but beside a null that it is compared with."""
    if isinstance(typed.type, Attachment):
        return not isinstance(typed, Literal)
    if isinstance(typed, Binary) and typed.operator in _NULL_TESTS and isinstance(typed.left.type, Attachment):
        sides = (typed.left, typed.right)
        tested = [side for side in sides if not isinstance(side, Literal)]
        return len(tested) > 1 or any(misused(part) for side in tested for part in parts(side))
    return any(misused(part) for part in parts(typed))
