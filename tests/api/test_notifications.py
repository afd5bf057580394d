"""Notices and deliveries over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.notifications.actions import tell
from keguan.runtime.notifications.models import Notification
from keguan.runtime.tokens.scopes import Scope
from tests.runtime.notifications.conftest import assigned

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast


def test_ones_own_notices(company: Cast, program: Callable[..., Program]) -> None:
    """林晓's program reads and marks her notices, and cannot touch 赵启's."""
    tell([assigned(company.lin_xiao.id, number) for number in (1, 2)] + [assigned(company.zhao_qi.id)])
    hers = program(company.lin_xiao, Scope.NOTIFICATIONS)
    page = hers.get("/notifications/").json()
    assert ([each["case_id"] for each in page["notices"]], page["unread"], page["next"]) == ([2, 1], 2, None)
    newest, oldest = (each["id"] for each in page["notices"])
    assert [hers.post(f"/notifications/{oldest}/read", {}).json() for _twice in range(2)] == [{"read": 1}, {"read": 0}]
    his = Notification.objects.get(staff_id=company.zhao_qi.id)
    refused = hers.post(f"/notifications/{his.pk}/read", {})
    assert (refused.status_code, refused.json()["id"]) == (404, "notifications.missing")
    assert hers.post("/notifications/read", {"up_to": newest}).json() == {"read": 1}
    assert hers.get("/notifications/?unread_only=true").json()["notices"] == []
    his.refresh_from_db()
    assert his.read_at is None


def test_the_log_is_the_administrators(company: Cast, program: Callable[..., Program]) -> None:
    """管理 reads what went out; 林晓 does not; a token without the scope reads nothing."""
    assert program(company.guan_li).get("/notifications/deliveries").json() == {"deliveries": [], "next": None}
    assert program(company.lin_xiao).get("/notifications/deliveries").status_code == 403
    assert program(company.lin_xiao, Scope.IMPORTS).get("/notifications/").status_code == 403
