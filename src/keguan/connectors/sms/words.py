"""The words of an SMS: short, and without a link unless it is sent for its link's sake."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from keguan.runtime.notifications.channel_kinds import Message


def short(message: Message, most: int) -> str:
    """The first sentence, cut to so many characters; a message sent for its link's sake whole, with the link."""
    if message.whole:
        return f"{message.sentences[0]}{message.link}"
    text = message.sentences[0]
    return text if len(text) <= most else text[: most - 1] + "…"
