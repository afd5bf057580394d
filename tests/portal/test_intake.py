"""A customer's whole way through the portal."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext, override_settings

from keguan.runtime.intake.models import Knock, Submission
from keguan.runtime.processes.models import Case, CaseState
from tests.portal.browser import BEGIN, begin, fill_in, look_up, mark_in, receipt_of
from tests.runtime.intake.world import Desk, complete


def test_the_whole_way(desk: Desk, client: Client) -> None:
    """From the first page to the answer: what may be begun, the receipt, where it stands, what the company says."""
    first = client.get("/portal/").content.decode()
    assert BEGIN in first
    assert "7天内办结（制度第三条 处理流程）" in first
    number, code = begin(client)
    assert number == "TS-202603-0001"
    page = look_up(client, number, code)
    assert "正在核实" in page
    assert "公司承诺最迟 2026-03-09 周一 09:00 办结。" in page
    assert "这一步最迟 2026-03-03 周二 09:00 办完。" in page
    assert "依据：《申诉和投诉处理程序》第三条 处理流程" in page
    case = Case.objects.get(number=number)
    complete(desk.head, case, "judging", {"founded": "不成立", "founded_reason": "客户记错了日期"})
    complete(desk.clerk, case, "declining", {"decline_reply": "经核对，报告按约定日期送达。"})
    page = look_up(client, number, code)
    assert "经核对，报告按约定日期送达。" in page
    for inside in ("何宁", "温溪", "客户记错了日期", "不成立", "综合部"):
        assert inside not in page


def test_the_form_asks_only_what_the_policy_opens(desk: Desk, client: Client) -> None:
    """The fields of the public form, in its order, and none of the record's others."""
    page = client.get(BEGIN).content.decode()
    assert re.findall('name="(v-[a-z_]+)"', page) == [
        "v-portal_name", "v-portal_phone", "v-portal_summary", "v-portal_content", "v-portal_demand",
        "v-portal_happened_on",
    ]  # fmt: skip
    assert "被投诉人" not in page
    assert 'enctype="multipart/form-data"' not in page


def test_what_is_wrong_stands_beside_its_field(desk: Desk, client: Client) -> None:
    """What was typed stays, under the same mark, and nothing was begun."""
    sent = fill_in(client, **{"v-portal_phone": "138", "v-portal_summary": ""})
    response = client.post(BEGIN, sent)
    page = response.content.decode()
    assert response.status_code == 400
    assert page.count('class="field__error"') == 2
    assert "必须填写。" in page
    assert 'value="苏禾"' in page
    assert mark_in(page) == sent["mark"]
    assert Case.objects.count() == 0


def test_a_field_that_is_not_asked_is_not_taken(desk: Desk, client: Client) -> None:
    """Whoever writes other fields into the request gets nowhere with them."""
    client.post(BEGIN, fill_in(client, **{"v-respondent": "何宁", "respondent": "何宁", "v-severity": "重大"}))
    assert Case.objects.count() == 1
    assert "何宁" not in str(Submission.objects.values())


def test_sending_twice_shows_the_same_receipt(desk: Desk, client: Client) -> None:
    """A double click and a page loaded again begin nothing new."""
    sent = fill_in(client)
    first, second = (client.post(BEGIN, sent).content.decode() for _ in range(2))
    assert receipt_of(first) == receipt_of(second)
    assert (Case.objects.count(), Submission.objects.count()) == (1, 1)


def test_programs_that_fill_in_everything_are_not_taken(desk: Desk, client: Client) -> None:
    """The input that people do not see was filled in: nothing happens, nothing is counted."""
    response = client.post(BEGIN, fill_in(client, website="https://example.com/"))
    assert response.status_code == 403
    assert (Case.objects.count(), Knock.objects.count()) == (0, 0)


def test_too_much_is_refused_unread(desk: Desk, client: Client) -> None:
    """More than 64 KB is answered before any of it is read."""
    response = client.post(BEGIN, fill_in(client, **{"v-portal_content": "长" * 30_000}))
    assert response.status_code == 413
    assert "填写的内容太长" in response.content.decode()
    assert Case.objects.count() == 0


def test_withdrawing_on_the_page(desk: Desk, client: Client) -> None:
    """The button stands where the policy has it; after it the case is over and the button gone."""
    number, code = begin(client)
    page = look_up(client, number, code)
    hidden = dict(re.findall('type="hidden" name="(number|code|version)" value="([^"]+)"', page))
    page = client.post("/portal/withdraw/", {**hidden, "reason": "已经收到报告"}).content.decode()
    assert "已撤回" in page
    assert "/portal/withdraw/" not in page
    assert client.get("/portal/withdraw/")["Location"] == "/portal/look-up/"
    assert Case.objects.get(number=number).state == CaseState.WITHDRAWN


@pytest.mark.parametrize("number", ["TS-202603-0001", "TS-202603-0777", "\0", "长" * 5_000])
def test_a_look_up_in_vain_is_one_page(desk: Desk, client: Client, number: str) -> None:
    """Whatever was typed: the same sentence, the same status, and no case is touched."""
    begin(client)
    before = list(Case.objects.values())
    response = client.post("/portal/look-up/", {"number": number, "code": "2222-2222-2222"})
    assert response.status_code == 403
    assert "没有查到。请核对编号和查询码；" in response.content.decode()
    assert list(Case.objects.values()) == before


def test_what_is_not_open_has_no_form(desk: Desk, client: Client) -> None:
    """An unknown process is refused kindly, with the way back."""
    response = client.get("/portal/begin/nothing/")
    assert response.status_code == 403
    assert "这件事不能在网上办理。" in response.content.decode()


def test_a_request_needs_its_token(desk: Desk) -> None:
    """A form on somebody else's page cannot be sent here."""
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(BEGIN, {"v-portal_name": "苏禾"})
    assert response.status_code == 403
    assert "这个页面打开太久了" in response.content.decode()
    assert "/desk/" not in response.content.decode()


def test_nothing_open_says_what_to_do(company: object, client: Client) -> None:
    """Where the policy opens nothing, the first page says where to go instead."""
    page = client.get("/portal/").content.decode()
    assert "现在没有可以在网上办理的事项" in page


def test_pages_cost_what_they_should(desk: Desk, client: Client) -> None:
    """The first page and the form ask for the policy and the company's name; where a case stands costs a few more."""
    number, code = begin(client)
    costs = {}
    for name, look in (
        ("home", lambda: client.get("/portal/")),
        ("form", lambda: client.get(BEGIN)),
        ("look-up", lambda: look_up(client, number, code)),
    ):
        with CaptureQueriesContext(connection) as queries:
            look()
        costs[name] = len(queries)
    assert costs == {"home": 2, "form": 2, "look-up": 16}


@override_settings(HTTPS=True)
def test_behind_a_proxy_the_address_is_the_proxys_word(desk: Desk, client: Client) -> None:
    """What the customer writes into the header himself does not count: only the last address, which the proxy added."""
    for number in range(3):
        client.post(
            "/portal/look-up/",
            {"number": "X", "code": "Y"},
            headers={"X-Forwarded-For": f"10.0.0.{number}, 203.0.113.7"},
        )
    assert Knock.objects.get(purpose="look_up.address").count == 3
