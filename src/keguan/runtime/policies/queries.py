"""What may be asked about policies."""

from __future__ import annotations

from keguan.runtime.policies.documents import (
    STATUSES,
    Coverage,
    Document,
    Version,
    clause_status,
    coverage,
    coverage_of,
    document,
    documents,
    evidence,
    published_packs,
    versions_of,
)
from keguan.runtime.policies.draft import checked_draft
from keguan.runtime.policies.drafts import DraftCard, DraftText, draft, drafts
from keguan.runtime.policies.drafts import Move as DraftMove
from keguan.runtime.policies.evidence import Evidence, register_evidence
from keguan.runtime.policies.hooks import on_publish
from keguan.runtime.policies.in_force import Current, at, current, forget, in_force_on, latest, pinned
from keguan.runtime.policies.language_door import Difference
from keguan.runtime.policies.reading import Reader, Receipts, receipts, unread
from keguan.runtime.policies.steps import EDITABLE, OPERATIONS, State, Step, direct, steps
from keguan.runtime.policies.trial import Flow, Movement, Trial, changed, trial

__all__ = [
    "EDITABLE",
    "OPERATIONS",
    "STATUSES",
    "Coverage",
    "Current",
    "Difference",
    "Document",
    "DraftCard",
    "DraftMove",
    "DraftText",
    "Evidence",
    "Flow",
    "Movement",
    "Reader",
    "Receipts",
    "State",
    "Step",
    "Trial",
    "Version",
    "at",
    "changed",
    "checked_draft",
    "clause_status",
    "coverage",
    "coverage_of",
    "current",
    "direct",
    "document",
    "documents",
    "draft",
    "drafts",
    "evidence",
    "forget",
    "in_force_on",
    "latest",
    "on_publish",
    "pinned",
    "published_packs",
    "receipts",
    "register_evidence",
    "steps",
    "trial",
    "unread",
    "versions_of",
]
