"""Whose the rows will be: the named member of staff's, or as records decide for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.access import rights
from keguan.runtime.access.viewer import Place
from keguan.runtime.imports.mapping.targets import OWNER
from keguan.runtime.imports.rows.line import Problem
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.imports.rows.line import Line
    from keguan.runtime.org.queries import StaffCard


class Owners:
    """Finds owners by name or user name among the staff of the day. Two people of one name need user names."""

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._found: dict[str, list[StaffCard]] = {}
        for card in org.staff():
            if card.is_active:
                for name in {card.name, card.username}:
                    self._found.setdefault(name, []).append(card)
        self._allowed: dict[Place, bool] = {}

    def settle(self, lines: Iterable[Line], headings: Mapping[str, str]) -> None:
        """Fill in owner and unit of each line that names one, or add a problem to it. The others stay open: a record
        takes the owner of what it belongs to, or else the importer.
        """
        heading = headings.get(OWNER, "")
        for line in lines:
            if line.owner:
                cards = self._found.get(line.owner) or self._found.get("".join(line.owner.split())) or []
                if sentence := self._wrong(cards):
                    line.problems.append(Problem(OWNER, heading, line.owner[:20], sentence))
                else:
                    line.owner_id, line.unit_id = cards[0].id, cards[0].unit_id
            elif line.parent is not None and not self._may_file(line.parent):
                sentence = _("它所属的档案不归您管辖，不能为它登记。请联系它的归属人。")
                line.problems.append(Problem("", "", "", sentence))

    def _wrong(self, cards: list[StaffCard]) -> str:
        if not cards:
            return _("没有这位在职人员。请填写姓名或登录名，或者留空。")
        if len(cards) > 1:
            return _("有几位同名的人员，请改填登录名。")
        if self._may_file(Place(cards[0].id, cards[0].unit_id)):
            return ""
        return _("这位人员不在您的管辖范围内，不能把档案归到他（她）名下。")

    def _may_file(self, place: Place) -> bool:
        if place not in self._allowed:
            self._allowed[place] = rights.may(self._viewer, "import", place)
        return self._allowed[place]
