"""查看原文: one sensitive value of a form, or the whole of a document, for a reason that goes into the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext_lazy as _

from keguan.runtime.access.actions import SHORTEST_REASON, ViewerAction
from keguan.runtime.access.document_text import open_document
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.form_sight import Filled
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.processes.forms.held import held
from keguan.runtime.processes.models import Document
from keguan.runtime.processes.sight import form_sight, seen
from keguan.runtime.processes.writing.classes import classes_in

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.form import Form, FormField
    from keguan.runtime.processes.standing import Standing


@dataclass(frozen=True, kw_only=True)
class RevealValue(ViewerAction[str]):
    """Show one sensitive value of a case's form in full. An empty one is the empty text."""

    name: ClassVar[str] = "cases.reveal"
    case_id: int
    form: str
    field: str
    reason: str

    def check(self) -> None:
        """Refuse a missing reason, a case out of sight, and what is no sensitive field of a form of the case."""
        _reason(self.reason)
        self._declared  # noqa: B018 - asked for its refusals

    def do(self) -> str:
        """Open the value. Raises ``Refused`` outside the scope for originals."""
        form, field = self._declared
        stands = held(self._standing).get((form.code, field.code), Filled())
        return form_sight(self.viewer, self._standing, Exit.REVEAL).revealed(form.code, field, stands)

    def log(self, result: str) -> Iterable[Record]:
        """Who saw which field of which case and why; not what they saw."""
        del result
        form, field = self._declared
        yield Record(
            action=self.name,
            subject_type="case",
            subject_id=self.case_id,
            clause=f"{form.clause.pack}#{form.clause.anchor}",
            data={"form": form.code, "field": field.code, "reason": self.reason.strip()},
        )

    @cached_property
    def _standing(self) -> Standing:
        return seen(self.viewer, self.case_id)

    @cached_property
    def _declared(self) -> tuple[Form, FormField]:
        form = self._standing.model.blocks.forms.get(self.form)
        own = {step.form for step in self._standing.process.steps}
        field = None if form is None else next((each for each in form.fields if each.code == self.field), None)
        if form is None or field is None or form.code not in own:
            raise Refused("reveal.field", _("表单里没有这一项。"))
        return form, field


@dataclass(frozen=True, kw_only=True)
class RevealDocument(ViewerAction[str]):
    """Show the whole text of a document in which sensitive values are meant to stand."""

    name: ClassVar[str] = "cases.reveal_document"
    case_id: int
    document_id: int
    reason: str

    def check(self) -> None:
        """Refuse a missing reason, a case or document out of sight, and whoever may see no originals of the case."""
        _reason(self.reason)
        sight, model = form_sight(self.viewer, self._standing, Exit.REVEAL), self._standing.model
        classes = classes_in(model, model.blocks.documents[self._document.document])
        if not all(map(sight.sees_class, classes)):
            raise Refused("cases.not_found", _("没有这份文件，或者它不在您的可见范围内。"))
        if not all(map(sight.reveals_class, classes)):
            raise Refused("reveal.scope", _("这份档案的原文不在您的原文范围内。确有需要时，请联系本部门负责人。"))

    def do(self) -> str:
        """The whole text; where nothing is sealed, the text as everybody reads it."""
        found = self._document
        if found.sealed is None:
            return found.text
        return open_document(found.case_id, found.task_id, found.document, bytes(found.sealed))

    def log(self, result: str) -> Iterable[Record]:
        """Who read which document and why."""
        del result
        clause = self._standing.model.blocks.documents[self._document.document].clause
        yield Record(
            action=self.name,
            subject_type="case",
            subject_id=self.case_id,
            clause=f"{clause.pack}#{clause.anchor}",
            data={"document": self.document_id, "reason": self.reason.strip()},
        )

    @cached_property
    def _standing(self) -> Standing:
        return seen(self.viewer, self.case_id)

    @cached_property
    def _document(self) -> Document:
        found = Document.objects.filter(case_id=self._standing.case.pk, pk=self.document_id).first()
        if found is None:
            raise Refused("cases.not_found", _("没有这份文件，或者它不在您的可见范围内。"))
        return found


def _reason(reason: str) -> None:
    if len(reason.strip()) < SHORTEST_REASON:
        message = _("请写明查看原文的事由，至少%(count)s个字。") % {"count": SHORTEST_REASON}
        raise Refused("reveal.reason", message, {"reason": message})
