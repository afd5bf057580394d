"""What may be asked about policies."""

from __future__ import annotations

from keguan.runtime.policies.documents import (
    STATUSES,
    Coverage,
    Document,
    Version,
    clause_status,
    coverage,
    document,
    documents,
    evidence,
    published_packs,
    versions_of,
)
from keguan.runtime.policies.draft import checked_draft
from keguan.runtime.policies.evidence import Evidence, register_evidence
from keguan.runtime.policies.hooks import on_publish
from keguan.runtime.policies.in_force import Current, at, current, forget, in_force_on, latest, pinned
from keguan.runtime.policies.trial import Flow, Movement, Trial, trial

__all__ = [
    "STATUSES",
    "Coverage",
    "Current",
    "Document",
    "Evidence",
    "Flow",
    "Movement",
    "Trial",
    "Version",
    "at",
    "checked_draft",
    "clause_status",
    "coverage",
    "current",
    "document",
    "documents",
    "evidence",
    "forget",
    "in_force_on",
    "latest",
    "on_publish",
    "pinned",
    "published_packs",
    "register_evidence",
    "trial",
    "versions_of",
]
