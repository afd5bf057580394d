"""Anchors: the newest block's receipt, handed regularly to places that the database's administrator cannot reach.

``settings.LEDGER_ANCHORS`` names them: ``dir:/mnt/witness`` a folder (another disk, another machine's mount),
``https://…`` a program that keeps what it is sent, ``mailto:…`` somebody's mailbox. The home folder is always one.
They are named in the environment of the program, not in the database: who may write to the one may not write to the
other. A target takes an anchor when there is a block newer than its last, at most once in ``LEDGER_ANCHOR_MINUTES``.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from keguan.runtime import clock
from keguan.runtime.ledger import receipts
from keguan.runtime.ledger.models import Anchorage, Block

if TYPE_CHECKING:
    from keguan.runtime.ledger.receipts import Receipt

Deliver = Callable[[str, "Receipt"], None]
"""Hands a receipt to a target, whose whole name it is given. Raises ``NotAnchored``; a second time does no harm."""

AGAIN = timedelta(minutes=5)
"""After a failure."""

_log = logging.getLogger(__name__)
_ways: dict[str, Deliver] = {}


class NotAnchored(Exception):
    """A target did not take a receipt; the text is a sentence for the auditor."""


def register(scheme: str, deliver: Deliver) -> None:
    """Make a kind of target known. Called in ``AppConfig.ready``."""
    _ways[scheme] = deliver


def targets() -> tuple[str, ...]:
    """Every target: the home folder, then those of the settings."""
    return (f"dir:{settings.HOME}", *settings.LEDGER_ANCHORS)


def every() -> timedelta:
    """The time between two anchors at one target."""
    return timedelta(minutes=settings.LEDGER_ANCHOR_MINUTES)


def shown(target: str) -> str:
    """A target as auditors are shown it: without what may be secret in an address."""
    if target == f"dir:{settings.HOME}":
        return _("本机")
    parts = urlsplit(target)
    return f"{parts.scheme}://{parts.hostname}" if parts.scheme in {"http", "https"} else target


def newest_receipt() -> Receipt | None:
    """The newest block's receipt, None while nothing is sealed."""
    newest = Block.objects.order_by("-id").first()
    return None if newest is None else receipts.signed(newest)


def publish(*, now: bool = False) -> int:
    """Hand the newest block's receipt to every target whose time it is, or to all ``now``; return how many took it.

    Not in a transaction: a target may be slow. Killed at any line, it may be run again; a receipt may then come twice.
    """
    receipt = newest_receipt()
    if receipt is None:
        return 0
    if not receipt.signature:
        _log.error("the ledger cannot be anchored: the key file has no key for anchors; run keguan setup")
        return 0
    return sum(_anchor(target, receipt, at_once=now) for target in targets())


def _anchor(target: str, receipt: Receipt, *, at_once: bool) -> bool:
    now = clock.now()
    state, _made = Anchorage.objects.get_or_create(target=target[:200])
    waiting = state.anchored_at is not None and now - state.anchored_at < every()
    failed = bool(state.failure) and state.tried_at is not None and now - state.tried_at < AGAIN
    if (state.block_id >= receipt.block or waiting or failed) and not at_once:
        return False
    Anchorage.objects.filter(pk=state.pk).update(tried_at=now)
    try:
        _deliver(target, receipt)
    except NotAnchored as failure:
        _log.error("the ledger was not anchored", extra={"facts": {"target": shown(target), "why": str(failure)}})
        Anchorage.objects.filter(pk=state.pk).update(failure=str(failure))
        return False
    Anchorage.objects.filter(pk=state.pk).update(block_id=receipt.block, anchored_at=now, failure="")
    return True


def _deliver(target: str, receipt: Receipt) -> None:
    scheme = target.partition(":")[0]
    way = _ways.get(scheme)
    if way is None:
        raise NotAnchored(_("不认识这种锚定目标：%(scheme)s。") % {"scheme": scheme})
    way(target, receipt)


def _to_folder(target: str, receipt: Receipt) -> None:
    """One more line in the folder's file of the month, whole or not at all, on the disk before we go on."""
    folder = Path(target.removeprefix("dir:"))
    try:
        path = folder / f"ledger-anchors-{receipt.at[:7]}.jsonl"
        opened = os.open(path, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        try:
            os.write(opened, f"{receipt.text}\n".encode())
            os.fsync(opened)
        finally:
            os.close(opened)
    except OSError as error:
        raise NotAnchored(
            _("文件夹 %(folder)s 写不进去：%(why)s") % {"folder": folder, "why": error.strerror}
        ) from None


register("dir", _to_folder)
