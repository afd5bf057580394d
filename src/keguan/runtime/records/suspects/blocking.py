"""Which records are compared at all: those that share a key. Two records that are one share at least one of these.

Keys leave the process only as keyed hashes under a key that lives as long as the scan.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.runtime.records.suspects.features import Features

_HALF = 9
_AFFIX = 4
_LONGEST_FIRM = 14
_PHONE = 11


def keys(one: Features) -> Iterator[str]:
    """The keys of a record.

    Every number by itself; with the sound of the surname every part of it, so that a digit that is wrong or two that
    are swapped leave at least one whole; the name, where few have it; a firm's name with each of its signs left out.
    """
    for code, number in one.numbers.items():
        yield f"{code}={number}"
        if one.family:
            yield from (f"{code}~{one.family}~{part}" for part in _parts(number))
    for code, text in one.addresses.items():
        yield f"{code}={text}"
        if one.sound:
            yield f"{code}~{one.sound}~{text[:_AFFIX]}"
    if one.core:
        yield from _firm(one.core, one.sound)
    elif one.name:
        yield f"name={one.name}"


def _parts(number: str) -> Iterator[str]:
    if len(number) == _PHONE:
        yield from (f"a{number[:6]}", f"b{number[6:]}", f"c{number[3:8]}")
    elif len(number) > _PHONE:
        yield from (f"a{number[:_HALF]}", f"b{number[_HALF:]}")


def _firm(core: str, sounding: str) -> Iterator[str]:
    yield f"firm={core}"
    yield f"sound={sounding}"
    short = core[:_LONGEST_FIRM]
    if len(short) >= _AFFIX:
        yield from {f"firm-{short[:at]}{short[at + 1 :]}" for at in range(len(short))}
        yield f"firm-{short}"
