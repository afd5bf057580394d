"""What the reference pages show: policies that check, and findings as they come. The tests keep and give them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Trigger:
    """A stretch of a policy that gives a diagnostic, and what is then said in Chinese."""

    excerpt: str
    said: str


@dataclass(frozen=True, slots=True)
class Examples:
    """``policies``: by code of a kind of block, a policy that uses it, and its scenarios; ``triggers``: by id."""

    policies: Mapping[str, str]
    triggers: Mapping[str, Trigger]
