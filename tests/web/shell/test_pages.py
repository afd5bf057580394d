"""Every page of the menu opens for those who may, says no kindly to those who may not, and costs what it should."""

from __future__ import annotations

import logging

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.web.conftest import SignedIn

BUDGETS = {
    "/desk/": 20,
    "/policies/": 10,
    "/policies/property-developer/": 27,
    "/imports/": 9,
    "/imports/new/": 8,
    "/settings/": 11,
    "/records/customer/": 13,
    "/records/customer/new/": 9,
    "/search/?q=林": 30,
}


@pytest.mark.parametrize("address", BUDGETS)
def test_the_managers_pages_open_within_their_budget(address: str, company: Cast, signed_in: SignedIn) -> None:
    """A service manager opens every page of her menu, with a number of queries that does not grow."""
    client = signed_in(company.zhou_min)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    assert response.status_code == 200
    assert len(queries) <= BUDGETS[address], [each["sql"] for each in queries]


def test_the_ledger_is_for_auditors(company: Cast, signed_in: SignedIn) -> None:
    """The auditor reads the ledger within its budget, of which four are for the day’s first look, which is written
    down; a salesperson is told why she does not.
    """
    client = signed_in(company.he_shen)
    for most in (20, 16):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/ledger/").status_code == 200
        assert len(queries) <= most
    refused = signed_in(company.lin_xiao).get("/ledger/")
    assert refused.status_code == 403
    assert "您的岗位没有“查账本”这一项。" in refused.content.decode()


def test_the_administrator_sees_no_customer(company: Cast, signed_in: SignedIn) -> None:
    """Neither the menu nor the address leads a system administrator to customers."""
    client = signed_in(company.guan_li)
    assert "/records/customer/" not in client.get("/desk/").content.decode()
    refused = client.get("/records/customer/")
    assert refused.status_code == 403
    assert "没有这类档案，或者您无权查看。" in refused.content.decode()


def test_strangers_are_sent_to_the_sign_in_page_and_back(company: Cast, client: Client) -> None:
    """A page asked for without a session leads to sign-in, which remembers the page; htmx moves the window."""
    response = client.get("/records/customer/?q=%E6%9E%97")
    assert response.status_code == 302
    assert response["Location"] == "/sign-in?next=%2Frecords%2Fcustomer%2F%3Fq%3D%25E6%259E%2597"
    assert client.get("/desk/", headers={"HX-Request": "true"})["HX-Redirect"] == "/sign-in"


def test_an_unknown_address_is_said_kindly_with_a_number(company: Cast, client: Client) -> None:
    """404 comes in the house's look with the request's number, which also stands in the header."""
    response = client.get("/nothing/", headers={"X-Request-ID": "abcdef123456"})
    assert response.status_code == 404
    assert response["X-Request-ID"] == "abcdef123456"
    assert "没有找到" in response.content.decode()
    assert "请求编号 abcdef123456" in response.content.decode()


def test_a_forged_number_is_replaced(client: Client, db: None) -> None:
    """A request number that is none (markup, or too long) is not repeated."""
    response = client.get("/nothing/", headers={"X-Request-ID": "<script>"})
    assert "<script>" not in response["X-Request-ID"]


def test_our_own_fault_is_admitted_and_can_be_found_in_the_log(
    company: Cast, signed_in: SignedIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """A crash answers 500 with a number and nothing of its cause; the log knows the same number."""

    def crash(*_: object) -> None:
        raise RuntimeError("13900000001")

    monkeypatch.setattr("keguan.web.desk.views.desk_of", crash)
    client = signed_in(company.lin_xiao)
    client.raise_request_exception = False
    with caplog.at_level(logging.ERROR, logger="django.request"):
        logging.getLogger("django").addHandler(caplog.handler)
        try:
            response = client.get("/desk/")
        finally:
            logging.getLogger("django").removeHandler(caplog.handler)
    assert response.status_code == 500
    assert "系统出错了" in response.content.decode()
    assert "13900000001" not in response.content.decode()
    assert response["X-Request-ID"] in response.content.decode()
    assert {record.request.request_id for record in caplog.records} == {response["X-Request-ID"]}  # type: ignore[attr-defined]


def test_no_page_needs_an_inline_style_or_script(company: Cast, signed_in: SignedIn) -> None:
    """The content policy forbids both; no page of the menu has either."""
    client = signed_in(company.zhou_min)
    for address in BUDGETS:
        html = client.get(address).content.decode()
        assert " style=" not in html, address
        assert "<style" not in html, address
        assert "onclick=" not in html, address
        assert "<script>" not in html, address


def test_every_page_has_its_icon(company: Cast, client: Client, signed_in: SignedIn) -> None:
    """Signed in, signed out and lost, a page links our icon; the address browsers guess leads to it; the icon is."""
    link = '<link rel="icon" href="/static/keguan/icon.svg" type="image/svg+xml">'
    assert link in client.get("/sign-in").content.decode()
    assert link in client.get("/nothing/").content.decode()
    assert link in signed_in(company.zhou_min).get("/desk/").content.decode()
    guessed = client.get("/favicon.ico", follow=True)
    assert guessed.redirect_chain == [("/static/keguan/icon.svg", 301)]
    assert (guessed.status_code, guessed["Content-Type"]) == (200, "image/svg+xml")
