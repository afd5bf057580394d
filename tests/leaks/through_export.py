"""Files made of the list of customers, of contracts and of visits, with every column that may leave, and the pages and
the API that lead to them.
"""

from __future__ import annotations

import io

from python_calamine import CalamineWorkbook

from keguan.runtime.exports import queries as exports
from keguan.runtime.exports.actions import Download, Export
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.permits.queries import Selection
from keguan.runtime.records import queries as records
from tests.leaks.world import Person, World


def drive(world: World, person: Person) -> str:
    """As CSV and as a workbook; asked for every column, and for those alone that are on offer."""
    seen = [person.client.get(f"/exports/new/{each}/").content.decode() for each in ("customer", "purchase_contract")]
    for record_type in ("customer", "purchase_contract", "visit"):
        try:
            offer = exports.offer(person.viewer, Selection(record_type))
        except Refused as refused:
            seen.append(str(refused))
            continue
        offered = tuple(column.code for column in offer.columns if not column.approval)
        for form in ("csv", "xlsx"):
            asked = (tuple(records.everything(record_type)), offered)
            seen += [_file(person, Selection(record_type, columns=columns, form=form)) for columns in asked]
    return "\n".join(seen)


def _file(person: Person, selection: Selection) -> str:
    try:
        export_id = Export(viewer=person.viewer, selection=selection, purpose="试验导出", wake=False).run()
        job = exports.one(person.viewer, export_id).job_id
        run_now(job or 0)
        data = Download(viewer=person.viewer, export_id=export_id).run().data()
    except Refused as refused:
        return str(refused)
    if selection.form == "csv":
        return data.decode()
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return repr([book.get_sheet_by_name(name).to_python() for name in book.sheet_names])
