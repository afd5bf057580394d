"""Paper: a Word or plain-text policy brought in as a draft, a policy taken out for signature, a letter of a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from keguan.language.paper.bring import Brought, Dropped, bring_in
from keguan.language.paper.content import Unreadable
from keguan.language.paper.cover import Receipt, Signature
from keguan.language.paper.letter import Letter, Signer, print_letter
from keguan.language.paper.sheets import sheets
from keguan.language.paper.suggestions import Suggestion, suggestions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from keguan.language.model.model import Policy

__all__ = [
    "Brought",
    "Dropped",
    "Letter",
    "Receipt",
    "Signature",
    "Signer",
    "Suggestion",
    "Unreadable",
    "bring_in",
    "print_letter",
    "print_policy",
    "suggestions",
]


def print_policy(
    policy: Policy,
    form: Literal["docx", "pdf"],
    printed: date,
    signed: Sequence[Signature] = (),
    readers: Sequence[Receipt] = (),
) -> bytes:
    """A version of a policy for signature: numbered text, particulars, signatures and the read-receipt sheet.

    ``printed`` is the day on the sheet. Raises ``Unreadable`` when a PDF cannot be set for want of a Chinese font.
    """
    made = sheets(policy, printed, signed, readers)
    if form == "docx":
        from keguan.language.paper.into_word import into_word

        return into_word(made)
    from keguan.language.paper.into_pdf import into_pdf

    return into_pdf(made)
