"""Which roles nobody holds together, and whether giving one takes two people.

The policy says both; ``runtime.policies`` installs its answer when it starts, for this folder stands below it. Without
an answer no role excludes another.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import get_language

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Pair = frozenset[str]
"""The codes of two roles that exclude each other."""


@dataclass(frozen=True, slots=True)
class RoleRules:
    """What the policy says about holding roles together. ``confirmed``: a role is proposed by one person and given by
    another, who has the operation ``grant_roles``.
    """

    apart: frozenset[Pair] = frozenset()
    administrators: frozenset[Pair] = frozenset()  # those of ``apart`` that are two of the three administrators
    confirmed: bool = False
    names: Mapping[str, tuple[str, str]] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def roles(self) -> frozenset[str]:
        """The codes of all roles that exclude any other."""
        return frozenset().union(*self.apart)

    def exclude(self, first: str, second: str) -> bool:
        """Whether nobody may hold both."""
        return frozenset({first, second}) in self.apart

    def called(self, role: str) -> str:
        """A role's name in the language of whoever reads it now; its code when the policy does not have it."""
        zh, en = self.names.get(role, (role, role))
        return en if get_language() == "en" else zh


NONE = RoleRules()

_source: Callable[[], RoleRules] | None = None


def install(source: Callable[[], RoleRules] | None) -> Callable[[], RoleRules] | None:
    """Make ``source`` the one to be asked and return the one before. Called in ``AppConfig.ready``."""
    global _source
    before, _source = _source, source
    return before


def rules() -> RoleRules:
    """What holds today."""
    return NONE if _source is None else _source()
