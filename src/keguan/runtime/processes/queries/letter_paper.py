"""A document of a case on paper: what stands on the sheet, and the sheet as a PDF."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.document_text import written_day
from keguan.runtime.access.formatting import moment
from keguan.runtime.clock import local
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.models import Document, Move, ShareState
from keguan.runtime.processes.models import Value as Row
from keguan.runtime.processes.queries.letters import letters
from keguan.runtime.processes.sight import seen
from keguan.runtime.processes.signing import verify_signature
from keguan.runtime.processes.standing import SIGNING

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.policies.queries import Letter, Paper
    from keguan.runtime.processes.standing import Standing


def letter_on_paper(viewer: Viewer, case_id: int, document_id: int, whole: str | None = None) -> Paper:
    """The document as a PDF, as ``letter_of`` has it. Raises ``Refused`` (``policies.unprintable``) when this machine
    cannot set it.
    """
    return policies.printed_letter(letter_of(viewer, case_id, document_id, whole))


def letter_of(viewer: Viewer, case_id: int, document_id: int, whole: str | None = None) -> Letter:
    """What stands on the sheet, through DOCUMENT: with sensitive values masked, or the ``whole`` text where the viewer
    was given it for a reason (``RevealDocument``). A fixed number of queries. Raises ``Refused`` (``cases.not_found``)
    for what is not there, out of sight, or of a class that is not the viewer's to see.
    """
    standing = seen(viewer, case_id)
    inside = 0 < document_id <= LARGEST_ID
    row = Document.objects.filter(case_id=case_id, pk=document_id).first() if inside else None
    views = () if row is None else letters(viewer, standing, [row])
    if row is None or not views or views[0].hidden:
        raise Refused("cases.not_found", _("没有这份文件，或者它不在您的可见范围内。"))
    view = views[0]
    return policies.Letter(
        kind=standing.model.blocks.documents[row.document].label.zh,  # a letter is Chinese, whoever prints it
        number=view.number,
        title=view.title,
        text=view.text if whole is None else whole,
        seal=view.seal,
        day=written_day(local(row.written_at).date()),
        signers=_signers(standing, row),
        entry=_entry(row),
        written=moment(row.written_at, "zh"),
        by=row.written_by_name,
    )


def _signers(standing: Standing, row: Document) -> tuple[policies.Signer, ...]:
    """Who signed the step in which it was written. Two queries."""
    task = standing.task(row.task_id)
    signed = [each for each in standing.shares_of(task) if each.state == ShareState.DONE and each.kind in SIGNING]
    moves = list(Move.objects.filter(case_id=row.case_id, task_id=row.task_id))
    values = list(Row.objects.filter(case_id=row.case_id))
    found = []
    for share in signed:
        signature = verify_signature(share, task.step, moves, values)
        at = "" if share.acted_at is None else moment(share.acted_at, "zh")
        kept = signature is not None and signature.valid
        found.append(policies.Signer(share.acted_by_name, share.outcome, at, kept))
    return tuple(found)


def _entry(row: Document) -> int | None:
    """The entry of the ledger that tells of its writing. One query."""
    asked = ledger.EntryFilters(action="cases.write_document", subject_type="case", subject_id=str(row.case_id))
    told = ledger.entries_page(filters=asked).entries
    return next((each.id for each in told if each.data.get("id") == row.pk), None)
