"""The figures of sign-in: how long a password holds, after how many failures a lock, how long a session may rest.

The policy in force may say them in a 参数 block under the codes of :class:`Figures`; what it does not say comes from
the settings. Policies stand above this noun, so whoever reads them installs itself here.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from django.conf import settings

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

_reader: Callable[[], Mapping[str, int]] | None = None


@dataclass(frozen=True, slots=True)
class Figures:
    """The figures in force. Each name is the parameter's code in a policy.

    Defaults are what assessors of GB/T 22239-2019 8.1.4.1 ask for; the standard itself names no numbers.
    """

    password_days: int
    """A password is changed after so many days; 0: never."""
    password_length: int
    """Characters that a password needs at least."""
    lock_failures: int
    """So many failed attempts in a row lock the account …"""
    lock_minutes: int
    """… for so many minutes."""
    idle_minutes: int
    """A session in which nothing is done for so many minutes ends."""


CODES = tuple(each.name for each in fields(Figures))
"""The codes of the parameters, in order."""


def install(reader: Callable[[], Mapping[str, int]] | None) -> Callable[[], Mapping[str, int]] | None:
    """Have ``reader`` asked for what the policy says, and return the one before. Called in ``AppConfig.ready``."""
    global _reader
    before, _reader = _reader, reader
    return before


def figures() -> Figures:
    """The figures in force now; one look at the policy, none where it is pinned."""
    said = {code: getattr(settings, f"SIGN_IN_{code.upper()}") for code in CODES}
    return Figures(**{**said, **(_reader() if _reader is not None else {})})
