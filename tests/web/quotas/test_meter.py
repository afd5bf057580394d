"""The page of a quota: groups, room, names as links; the empty states; both languages."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from tests.credit import lend

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


def test_the_page_tells_room_and_names(cast: Cast, afternoon: datetime, signed_in: SignedIn) -> None:
    """东区 is full; the one who would fall and the one who would rise open their records; the menu leads here."""
    ids = lend(cast)
    browser = signed_in(cast.xu_ke)
    answer = browser.get("/quotas/", follow=True)
    page = " ".join(html.unescape(answer.content.decode()).split())
    assert answer.redirect_chain == [("/quotas/vip_quota/", 302)]
    assert "用 1，上限 1" in page
    assert "已满" in page
    assert f'<a href="/records/account/{ids["滨海水泥"]}/">滨海水泥</a>' in page
    assert f'<a href="/records/account/{ids["云岭建材"]}/">云岭建材</a>' in page
    assert 'href="/quotas/"' in page


def test_who_may_see_none_is_told_what_to_do(cast: Cast, afternoon: datetime, signed_in: SignedIn) -> None:
    """周敏 is told that there is none for them, and has no entry in the menu; the address itself is refused."""
    lend(cast)
    browser = signed_in(cast.zhou_min)
    page = html.unescape(browser.get("/quotas/").content.decode())
    assert "没有可以看的名额" in page
    assert 'href="/quotas/"' not in page
    assert browser.get("/quotas/vip_quota/").status_code in (403, 404)


def test_the_reason_stands_on_the_record(cast: Cast, afternoon: datetime, signed_in: SignedIn) -> None:
    """The record of 云岭 says that it fell, by which clause."""
    ids = lend(cast)
    page = html.unescape(signed_in(cast.xu_ke).get(f"/records/account/{ids['云岭建材']}/").content.decode())
    assert "贵宾 → 优选" in page
    assert "名额只有 0 个，改为 优选" in page
