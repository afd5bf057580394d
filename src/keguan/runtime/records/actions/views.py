"""Keep and remove saved views: list queries with a name, each person's own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.conditions import conditions, order
from keguan.runtime.records.list_query import ListQuery
from keguan.runtime.records.lists import require_visible
from keguan.runtime.records.models import SavedView
from keguan.runtime.records.saved_views import sealed

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import QuerySet

LONGEST_NAME = 40
MOST_VIEWS = 50


@dataclass(frozen=True, kw_only=True)
class SaveView(ViewerAction[int]):
    """Keep a list query under a name; an earlier one of the same name is replaced. Gives the view's id."""

    name: ClassVar[str] = "records.save_view"
    record_type: str
    title: str
    query: ListQuery

    def check(self) -> None:
        """Refuse a missing or long name, too many views, and a query that the viewer may not ask."""
        model = policies.current().model
        require_visible(self.viewer, model, self.record_type)
        conditions(self.viewer, model, self.record_type, self.query.filters)
        order(self.viewer, model, self.record_type, self.query.sort)
        if not 0 < len(self.title.strip()) <= LONGEST_NAME:
            sentence = _("请给视图起一个名称，最多%(limit)s个字。") % {"limit": LONGEST_NAME}
            raise Refused("records.view", sentence, {"title": sentence})
        others = SavedView.objects.filter(staff_id=self.viewer.staff_id or 0, record_type=self.record_type)
        if self.viewer.staff_id is None or others.exclude(name=self.title.strip()).count() >= MOST_VIEWS:
            raise Refused("records.view", gettext_lazy("保存的视图太多，请先删除一些。"))

    def do(self) -> int:
        """Keep it."""
        view, _made = SavedView.objects.update_or_create(
            staff_id=self.viewer.staff_id or 0,
            record_type=self.record_type,
            name=self.title.strip(),
            defaults={"query": sealed(self.viewer.staff_id or 0, self.query)},
        )
        return int(view.pk)

    def log(self, result: int) -> Iterable[Record]:
        """The view's name; not its query, which may hold names of customers."""
        yield Record(
            action=self.name,
            subject_type="view",
            subject_id=result,
            data={"record_type": self.record_type, "title": self.title.strip()},
        )


@dataclass(frozen=True, kw_only=True)
class DeleteView(ViewerAction[None]):
    """Remove one of the viewer's own saved views."""

    name: ClassVar[str] = "records.delete_view"
    id: int

    def check(self) -> None:
        """Refuse a view that is not the viewer's."""
        if not self._views().exists():
            raise Refused("records.view", gettext_lazy("没有这个视图，或者它不是您的。"))

    def do(self) -> None:
        """Remove it."""
        self._views().delete()

    def log(self, result: None) -> Iterable[Record]:
        """Which view."""
        del result
        yield Record(action=self.name, subject_type="view", subject_id=self.id)

    def _views(self) -> QuerySet[SavedView]:
        return SavedView.objects.filter(pk=self.id, staff_id=self.viewer.staff_id or 0)
