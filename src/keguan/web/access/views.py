"""The classes of information with who answers for them, and for one kind of record who may do what with which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from keguan.language.model.access import Permission, Right
from keguan.language.model.classes import Display
from keguan.language.model.model import RowScope
from keguan.runtime.access import overview
from keguan.runtime.policies import queries as policies
from keguan.web.shell.page import Page, staff_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from keguan.language.model.model import ClauseRef
    from keguan.runtime.access.overview import RightsRow

RIGHTS: dict[Right, Promise] = {
    Right.SEE: _("看"),
    Right.CHANGE: _("改"),
    Right.EXPORT: _("导出"),
    Right.PRINT: _("打印"),
    Right.REVEAL: _("原文"),
}
PERMISSIONS: dict[Permission, tuple[Promise, str]] = {
    Permission.YES: (_("可以"), "pill--green"),
    Permission.MASKED: (_("遮盖"), ""),
    Permission.APPROVAL: (_("须审批"), "pill--amber"),
}
SCOPES: dict[RowScope, Promise] = {
    RowScope.OWN: _("本人的"),
    RowScope.UNIT: _("本部门及下级的"),
    RowScope.ALL: _("全部"),
}
DISPLAYS: dict[Display, Promise] = {
    Display.AS_GRANTED: _("按权限"),
    Display.MASKED: _("对谁都遮盖"),
    Display.NEVER: _("从不显示"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the table of rights: texts, and each right as (name, text or empty, the pill's style)."""

    role: str
    information_class: str
    secrecy: bool | None
    rights: tuple[tuple[Promise, Promise | str, str], ...]
    scope: Promise
    condition: str
    clause: ClauseRef


@staff_page
def classes(page: Page) -> HttpResponse:
    """Every class with its level, its responsible unit and its purposes; and the kinds of records to look at."""
    model, language = policies.current().model, page.viewer.language
    cards = [
        {
            "card": card,
            "label": card.label if card.declared is None else card.declared.label.text(language),
            "display": DISPLAYS[card.display],
            "held": [(label.text(language), count, sensitive) for label, count, sensitive in card.held],
        }
        for card in overview.classes(model)
    ]
    types = [
        (code, declared.label.text(language), overview.level_of_type(model, code))
        for code, declared in model.record_types.items()
    ]
    context = {"cards": cards, "types": types, "levels": model.protection_levels}
    return page.answer("access/classes.html", context)


@staff_page
def rights(page: Page, record_type: str) -> HttpResponse:
    """Who may do what with one kind of record, and what its computed values come from."""
    model, language = policies.current().model, page.viewer.language
    if record_type not in model.record_types:
        raise Http404(record_type)
    found = overview.rights_over(model, record_type)
    context = {
        "found": found,
        "label": found.label.text(language),
        "lines": [_line(row, language) for row in found.rows],
        "computed": [
            (each, each.label.text(language), [(source, source.label.text(language)) for source in each.sources])
            for each in found.computed
        ],
        "headings": RIGHTS.values(),
        "types": [
            (code, declared.label.text(language), code == record_type) for code, declared in model.record_types.items()
        ],
    }
    return page.answer("access/rights.html", context)


def _line(row: RightsRow, language: str) -> Line:
    given = []
    for right, name in RIGHTS.items():
        text, style = PERMISSIONS.get(row.rights.get(right, Permission.NO), ("", ""))
        given.append((name, text, style))
    return Line(
        row.role.text(language),
        row.information_class,
        row.secrecy,
        tuple(given),
        SCOPES[row.scope],
        row.condition,
        row.clause,
    )
