"""The work panel of the desk: what waits for a person, each with its box, its clause and where it leads."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.consequences.models import Proposal
from keguan.runtime.duties.models import Duty
from tests.runtime.consequences.conftest import monday
from tests.runtime.consequences.world import publish_policy as publish_consequences
from tests.runtime.duties.world import contract, customer, until
from tests.runtime.processes.world import publish_policy as publish_processes
from tests.runtime.processes.world import start

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

__all__ = ["monday"]

MOST = 60
MATTER = {"matter": "空调不制冷"}


@pytest.fixture
def office(company: Cast, monday: None) -> Cast:
    """Processes, duties and consequences in force; 报备 is the one of the consequences' tests."""
    publish_processes(
        "1.0.0",
        ("报备 (notice)", "预报 (prenotice)"),
        ("| 报备 | noticed | | 报备 |", "| 预报 | noticed | | 预报 |"),
        ("→ 报备 |\n| 预报", "→ 预报 |\n| 预报"),
    )
    publish_consequences()
    return company


def test_each_finds_what_waits_for_them(office: Cast, signed_in: SignedIn) -> None:
    """赵启 finds the complaint that he judges, 许可 the call after a purchase, 周敏 the fine to be decided; each panel
    leads to the thing and to its box with how many there are; nobody finds another's.
    """
    found = customer(office.lin_xiao, "苏晴")
    contract(office.zhou_min, found)
    until(2026, 3, 5, 9, 0)
    case = start(office.lin_xiao, "complaint", found, MATTER)
    judging = signed_in(office.zhao_qi).get("/desk/").content.decode()
    assert 'id="my-cases"' in judging
    assert f'<a href="/cases/{case.pk}/" data-row-link>{case.number}</a>' in judging
    assert 'href="/cases/?box=todo">待我办理 1</a>' in judging
    assert "my-proposals" not in judging
    call, fine = Duty.objects.get(duty="after_purchase"), Proposal.objects.get(consequence="check_results", row=1)
    calling = signed_in(office.xu_ke).get("/desk/").content.decode()
    assert 'id="my-duties"' in calling
    assert f'<a href="/duties/{call.pk}/" data-row-link>回访购房</a>' in calling
    assert "逾期" in calling
    assert '<a class="clause" href="/policies/consequence-tests/#checks">条款</a>' in calling
    assert 'href="/duties/calendar/">日历</a>' in calling
    deciding = signed_in(office.zhou_min).get("/desk/").content.decode()
    assert f'href="/consequences/{fine.pk}/">罚款' in deciding
    assert "my-proposals" not in calling
    assert case.number not in calling
    stranger = signed_in(office.fang_ming).get("/desk/").content.decode()
    assert not any(panel in stranger for panel in ("my-cases", "my-duties", "my-proposals"))


def test_a_desk_shows_the_soonest_and_leads_to_the_rest(office: Cast, signed_in: SignedIn) -> None:
    """Of ten checks the eight that are due first stand on the desk; the box says that there are ten."""
    for number in range(10):
        customer(office.lin_xiao, f"客户{number}")
    html = signed_in(office.lin_xiao).get("/desk/").content.decode()
    assert html.count("核对新客户</a>") == 8
    assert 'href="/duties/?box=all">' in html
    assert "全部待办 10</a>" in html.replace("\n", "").replace("  ", "")


def test_more_work_takes_no_more_queries(office: Cast, signed_in: SignedIn) -> None:
    """One case and one duty, or four of each: the same queries, within the budget."""
    costs = []
    for count in (1, 3):
        for number in range(count):
            found = customer(office.lin_xiao, f"客户{number}")
            start(office.lin_xiao, "complaint", found, MATTER)
        browser = signed_in(office.zhao_qi)
        browser.get("/desk/")
        with CaptureQueriesContext(connection) as asked:
            browser.get("/desk/")
        costs.append(len(asked))
    assert costs[0] == costs[1] <= MOST


def test_the_panel_is_english_too(office: Cast, signed_in: SignedIn) -> None:
    """Whoever reads English finds the headings of their work in English."""
    start(office.lin_xiao, "complaint", customer(office.lin_xiao), MATTER)
    for member, heading in ((office.zhao_qi, "Cases that wait for me"), (office.lin_xiao, "My duties")):
        browser = signed_in(member)
        browser.post("/language", {"language": "en", "next": "/desk/"})
        html = browser.get("/desk/").content.decode()
        assert f"<h2>{heading}</h2>" in html
        assert ">Calendar</a>" in html
