"""The pages about notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.notifications.actions import tell
from keguan.runtime.notifications.channel_kinds import channel_kinds
from keguan.runtime.notifications.models import Channel, ContactPoint, Delivery, Notification, Preference
from keguan.runtime.notifications.outbox import deliver
from tests.cast import Cast
from tests.runtime.notifications.conftest import assigned, morning, stand_in
from tests.runtime.notifications.stand_in import StandIn, channel, reach
from tests.web.conftest import SignedIn

__all__ = ["morning", "stand_in"]


def text(response: Any) -> str:
    """The page as text."""
    found: str = response.content.decode()
    return found


def test_the_bell_counts(company: Cast, signed_in: SignedIn) -> None:
    """Every page tells how many notices are unread, and many as 99+."""
    client = signed_in(company.lin_xiao)
    assert "bell__count" not in text(client.get("/settings/"))
    tell([assigned(company.lin_xiao.id, number) for number in range(3)])
    assert '<span class="bell__count">3<' in text(client.get("/settings/"))
    tell([assigned(company.lin_xiao.id, number) for number in range(3, 130)])
    assert '<span class="bell__count">99+<' in text(client.get("/settings/"))


def test_the_inbox_opens_within_its_budget(company: Cast, signed_in: SignedIn) -> None:
    """The list costs one query more than the frame, however long it is."""
    client = signed_in(company.lin_xiao)
    with CaptureQueriesContext(connection) as empty:
        assert "还没有通知" in text(client.get("/notifications/"))
    tell([assigned(company.lin_xiao.id, number, clause="property-developer#grade") for number in range(80)])
    with CaptureQueriesContext(connection) as full:
        page = text(client.get("/notifications/"))
    assert len(full) == len(empty) <= 10
    assert (page.count("notices__row--unread"), "更早的通知" in page, "第四条" in page) == (30, True, True)


def test_following_a_notice_reads_it(company: Cast, signed_in: SignedIn) -> None:
    """Whoever follows a notice has read it; a stranger finds nothing there."""
    tell([assigned(company.lin_xiao.id)])
    notice = Notification.objects.get()
    assert signed_in(company.fang_ming).get(f"/notifications/{notice.pk}/").status_code == 404
    assert signed_in(company.lin_xiao).get(f"/notifications/{notice.pk}/").status_code == 302
    notice.refresh_from_db()
    assert notice.read_at is not None


def test_all_are_read_up_to_what_was_seen(company: Cast, signed_in: SignedIn) -> None:
    """The button reads what the page showed, not what came meanwhile; nonsense reads nothing."""
    client = signed_in(company.lin_xiao)
    tell([assigned(company.lin_xiao.id)])
    seen = Notification.objects.get().pk
    tell([assigned(company.lin_xiao.id, 2)])
    client.post("/notifications/read/", {"newest": "x"})
    assert Notification.objects.filter(read_at=None).count() == 2
    client.post("/notifications/read/", {"newest": str(seen)})
    assert [each.case_id for each in Notification.objects.filter(read_at=None)] == [2]
    assert "没有未读的通知" not in text(client.get("/notifications/?unread=1"))


def test_preferences_are_kept(company: Cast, signed_in: SignedIn, stand_in: StandIn) -> None:
    """The form keeps channels, rhythm and quiet hours; a wrong time is said and nothing is kept."""
    row = channel()
    client = signed_in(company.lin_xiao)
    groups = {f"digest-{group}": "at_once" for group in ("todo", "deadline", "result", "system")}
    form = {**groups, "digest-news": "hourly", "channel-news": str(row.pk), "since": "21:30", "until": "07:15"}
    wrong = client.post("/notifications/preferences/", {**form, "since": "half past nine"})
    assert (wrong.status_code, Preference.objects.count()) == (422, 0)
    assert client.post("/notifications/preferences/", form).status_code == 302
    page = text(client.get("/notifications/preferences/"))
    assert ('value="21:30"' in page, 'value="07:15"' in page) == (True, True)
    kept = Preference.objects.get(staff_id=company.lin_xiao.id, group="news")
    assert (kept.channels, kept.digest) == ([row.pk], "hourly")


def test_an_address_is_confirmed(company: Cast, signed_in: SignedIn, stand_in: StandIn, morning: datetime) -> None:
    """Registered, a code asked for, typed: from masked and waiting to confirmed; a wrong one is said."""
    channel()
    client = signed_in(company.lin_xiao)
    assert client.post("/notifications/contacts/email/", {"address": "nonsense"}).status_code == 422
    client.post("/notifications/contacts/email/", {"address": "lin@example.com"})
    page = text(client.get("/notifications/preferences/"))
    assert ("待确认" in page, "l***@example.com" in page, "lin@example.com" in page) == (True, True, False)
    client.post("/notifications/contacts/email/code/")
    deliver()
    assert client.post("/notifications/contacts/email/confirm/", {"code": "12"}).status_code == 422
    code = "".join(each for each in stand_in.messages[0].sentences[0] if each.isdigit())[:6]
    client.post("/notifications/contacts/email/confirm/", {"code": code})
    assert ContactPoint.objects.get().verified
    assert "已确认" in text(client.get("/notifications/preferences/"))


@pytest.mark.parametrize("address", ["channels/", "channels/new/email/", "channels/1/", "deliveries/", "trials/1/"])
def test_channels_are_the_administrators(company: Cast, signed_in: SignedIn, address: str) -> None:
    """Everybody else is told so."""
    refused = signed_in(company.zhou_min).get(f"/notifications/{address}")
    assert refused.status_code == 403
    assert "通知渠道由系统管理员维护。" in text(refused)


def test_every_kind_of_channel_has_its_form(company: Cast, signed_in: SignedIn) -> None:
    """Each way out can be set up on a page; its secrets are password fields, and no kind is unknown."""
    client = signed_in(company.guan_li)
    listed = text(client.get("/notifications/channels/"))
    assert len(channel_kinds()) == 9
    for kind in channel_kinds():
        assert f"/notifications/channels/new/{kind.code}/" in listed
        page = text(client.get(f"/notifications/channels/new/{kind.code}/"))
        assert page.count('type="password"') == sum(each.secret for each in kind.settings)
    assert client.get("/notifications/channels/new/pigeon/").status_code == 404


def test_a_channel_is_set_up_and_tried(
    company: Cast, signed_in: SignedIn, stand_in: StandIn, morning: datetime
) -> None:
    """What is missing is said at its field; then it is stored, its secret never shown again, switched and tried."""
    reach(company.guan_li.id, "admin@example.com", morning)
    client = signed_in(company.guan_li)
    wrong = client.post("/notifications/channels/new/stand_in/", {"label": "邮件", "place": "", "secret": ""})
    assert (wrong.status_code, "请填写“地点”。" in text(wrong), Channel.objects.count()) == (422, True, 0)
    client.post("/notifications/channels/new/stand_in/", {"label": "邮件", "place": "here", "secret": "geheim"})
    row = Channel.objects.get()
    page = text(client.get(f"/notifications/channels/{row.pk}/"))
    assert ("geheim" in page, 'value="here"' in page, "发一条试试" in page) == (False, True, True)
    assert client.post(f"/notifications/channels/{row.pk}/", {"label": "", "place": "x"}).status_code == 422
    client.post(f"/notifications/channels/{row.pk}/", {"label": "邮箱", "place": "there", "secret": ""})
    begun = client.post(f"/notifications/channels/{row.pk}/try/")
    assert "正在试发" in text(client.get(begun["Location"]))
    deliver()
    assert "对方已接受" in text(client.get(begun["Location"], headers={"HX-Request": "true"}))
    assert stand_in.given == [{"place": "there", "secret": "geheim"}]
    client.post(f"/notifications/channels/{row.pk}/switch/", {"enabled": "0"})
    row.refresh_from_db()
    assert row.enabled is False


def test_the_log(company: Cast, signed_in: SignedIn, stand_in: StandIn, morning: datetime) -> None:
    """The administrator sees to whom and how it went, not what was said, and may send again what did not arrive."""
    from keguan.runtime.notifications.channel_kinds import MaybeSent

    channel()
    reach(company.lin_xiao.id, "lin@example.com", morning)
    tell([assigned(company.lin_xiao.id, number) for number in (1, 2)])
    stand_in.answers = [MaybeSent("连接中断。")] * 2
    deliver()
    client = signed_in(company.guan_li)
    page = text(client.get("/notifications/deliveries/?state=uncertain"))
    assert ("l***@example.com" in page, "连接中断。" in page, "TS-202611" in page) == (True, True, False)
    first, second = Delivery.objects.filter(state="uncertain").order_by("id")
    client.post(f"/notifications/deliveries/{first.pk}/settle/")
    client.post(f"/notifications/deliveries/{second.pk}/again/")
    first.refresh_from_db()
    second.refresh_from_db()
    assert (first.state, second.state) == ("sent", "waiting")
    assert "没有符合条件的记录" in text(client.get("/notifications/deliveries/?state=failed&channel=99"))
