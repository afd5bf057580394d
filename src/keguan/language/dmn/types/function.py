"""Functions as values: what an author defines, what a model's knowledge is, and the built-in ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from keguan.language.dmn.types.types import ANY, Type


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter by the name a caller may give. A missing or null argument of one that is not ``nullable`` makes the
    result null.
    """

    name: str
    type: Type = ANY
    optional: bool = False
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Signature:
    """One way to call a function. ``rest``: the last parameter takes all further arguments, as a list."""

    parameters: tuple[Parameter, ...]
    call: Callable[[Sequence[object]], object]
    result: Type = ANY
    rest: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Function:
    """A function by its name; the first signature that the arguments fit is called."""

    name: str
    signatures: tuple[Signature, ...]
