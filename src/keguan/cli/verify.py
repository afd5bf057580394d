"""``keguan verify``: has the ledger been tampered with?"""

from __future__ import annotations

from keguan.cli.console import fail, say
from keguan.cli.progress import counting
from keguan.runtime.keyring import KeyringError
from keguan.runtime.ledger.queries import Fault, verify


def command() -> None:
    """Read the whole ledger and name what is not as it was written. Exit code 1 when something is not."""
    try:
        with counting("核对账本") as progress:
            report = verify(progress)
    except KeyringError as error:
        fail(f"没有密钥就无法核对：{error}", 2)
    say(f"共 {report.entries:,} 条记录，{report.blocks:,} 个区块，未封存 {report.unsealed:,} 条。")
    for fault in report.faults:
        say(f"  {_place(fault)}：{fault.sentence}")
    if report.omitted:
        say(f"  另有 {report.omitted:,} 处，未逐一列出。")
    if not report.sound:
        fail("账本与当初写下的不一致。请保留现场，与备份比对，并报告审计员。")
    say("账本完好：每一条都与写下时相同，没有删改。")


def _place(fault: Fault) -> str:
    if fault.entry_id is not None:
        return f"第 {fault.entry_id} 条"
    return f"第 {fault.block_id} 区块"
