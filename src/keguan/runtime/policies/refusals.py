"""Why a policy is not published: the refusal that carries diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.diagnostics.diagnostic import Severity
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.compiled import compiled
from keguan.runtime.policies.draft import continuity
from keguan.runtime.policies.spoken import spoken

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model
    from keguan.language.source import PackSource
    from keguan.runtime.policies.in_force import Current

_ENDS = tuple("。？！.?!")


class PolicyRefused(Refused):
    """The text cannot be published; ``diagnostics`` say where and why."""

    def __init__(self, diagnostics: Sequence[Diagnostic]) -> None:
        errors = [found for found in diagnostics if found.severity is Severity.ERROR]
        message = _("制度有 %(count)s 处错误，没有发布。第一处在 %(place)s：%(message)s") % {
            "count": len(errors),
            "place": errors[0].span,
            "message": _ended(errors[0].message(spoken())),
        }
        super().__init__("policies.invalid", message)
        self.diagnostics = tuple(diagnostics)


def _ended(sentence: str) -> str:
    """The sentence with a full stop, unless it ends in a sign of its own."""
    return sentence if sentence.endswith(_ENDS) else sentence + ("." if spoken() == "en" else "。")


def linked(sources: Sequence[PackSource], last: Current | None) -> Model:
    """The model of these texts. Raises ``PolicyRefused`` when the language finds an error, or when what is kept under
    ``last`` and the publications before it would be lost or misread.
    """
    checked = compiled(sources)
    if checked.model is None:
        raise PolicyRefused(checked.diagnostics)
    lost = () if last is None else continuity(last.model, checked.model)
    if lost:
        raise PolicyRefused(lost)
    return checked.model
