"""An export that is killed: every attempt is a process of its own, forked from one that has loaded the program.

python -m tests.runtime.exports.killing ROWS KILLS MOST    kills so often before one of the first so many
                                                       statements, then lets it finish
"""

from __future__ import annotations

import random
import sys
from functools import partial

import django

from tests.dying import forked


def main(rows: int, kills: int, most: int) -> None:
    """Prints how many attempts were cut short, then what is there."""
    django.setup()
    chance = random.Random(20_261_122)
    job = _begun(rows)
    cut = sum(forked(partial(_export, job), chance.randint(1, most)) for _ in range(kills))
    forked(partial(_export, job), None)
    sys.stdout.write(f"{cut}\n")
    _told()


def _begun(rows: int) -> int:
    """A home with so many customers and an export of them waiting; its job."""
    from keguan.language.source import PackSource
    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.exports.actions import Export
    from keguan.runtime.ledger.actions import SYSTEM
    from keguan.runtime.org.actions import Appoint
    from keguan.runtime.policies.actions import Publish
    from keguan.runtime.records.actions import CreateMany
    from keguan.runtime.records.draft import NewRecord
    from tests import cast as people
    from tests.runtime.exports.world import PACK, POLICY, chosen, job_of

    company = people.assemble()
    Publish(actor=SYSTEM, packs=(PackSource(PACK, {"policy.md": POLICY.replace("批量: 5\n", "")}),)).run()
    Appoint(actor=SYSTEM, staff_id=company.xu_ke.id, role="partner_clerk", since=people.SINCE).run()
    clerk = viewer_for(company.xu_ke.id)
    new = [NewRecord({"name": f"客户{number}", "phone": f"138{number:08}"}) for number in range(rows)]
    CreateMany(viewer=clerk, record_type="partner", rows=new).run()
    about = chosen("name", "city", "phone", form="xlsx")
    export_id = Export(viewer=clerk, selection=about, purpose="邮寄对账单", wake=False).run()
    return job_of(export_id)


def _export(job: int) -> None:
    from keguan.runtime.exports import reading
    from keguan.runtime.jobs.actions import run_now

    reading.PAGE = 5
    run_now(job)


def _told() -> None:
    import io
    from pathlib import Path

    import openpyxl
    from django.conf import settings

    from keguan.runtime.access.viewer import viewer_for
    from keguan.runtime.exports.actions import Download
    from keguan.runtime.exports.models import Export
    from keguan.runtime.ledger import queries as ledger

    (made,) = Export.objects.all()
    book = openpyxl.load_workbook(
        io.BytesIO(Download(viewer=viewer_for(made.staff_id), export_id=made.pk).run().data()), read_only=True
    )
    finished = ledger.entries_page(filters=ledger.EntryFilters(action="exports.finish")).entries
    files = len(list((Path(settings.HOME) / "exports").iterdir()))
    rows = 0 if book.active is None else len(list(book.active.iter_rows())) - 2
    sys.stdout.write(f"{made.state} {made.rows} {rows} {files} {len(finished)}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
