"""The calendar of what is due: one's own duties and cases, and for a head those of the unit."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import NameHead
from keguan.runtime.processes.models import Case
from tests.cast import BINHAI, JIANGNAN
from tests.runtime.duties.world import contract, customer, only, until
from tests.runtime.processes.world import publish_policy, start

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.conftest import SignedIn

MARCH = "/duties/calendar/?month=2026-03"
MOST = 34
"""Queries: the shell takes nine of them, the policy and the calendar three, the rest are the two sources."""

DAY = re.compile(r'<li class="agenda__day.*?(?=<li class="agenda__day|</section>)', re.DOTALL)
NUMBER = re.compile(r'agenda__long">([^<]+)<')
ENTRY = re.compile(
    r'<li class="entry.*?<a href="([^"]+)">\s*<span class="entry__what">([^<]+)</span>'
    r'\s*<span class="entry__about">\s*([^<]*?)</span>(.*?)</li>',
    re.DOTALL,
)


@pytest.fixture
def both(office: Cast) -> int:
    """Duties and processes in force; 林晓's customer 苏晴 is a B, so that she owes her a visit this month."""
    publish_policy()
    found = customer(office.lin_xiao, "苏晴")
    contract(office.zhou_min, found)
    return found


def entries(client: Client, address: str = MARCH) -> dict[str, list[tuple[str, str, str]]]:
    """What the calendar shows: by day, where it leads, what it is, and about what."""
    found: dict[str, list[tuple[str, str, str]]] = {}
    for day in DAY.findall(client.get(address).content.decode()):
        number = NUMBER.search(day)
        assert number is not None
        here = [(url, what.strip(), about.strip()) for url, what, about, _rest in ENTRY.findall(day)]
        if here:
            found[number.group(1)] = here
    return found


def test_my_month_shows_what_i_owe_and_where_it_leads(both: int, office: Cast, signed_in: SignedIn) -> None:
    """林晓 finds her visit on the last of March and the complaint that she began on the day its total time ends; each
    leads to its page. 赵启, who has to judge it, finds his step on the next day, and nothing of hers.
    """
    case = start(office.lin_xiao, "complaint", both, {"matter": "空调不制冷"})
    browser = signed_in(office.lin_xiao)
    visit, call = only("visits", both), only("after_purchase", both)
    assert entries(browser) == {
        "2026-03-03 周二": [(f"/duties/{call.pk}/", "回访购房", "苏晴")],
        "2026-03-09 周一": [(f"/cases/{case.pk}/", f"{case.number} 全案", "苏晴")],
        "2026-03-31 周二": [(f"/duties/{visit.pk}/", "客户走访", "苏晴")],
    }
    assert browser.get(f"/duties/{visit.pk}/").status_code == 200
    assert entries(signed_in(office.zhao_qi)) == {
        "2026-03-03 周二": [(f"/cases/{case.pk}/", f"{case.number} 定责", "苏晴")]
    }
    assert entries(signed_in(office.fang_ming)) == {}


def test_a_head_sees_what_the_unit_owes(both: int, office: Cast, signed_in: SignedIn) -> None:
    """赵启 heads the branch: beside his own he can look at everybody's, with who owes it; the head of another branch
    sees nothing of it, and whoever heads none gets their own, whatever they ask for.
    """
    start(office.lin_xiao, "complaint", both, {"matter": "空调不制冷"})
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    NameHead(actor=SYSTEM, unit_id=office.units[BINHAI], staff_id=office.fang_ming.id).run()
    browser, address = signed_in(office.zhao_qi), f"{MARCH}&whose=people"
    assert 'href="/duties/calendar/?month=2026-03&amp;whose=people"' in browser.get(MARCH).content.decode()
    found = entries(browser, address)
    assert [what for _url, what, _about in found["2026-03-31 周二"]] == ["客户走访"]
    assert {what for _url, what, _about in found["2026-03-05 周四"]} == {"核对新客户"}
    assert '<span class="entry__who">林晓</span>' in browser.get(address).content.decode()
    for each in (url for day in found.values() for url, _what, _about in day):
        assert browser.get(each).status_code == 200
    assert entries(signed_in(office.fang_ming), address) == {}
    own = signed_in(office.lin_xiao)
    assert entries(own, address) == entries(own)
    assert "谁的日历" not in own.get(address).content.decode()


def test_what_is_late_says_so_and_a_full_day_opens(office: Cast, signed_in: SignedIn) -> None:
    """Three working days on, 许可's six checks are late: the day shows four, the others are opened, and the page counts
    them in words.
    """
    for number in range(6):
        customer(office.lin_xiao, f"客户{number}")
    until(2026, 3, 6, 9, 0)
    html = signed_in(office.xu_ke).get(MARCH).content.decode()
    assert len(entries(signed_in(office.xu_ke))["2026-03-05 周四"]) == 6
    assert html.count('<span class="pill pill--red">逾期 24 小时</span>') == 6
    assert '<span class="pill pill--red">逾期 6 件</span>' in html
    assert "还有 2 件" in html


def test_weeks_begin_on_monday_and_days_off_are_marked(office: Cast, signed_in: SignedIn) -> None:
    """May 2026 begins with Monday the 27th of April; the holiday and the day made up for it have their signs; the
    months before and after are a link, and a key, away.
    """
    html = signed_in(office.lin_xiao).get("/duties/calendar/?month=2026-05").content.decode()
    days = DAY.findall(html)
    found = [NUMBER.search(day) for day in days]
    assert [each.group(1) for each in found if each][0::34] == ["2026-04-27 周一", "2026-05-31 周日"]
    assert "agenda__day--off" in days[4]
    assert re.search(r'agenda__mark">休</span>\s*<span class="agenda__name">劳动节', days[4])
    made_up = next(day for day in days if "2026-05-09" in day)
    assert 'agenda__mark">班' in made_up
    assert 'href="/duties/calendar/?month=2026-04" rel="prev"' in html
    assert 'href="/duties/calendar/?month=2026-06" rel="next"' in html
    assert "data-turn" in html
    assert "这个月没有到期的事" in html


def test_what_rests_on_an_unsettled_year_is_provisional(both: int, office: Cast, signed_in: SignedIn) -> None:
    """A deed due in March 2027 and a notice due three working days after New Year's Eve are marked 暂定, with the
    reason, in the lists, on their pages, in the calendar and on the desk; what counts hours only is not.
    """
    until(2026, 12, 31, 9, 0)
    contract(office.zhou_min, both, signed_on="2026-12-01")
    deed = only("deeds", due_at__year=2027)
    browser, why = signed_in(office.xu_ke), "2027年的放假安排还没有公布或确认"
    for address in ("/duties/", "/duties/calendar/?month=2027-03", f"/duties/{deed.pk}/", "/desk/"):
        html = browser.get(address).content.decode()
        assert ">暂定</a>" in html, address
        assert why in html, address
    assert ">暂定</a>" not in browser.get(f"/duties/{only('checks', both).pk}/").content.decode()
    case = start(office.lin_xiao, "notice", both, complete=False)
    judged = start(office.lin_xiao, "complaint", both, {"matter": "漏水"})
    browser = signed_in(office.lin_xiao)
    for address in ("/cases/?box=started", f"/cases/{case.pk}/", "/duties/calendar/?month=2027-01"):
        html = browser.get(address).content.decode()
        assert ">暂定</a>" in html, address
        assert why in html, address
    assert ">暂定</a>" not in browser.get(f"/cases/{judged.pk}/").content.decode()


def test_more_entries_take_no_more_queries(both: int, office: Cast, signed_in: SignedIn) -> None:
    """One duty or five, one case or four: the same queries, within the budget, for oneself and for a head."""
    NameHead(actor=SYSTEM, unit_id=office.units[JIANGNAN], staff_id=office.zhao_qi.id).run()
    costs = []
    for count in (1, 3):
        for number in range(count):
            customer(office.lin_xiao, f"客户{number}")
            start(office.lin_xiao, "complaint", both, {"matter": "空调不制冷"})
        for member, address in ((office.xu_ke, MARCH), (office.zhao_qi, f"{MARCH}&whose=people")):
            browser = signed_in(member)
            browser.get(address)
            with CaptureQueriesContext(connection) as asked:
                browser.get(address)
            costs.append(len(asked))
            tables = [each["sql"] for each in asked if 'FROM "duties_duty" WHERE' in each["sql"]]
            assert len(tables) <= 1
    assert costs[0] == costs[2] <= MOST
    assert costs[1] == costs[3] <= MOST
    assert Case.objects.count() == 4


@pytest.mark.parametrize("asked", ["", "?month=nonsense", "?month=2026-13", "?month=1066-10"])
def test_what_is_no_month_is_this_one(office: Cast, signed_in: SignedIn, asked: str) -> None:
    """Whatever stands in the address, there is a month to look at."""
    answer = signed_in(office.lin_xiao).get(f"/duties/calendar/{asked}")
    assert answer.status_code == 200
    assert "<h1>2026年3月</h1>" in answer.content.decode()


def test_the_calendar_is_english_too(both: int, office: Cast, signed_in: SignedIn) -> None:
    """Whoever reads English finds no Chinese word of the page's own."""
    browser = signed_in(office.lin_xiao)
    browser.post("/language", {"language": "en", "next": MARCH})
    html = browser.get(MARCH).content.decode()
    assert "<h1>March 2026</h1>" in html
    assert "Last month" in html
    assert "2 duties and cases are due this month" in html
    assert '<span class="hush">Duty 18:00</span>' in html
