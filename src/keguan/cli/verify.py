"""``keguan verify``: has the ledger been tampered with?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.progress import counting
from keguan.cli.words import _
from keguan.runtime.keyring import KeyringError
from keguan.runtime.ledger.queries import Fault, Receipt, receipt_of, verify

_Anchors = Annotated[
    list[Path] | None, typer.Option("--anchor", help=_("锚点文件，每行一张回执；可以重复。逐张与账本比对。"))
]


def command(
    anchor: _Anchors = None,
    onwards: Annotated[bool, typer.Option(help=_("只核对上次核对完好之后的部分。"))] = False,
) -> None:
    """Read the ledger and name what is not as it was written. Exit code 1 when something is not."""
    receipts = [receipt for path in anchor or [] for receipt in _read(path)]
    try:
        with counting(_("核对账本")) as progress:
            report = verify(progress, receipts, onwards=onwards)
    except KeyringError as error:
        fail(_("没有密钥就无法核对：%(reason)s") % {"reason": error}, 2)
    counts = {"entries": f"{report.entries:,}", "blocks": f"{report.blocks:,}", "unsealed": f"{report.unsealed:,}"}
    if report.since:
        say(_("第 %(block)s 块及以前上次已经核对，这次接着往后。") % {"block": f"{report.since:,}"})
    say(_("共 %(entries)s 条记录，%(blocks)s 个区块，未封存 %(unsealed)s 条。") % counts)
    if receipts:
        say(_("比对了 %(count)s 张锚点回执。") % {"count": f"{len(receipts):,}"})
    for fault in report.faults:
        say(_told(fault))
    if report.omitted:
        say(_("  另有 %(count)s 处，未逐一列出。") % {"count": f"{report.omitted:,}"})
    if not report.sound:
        fail(_("账本与当初写下的不一致。请保留现场，与备份比对，并报告审计员。"))
    say(_("账本完好：每一条都与写下时相同，没有删改。"))


def _read(path: Path) -> list[Receipt]:
    try:
        return [receipt_of(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    except (OSError, ValueError) as error:
        fail(_("锚点文件 %(file)s 读不出来：%(reason)s") % {"file": path, "reason": error}, 2)


def _told(fault: Fault) -> str:
    if fault.entry_id is not None:
        return _("  第 %(id)s 条：%(sentence)s") % {"id": fault.entry_id, "sentence": fault.sentence}
    if fault.block_id is not None:
        return _("  第 %(id)s 区块：%(sentence)s") % {"id": fault.block_id, "sentence": fault.sentence}
    return f"  {fault.sentence}"
