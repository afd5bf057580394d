"""Ways out of the house: connectors register one for each outside system, and the outbox sends through them."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import Promise

ADDRESS_KINDS: dict[str, Promise] = {
    "email": _("电子邮箱"),
    "phone": _("手机号码"),
    "wecom": _("企业微信账号"),
    "dingtalk": _("钉钉账号"),
}
"""Where people can be reached, by code."""

ALWAYS = timedelta.max
"""A receiver that drops repeats of a key however late they come."""


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing that the administrator fills in for a channel. A secret is sealed and never shown again."""

    name: str
    label: Promise | str
    hint: Promise | str = ""
    default: str = ""
    secret: bool = False
    required: bool = True


@dataclass(frozen=True, slots=True)
class Message:
    """What goes out: sentences without any customer's data. ``key`` is the same for every attempt.

    ``to`` is the person's address of the kind that the channel needs ("" where it needs none), ``mention`` the one by
    which a group's robot calls them. ``whole``: the link is what it is sent for, so it goes along and nothing is cut.
    """

    key: str
    to: str
    name: str
    title: str
    sentences: tuple[str, ...]
    link: str
    mention: str = ""
    whole: bool = False

    @property
    def text(self) -> str:
        """All of it as lines: the sentences and the link."""
        return "\n".join((*self.sentences, *([self.link] if self.link else ())))


class NotSent(Exception):
    """The receiver certainly did not take it. ``again``: trying later may help; ``after`` seconds at the earliest."""

    def __init__(self, sentence: str, *, again: bool, after: float = 0) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.again = again
        self.after = after


class MaybeSent(Exception):
    """The connection broke when the receiver may have taken it already."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class ChannelKind(ABC):
    """A way out. One object serves all channels of its kind, so it keeps nothing about a single one."""

    code: ClassVar[str]
    label: ClassVar[Promise]
    note: ClassVar[Promise]
    settings: ClassVar[tuple[Setting, ...]]
    address: ClassVar[str] = ""
    """The kind of address that a person must have; "" when messages go to one place for all."""
    mention: ClassVar[str] = ""
    """The kind of address by which a group's robot calls somebody."""
    by_default: ClassVar[bool] = False
    """Whether those who have the address and chose nothing are told this way."""
    for_everything: ClassVar[bool] = False
    """A system rather than a person: every notice goes there, whatever people prefer."""
    repeats: ClassVar[timedelta] = timedelta()
    """For how long the receiver drops a second message of the same key."""

    def wrong(self, settings: Mapping[str, str]) -> dict[str, str]:
        """What is wrong with the settings beyond a missing one, a sentence by setting's name."""
        del settings
        return {}

    @abstractmethod
    def send(self, settings: Mapping[str, str], message: Message) -> str:
        """Send it and return the receiver's number for it ("" when it gives none).

        ``settings`` hold the secrets too. Raises ``NotSent`` and ``MaybeSent``.
        """


_kinds: dict[str, ChannelKind] = {}


def register(kind: ChannelKind) -> None:
    """Make a way out known. Called in ``AppConfig.ready``; a second time with the same code it replaces the first."""
    _kinds[kind.code] = kind


def channel_kinds() -> tuple[ChannelKind, ...]:
    """Every way out, in the order of registration."""
    return tuple(_kinds.values())


def channel_kind(code: str) -> ChannelKind | None:
    """The way out of this code; None when no connector provides it."""
    return _kinds.get(code)
