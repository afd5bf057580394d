"""Work that a page begins and a worker does: proving the ledger, which takes long when the ledger is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext, override

from keguan.runtime.jobs.actions import Progress, job
from keguan.runtime.ledger import queries as ledger

if TYPE_CHECKING:
    from collections.abc import Mapping

VERIFY = "ledger.verify"
SHOWN = 20
"""So many faults are listed; the command line lists all."""


@job(VERIFY)
def verify(arguments: Mapping[str, Any], progress: Progress) -> str:
    """Prove the whole ledger. The first line of the answer is the finding, each further line a fault; both are in the
    ``language`` of whoever asked.
    """
    total = ledger.seals().last_entry

    def read(count: int) -> None:
        progress.step(count, max(total, count))
        progress.check_cancelled()

    with override("en" if arguments.get("language") == "en" else "zh-hans"):
        return _told(ledger.verify(read))


def _told(report: ledger.Report) -> str:
    counted = {"entries": f"{report.entries:,}", "blocks": f"{report.blocks:,}", "unsealed": f"{report.unsealed:,}"}
    if report.sound:
        found = gettext("核验通过：%(entries)s 条记录、%(blocks)s 块封存都与写入时一致；%(unsealed)s 条尚未封存。")
        return found % counted
    faults = len(report.faults) + report.omitted
    found = gettext("发现 %(faults)s 处与写入时不符（共核验 %(entries)s 条记录）：") % {**counted, "faults": faults}
    return "\n".join([found, *(fault.sentence for fault in report.faults[:SHOWN])])
