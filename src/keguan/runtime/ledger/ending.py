"""What only something outside the database can tell: is the end still there?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.ledger import head, journal, receipts
from keguan.runtime.ledger.models import Block

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.ledger.faults import Faults
    from keguan.runtime.ledger.receipts import Receipt

_AT_THE_END = 2**62


def check(newest: Mapping[int, str], anchors: Iterable[Receipt], faults: Faults) -> None:
    """Hold the newest block (its id and seal) against the noted head, the journal and the given receipts."""
    _noted_head(newest, faults)
    for entry_id, _digest in journal.missing(journal.noted()):
        faults.entry(entry_id, None, _("记录 %(id)s 不见了：本机记下它已经写入。"))
    ours = receipts.public_keys()
    for receipt in anchors:
        wrong = _wrong(receipt, ours)
        if wrong:
            told = {"block": receipt.block, "at": receipt.at, "wrong": wrong}
            sentence = _("锚点（第 %(block)s 块，%(at)s）不符：%(wrong)s") % told
            faults.other(receipt.block, sentence, receipt.last)


def _noted_head(newest: Mapping[int, str], faults: Faults) -> None:
    known = head.noted()
    last = max(newest, default=0)
    if known is None or last > known.block_id:
        return
    if newest.get(known.block_id) != known.seal:
        sentence = _("账本的末尾不见了：本机记下的最后一块是 %(noted)s，数据库里到 %(found)s 为止。")
        faults.other(known.block_id, sentence % {"noted": known.block_id, "found": last}, _AT_THE_END)


def _wrong(receipt: Receipt, ours: Iterable[str]) -> str:
    """What of a receipt does not fit the ledger; empty when all does."""
    if not receipt.genuine:
        return _("签名不对，这张回执被改动过，或者不是回执。")
    if receipt.key not in ours:
        return _("签名的密钥不是本系统的，它可能出自另一个系统。")
    block = Block.objects.filter(pk=receipt.block).values_list("seal", "chain", "total", "last").first()
    if block is None:
        return _("账本里没有这一块：末尾被截掉，或者整个数据库被换回了旧的。")
    if block[:2] != (receipt.seal, receipt.chain):
        return _("这一块与锚定时不同：账本被重做过。")
    if block[2:] != (receipt.entries, receipt.last):
        return _("到这一块为止的条数与锚定时不同。")
    return ""
