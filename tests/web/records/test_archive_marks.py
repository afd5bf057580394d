"""How complete a record is, whether it was filed late, and that it was found true: on its page and in its list."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.source import PackSource
from keguan.runtime import clock
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from tests.runtime.records.test_archive_marks import FRIDAY, POLICY, lead, stored

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


@pytest.fixture
def office(company: Cast) -> Iterator[Cast]:
    """The cast on a Friday afternoon, with callers' records in force."""
    with clock.hold(FRIDAY):
        Publish(actor=SYSTEM, packs=(PackSource("marks-tests", {"policy.md": POLICY.format(version="1.0.0")}),)).run()
        yield company


def test_the_page_counts_what_is_there_and_names_what_is_not(office: Cast, signed_in: SignedIn) -> None:
    """One of three, a quarter by weight, each missing field a way into the form, the late flag with its time limit."""
    record_id = lead(office.lin_xiao, contacted_at="2026-03-02 09:00")
    client = signed_in(office.lin_xiao)
    with CaptureQueriesContext(connection) as queries:
        html = client.get(f"/records/lead/{record_id}/").content.decode()
    assert len(queries) <= 25, [each["sql"] for each in queries]
    assert "已填 1 项，应填 3 项" in " ".join(html.split())
    assert '<progress max="3" value="1" aria-label="完整度">' in html
    assert f'href="/records/lead/{record_id}/edit/#f-phone">电话</a>' in html
    assert f'href="/records/lead/{record_id}/edit/#f-intent">意向</a>' in html
    assert "应在 2026-03-03 周二 09:00 前录入" in html
    assert "/policies/marks-tests/#lead" in html


def test_verified_with_one_press(office: Cast, signed_in: SignedIn) -> None:
    """The button keeps today and says so; a page that is out of date is told to look again, and keeps nothing."""
    record_id = lead(office.lin_xiao)
    client = signed_in(office.lin_xiao)
    assert "核实无变化" in client.get(f"/records/lead/{record_id}/").content.decode()
    with clock.hold(datetime(2026, 3, 6, 9, 0, tzinfo=UTC)):
        answer = client.post(f"/records/lead/{record_id}/verify/", {"version": "1"}, follow=True)
    html = answer.content.decode()
    assert "已记下：今天核实过，没有变化。" in html
    assert "核实了全部内容，没有变化" in html
    assert str(stored(record_id, "verified_on")[0]) == "2026-03-06"
    again = client.post(f"/records/lead/{record_id}/verify/", {"version": "1"}, follow=True).content.decode()
    assert "没有保存" in again


def test_a_type_without_such_rules_shows_none_of_it(office: Cast, signed_in: SignedIn) -> None:
    """No meter, no flag and no button where the policy asks for nothing of the kind."""
    html = signed_in(office.lin_xiao).get("/records/customer/").content.decode()
    assert "核实无变化" not in html
    assert 'class="meter"' not in html


def test_the_list_has_both_as_columns_and_filters(office: Cast, signed_in: SignedIn) -> None:
    """Completeness sorts and both filter."""
    lead(office.lin_xiao, calling="迟了", contacted_at="2026-03-02 09:00")
    lead(office.lin_xiao, calling="齐全", phone="13800135612", intent="弱")
    client = signed_in(office.lin_xiao)
    html = client.get("/records/lead/?sort=completeness").content.decode()
    assert html.index("迟了") < html.index("齐全")
    assert "25%" in html
    assert "100%" in html
    late = client.get("/records/lead/?is.filed_late=是").content.decode()
    assert "迟了" in late
    assert "齐全" not in late
