"""Anchors of the ledger that leave the house: a program that keeps what it is sent.

The receipt is signed and holds nothing secret, so whoever receives it needs no password: it answers 2xx once it has
kept the line. ``https://`` alone, unless the company allows receivers inside the house.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.connectors.http.addresses import wrong_address
from keguan.connectors.http.posting import post
from keguan.runtime.ledger.anchors import NotAnchored, register
from keguan.runtime.notifications.channel_kinds import MaybeSent, NotSent

if TYPE_CHECKING:
    from keguan.runtime.ledger.receipts import Receipt


def to_program(target: str, receipt: Receipt) -> None:
    """POST the receipt as one JSON object. Raises ``NotAnchored``; twice the same is what receivers must expect."""
    wrong = wrong_address(target)
    if wrong:
        raise NotAnchored(wrong)
    key = f"keguan-anchor-{receipt.block}-{receipt.seal[:16]}"
    try:
        post(target, receipt.text.encode(), {"Content-Type": "application/json", "Idempotency-Key": key})
    except (NotSent, MaybeSent) as failure:
        raise NotAnchored(failure.sentence) from None


register("https", to_program)
register("http", to_program)
