"""Filling an installation with the demo company: its customers through the real importer, its first days by what its
people do. Killed in the middle, it goes on.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings

from keguan.demo import first_days, workbook
from keguan.demo.company import IMPORTER, PACKS
from keguan.demo.people import settle_in
from keguan.demo.plan import Plan
from keguan.language.source import read_pack
from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.imports import queries as imports
from keguan.runtime.imports.actions import Start, Upload
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import published_packs

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.queries import ImportCard

SHEETS = (
    ("客户", "customer"),
    ("购买合同", "purchase_contract"),
    ("活动", "activity"),
    ("活动参加", "attendance"),
    ("接待登记", "reception"),
)
"""Sheets of the workbook with the record types they become, in the order of import."""

DAYS = "前两周"
"""What is told of as the days of the company pass, after the sheets."""


@dataclass(frozen=True, slots=True)
class Brought:
    """What became of one sheet."""

    sheet: str
    created: int
    rejected: int


def seed(told: Callable[[str, int, int], None] | None = None, plan: Plan | None = None) -> tuple[Brought, ...]:
    """Make sure that the whole demo company is there. ``told(what, done, total)`` hears of progress.

    All of it lies in the past: the company is founded on the morning of its first day, and lives until now. The
    processes and duties are published after the customers are in, who are brought in more quickly without them.
    Raises ``Refused`` when an import does not come to its end, and when the packs cannot be published.
    """
    with clock.hold(first_days.beginning()):
        brought = bring_in(told, plan)
        _publish()
    first_days.play(None if told is None else lambda done, total: told(DAYS, done, total))
    return brought


def bring_in(told: Callable[[str, int, int], None] | None = None, plan: Plan | None = None) -> tuple[Brought, ...]:
    """The people and the customers. The workbook is written once and stays, so that a later run imports the same file:
    what is in is not brought again. Raises ``Refused`` when an import does not come to its end.
    """
    settle_in()
    path = _workbook(plan or Plan())
    data = path.read_bytes()
    found = org.staff_by_username(IMPORTER)
    if found is None:
        raise Refused("demo.importer", "the demo's importer is missing")
    viewer = viewer_for(found.id, "cli")
    return tuple(_bring(viewer, path.name, data, sheet, kind, told) for sheet, kind in SHEETS)


def _publish() -> None:
    """The packs of the company that are not in force yet."""
    known = published_packs()
    new = tuple(read_pack(settings.PACKS / name) for name in PACKS if name not in known)
    if new:
        Publish(actor=SYSTEM, packs=new).run()


def _workbook(plan: Plan) -> Path:
    path = settings.HOME / "demo" / "云岭置地客户资料.xlsx"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        workbook.write(draft, clock.today(), plan)
        draft.replace(path)  # in one step: a killed run leaves no half-written workbook behind
    return path


def _bring(
    viewer: Viewer, name: str, data: bytes, sheet: str, kind: str, told: Callable[[str, int, int], None] | None
) -> Brought:
    card = imports.of_file(viewer, kind, hashlib.sha256(data).hexdigest(), sheet)
    if card is None:
        upload = Upload(viewer=viewer, record_type=kind, file_name=name, data=data, sheet=sheet)
        card = imports.one(viewer, upload.run())
    if not card.over:
        job = Start(viewer=viewer, import_id=card.id, wake=False).run()
        run_now(job, None if told is None else lambda done, total: told(sheet, done, total))
        card = _ended(imports.one(viewer, card.id))
    return Brought(sheet, card.created, card.rejected)


def _ended(card: ImportCard) -> ImportCard:
    if not card.over:
        raise Refused("demo.import", card.error or (card.job.error if card.job else "") or "the import did not end")
    return card
