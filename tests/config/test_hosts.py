"""The customers' pages on a host name of their own, and what a stranger learns of the rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.test import Client

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast

CUSTOMERS, STAFF = "service.example.com", "crm.example.com"


@pytest.fixture
def apart(company: Cast, settings: SettingsWrapper) -> Client:
    """Two host names, one for each."""
    settings.PORTAL_HOSTS = frozenset({CUSTOMERS})
    settings.ALLOWED_HOSTS = [CUSTOMERS, STAFF]
    return Client()


def status(client: Client, host: str, path: str) -> int:
    """How a page is answered on a host."""
    return client.get(path, headers={"host": host}).status_code


@pytest.mark.parametrize("host", [CUSTOMERS, f"{CUSTOMERS}:8443", CUSTOMERS.upper()])
def test_the_customers_host_has_the_customers_pages_alone(apart: Client, host: str) -> None:
    """Their pages and nothing of the staff's, the API's or the machines'; the bare name leads to their first page."""
    assert status(apart, host, "/portal/") == 200
    first = apart.get("/", headers={"host": host})
    assert (first.status_code, first["Location"]) == (302, "/portal/")
    for path in ("/sign-in", "/records/customer/", "/api/v1/records/", "/api/v1/openapi.json", "/health/ready"):
        answer = apart.get(path, headers={"host": host})
        assert answer.status_code == 404, path
        assert 'href="/' not in answer.content.decode().replace('href="/portal/', "").replace('href="/static/', "")


def test_the_staffs_host_has_no_customers_pages(apart: Client) -> None:
    """Everything else, and 404 for the portal."""
    assert status(apart, STAFF, "/sign-in") == 200
    assert status(apart, STAFF, "/health/live") == 200
    assert status(apart, STAFF, "/portal/") == 404
    assert status(apart, STAFF, "/portal/look-up/") == 404


def test_with_one_name_both_are_there(company: Cast) -> None:
    """Where no name is set apart, both are on every host; a host that is not ours is refused without harm."""
    client = Client()
    assert [status(client, "localhost", path) for path in ("/portal/", "/sign-in")] == [200, 200]
    assert status(client, "elsewhere.example.com", "/portal/") == 400


def test_what_the_api_says_of_itself_is_for_those_signed_in(company: Cast, settings: SettingsWrapper) -> None:
    """On a real system neither its pages nor its description are there for a stranger; for 林晓 they are."""
    from django.contrib.auth import get_user_model

    settings.API_DOCS = False
    stranger, member = Client(), Client()
    member.force_login(get_user_model().objects.get(pk=company.lin_xiao.id))
    for path in ("/api/v1/openapi.json", "/api/v1/docs"):
        assert stranger.get(path).status_code == 404
        assert member.get(path).status_code == 200
    settings.API_DOCS = True
    assert stranger.get("/api/v1/openapi.json").status_code == 200
