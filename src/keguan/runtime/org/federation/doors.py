"""The doors to those who vouch for people: connectors open them when they start, and sign-in knocks.

Nobody imports connectors. So what a door does is said here, and who does it registers itself in ``AppConfig.ready``.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

DIRECTORY = "ldap"
"""The code of the directory that checks passwords."""


class Unreachable(Exception):
    """The other side did not answer, or not in a way that can be relied on. The text is for the log: no secrets."""


class Untrusted(Exception):
    """The other side's answer does not prove what it says. The text names the check, for the ledger: no secrets."""


class Directory(Protocol):
    """A directory that can tell whether a password is somebody's."""

    code: str

    def configured(self) -> bool:
        """Whether the settings name it."""
        ...

    def subject(self, username: str, password: str) -> str | None:
        """The unchanging id of whoever has this name and password there; None: nobody, or it does not answer."""
        ...


@dataclass(frozen=True, slots=True)
class Journey:
    """A sign-in that continues elsewhere: where to send the browser, and what must be remembered until it is back."""

    address: str
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom a provider vouches for: its unchanging subject, and whether it asked for more than one factor."""

    subject: str
    strong: bool


class Provider(Protocol):
    """A provider that signs people in on its own pages."""

    code: str

    @property
    def label(self) -> str:
        """What people call it."""
        ...

    def configured(self) -> bool:
        """Whether the settings name it."""
        ...

    def begin(self, back: str) -> Journey:
        """Begin a sign-in that comes back to the address ``back``. Raises ``Unreachable``."""
        ...

    def finish(self, kept: Mapping[str, str], answer: Mapping[str, str], back: str) -> Vouched:
        """Whom the answer vouches for. Raises ``Untrusted`` and ``Unreachable``."""
        ...


_directories: dict[str, Directory] = {}
_providers: dict[str, Provider] = {}


def register_directory(door: Directory) -> None:
    """Open a door to a directory; a second time under the same code takes the first one's place."""
    _directories[door.code] = door


def register_provider(door: Provider) -> None:
    """Open a door to a provider; a second time under the same code takes the first one's place."""
    _providers[door.code] = door


def directory_door() -> Directory | None:
    """The directory, where one is set up."""
    door = _directories.get(DIRECTORY)
    return door if door is not None and door.configured() else None


def provider_door(code: str) -> Provider | None:
    """The provider with this code, where it is set up."""
    door = _providers.get(code)
    return door if door is not None and door.configured() else None


def providers() -> tuple[Provider, ...]:
    """The providers that are set up."""
    return tuple(door for door in _providers.values() if door.configured())
