"""``keguan verify``: has the ledger been tampered with?"""

from __future__ import annotations

from keguan.cli.console import fail, say
from keguan.cli.progress import counting
from keguan.cli.words import _
from keguan.runtime.keyring import KeyringError
from keguan.runtime.ledger.queries import Fault, verify


def command() -> None:
    """Read the whole ledger and name what is not as it was written. Exit code 1 when something is not."""
    try:
        with counting(_("核对账本")) as progress:
            report = verify(progress)
    except KeyringError as error:
        fail(_("没有密钥就无法核对：%(reason)s") % {"reason": error}, 2)
    counts = {"entries": f"{report.entries:,}", "blocks": f"{report.blocks:,}", "unsealed": f"{report.unsealed:,}"}
    say(_("共 %(entries)s 条记录，%(blocks)s 个区块，未封存 %(unsealed)s 条。") % counts)
    for fault in report.faults:
        say(_told(fault))
    if report.omitted:
        say(_("  另有 %(count)s 处，未逐一列出。") % {"count": f"{report.omitted:,}"})
    if not report.sound:
        fail(_("账本与当初写下的不一致。请保留现场，与备份比对，并报告审计员。"))
    say(_("账本完好：每一条都与写下时相同，没有删改。"))


def _told(fault: Fault) -> str:
    if fault.entry_id is not None:
        return _("  第 %(id)s 条：%(sentence)s") % {"id": fault.entry_id, "sentence": fault.sentence}
    return _("  第 %(id)s 区块：%(sentence)s") % {"id": fault.block_id, "sentence": fault.sentence}
