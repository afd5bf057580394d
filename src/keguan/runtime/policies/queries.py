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
from keguan.runtime.policies.draft import changed, checked_draft
from keguan.runtime.policies.drafts import DraftCard, DraftText, draft, drafts, free_name, origin_of
from keguan.runtime.policies.drafts import Move as DraftMove
from keguan.runtime.policies.evidence import Evidence, register_evidence
from keguan.runtime.policies.hooks import on_publish
from keguan.runtime.policies.in_force import Current, at, current, forget, in_force_on, latest, pinned, several
from keguan.runtime.policies.language_door import Difference, Letter, Signer, Suggestion, suggestions
from keguan.runtime.policies.origins import LeftOut, Origin
from keguan.runtime.policies.printing import (
    MEDIA_TYPES,
    Form,
    Paper,
    printed_draft,
    printed_letter,
    printed_version,
)
from keguan.runtime.policies.reading import Reader, Receipts, receipts, unread
from keguan.runtime.policies.role_rules import RoleClash, role_clashes
from keguan.runtime.policies.steps import EDITABLE, OPERATIONS, State, Step, direct, steps

__all__ = [
    "EDITABLE",
    "MEDIA_TYPES",
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
    "Form",
    "LeftOut",
    "Letter",
    "Origin",
    "Paper",
    "Reader",
    "Receipts",
    "RoleClash",
    "Signer",
    "State",
    "Step",
    "Suggestion",
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
    "free_name",
    "in_force_on",
    "latest",
    "on_publish",
    "origin_of",
    "pinned",
    "printed_draft",
    "printed_letter",
    "printed_version",
    "published_packs",
    "receipts",
    "register_evidence",
    "role_clashes",
    "several",
    "steps",
    "suggestions",
    "unread",
    "versions_of",
]
