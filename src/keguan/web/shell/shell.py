"""The frame around a page: menu, date, language, who is signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext

from keguan.runtime.access.rights import may, visible
from keguan.runtime.allocations.queries import claims, shares_out
from keguan.runtime.clock import drill, now, today
from keguan.runtime.decisions.queries import quotas_offered
from keguan.runtime.departures.queries import looks
from keguan.runtime.exports.queries import any_exports
from keguan.runtime.notifications import queries as notifications
from keguan.runtime.policies import queries as policies
from keguan.runtime.surveys.queries import any_surveys

if TYPE_CHECKING:
    from datetime import date, datetime

    from django.http import HttpRequest

    from keguan.language.model.model import Blocks, Model
    from keguan.runtime.access.viewer import Viewer


@dataclass(frozen=True, slots=True)
class MenuItem:
    """One line of the side menu."""

    label: str
    url: str
    current: bool


@dataclass(frozen=True, slots=True)
class Shell:
    """What the frame shows."""

    menu: tuple[tuple[MenuItem, ...], ...]
    today: date
    language: str
    name: str
    post: str
    unit: str
    demo: bool
    drill: datetime | None
    query: str
    unread: str


def shell(request: HttpRequest, viewer: Viewer) -> Shell:
    """The frame for this viewer at this address."""
    model = policies.current().model
    return Shell(
        menu=_menu(request.path, viewer, model),
        today=today(),
        language=viewer.language,
        name=viewer.name,
        post=_post(viewer, model),
        unit=viewer.unit_name,
        demo=settings.DEMO,
        drill=now() if drill.ahead() else None,
        unread=_unread(viewer),
        query=request.GET.get("q", "") if request.path == reverse("search") else "",
    )


def _unread(viewer: Viewer) -> str:
    """How many notices the viewer has not read: empty for none, ``99+`` for many."""
    count = notifications.unread(viewer)
    most = notifications.MOST_COUNTED
    return f"{most - 1}+" if count >= most else str(count or "")


def _menu(path: str, viewer: Viewer, model: Model) -> tuple[tuple[MenuItem, ...], ...]:
    records = tuple(
        _item(path, record_type.label.text(viewer.language), reverse("records:list", args=[record_type.code]))
        for record_type in model.record_types.values()
        if record_type.menu and visible(viewer, record_type)
    )
    groups = (tuple(_work(path, viewer, model.blocks)), records, tuple(_rest(path, viewer, model.blocks)))
    return tuple(group for group in groups if group)


def _work(path: str, viewer: Viewer, blocks: Blocks) -> list[MenuItem]:
    """What there is to do, and how it stands."""
    work = [_item(path, gettext("工作台"), reverse("desk"))]
    if blocks.duties:
        work.append(_item(path, gettext("待办"), reverse("duties:boxes")))
    if blocks.processes:
        work.append(_item(path, gettext("案件"), reverse("cases:boxes")))
        work.append(_item(path, gettext("统计"), reverse("statistics:first")))
    if blocks.metrics:
        work.append(_item(path, gettext("看板"), reverse("metrics:dashboard")))
    if blocks.quotas and quotas_offered(viewer):
        work.append(_item(path, gettext("名额"), reverse("quotas:first")))
    if any_surveys(viewer):
        work.append(_item(path, gettext("满意度"), reverse("surveys:overview")))
    if blocks.consequences:
        work.append(_item(path, gettext("奖惩"), reverse("consequences:boxes")))
    if claims(viewer):
        work.append(_item(path, gettext("公海"), reverse("pools:list")))
    if shares_out(viewer) and any(each.claiming is None for each in blocks.allocations.values()):
        work.append(_item(path, gettext("分配"), reverse("allocations:overview")))
    return work


def _rest(path: str, viewer: Viewer, blocks: Blocks) -> list[MenuItem]:
    """What the work is done by, and who may do it."""
    rest = [_item(path, gettext("制度"), reverse("policies:list"))]
    if may(viewer, "import"):
        rest.append(_item(path, gettext("导入"), reverse("imports:list")))
    if any_exports(viewer):
        rest.append(_item(path, gettext("导出"), reverse("exports:list")))
    if may(viewer, "audit"):
        rest.append(_item(path, gettext("账本"), reverse("ledger:list")))
    if blocks.retentions and any(may(viewer, each) for each in ("dispose", "hold", "audit")):
        rest.append(_item(path, gettext("保存与销毁"), reverse("retention:overview")))
    if looks(viewer):
        rest.append(_item(path, gettext("人员"), reverse("people:list")))
    rest.append(_item(path, gettext("设置"), reverse("settings")))
    return rest


def _item(path: str, label: str, url: str) -> MenuItem:
    return MenuItem(label, url, current=path.startswith(url))


def _post(viewer: Viewer, model: Model) -> str:
    """The labels of the viewer's roles."""
    roles = [model.roles[code].label.text(viewer.language) for code in viewer.roles if code in model.roles]
    return gettext("、").join(roles)
