"""The dashboard, a figure, the list behind a number, one's own figures, and what can be taken away."""

from __future__ import annotations

import io
import json
from typing import TYPE_CHECKING

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.web.metrics.trend import HEIGHT, trend
from tests.runtime.metrics.world import on, work

if TYPE_CHECKING:
    from django.test import Client

    from tests.cast import Cast
    from tests.web.conftest import SignedIn


def text(client: Client, address: str, **query: str) -> str:
    """A page."""
    answer = client.get(address, query)
    assert answer.status_code == 200, answer.content.decode()[:500]
    return answer.content.decode()


def test_the_dashboard(office: Cast, signed_in: SignedIn) -> None:
    """Every figure with its value, state in words, target, period and clause; the number of those that miss."""
    work()
    page = text(signed_in(office.zhou_min), "/metrics/")
    for words in ("看板", "带动率", "57.14%", "4 / 7", "目标 &gt;= 80%", "预警", "2026年11月", "第一条", "3 项未达标"):
        assert words in page, words


def test_before_anything_was_worked_out(office: Cast, signed_in: SignedIn) -> None:
    """A figure that was not worked out yet says so; who sees none is told where figures come from."""
    page = text(signed_in(office.zhou_min), "/metrics/")
    assert "还没有算过" in page
    assert "没有您看得到的指标" in text(signed_in(office.guan_li), "/metrics/")
    assert "还没有算过" in text(signed_in(office.zhou_min), "/metrics/leading_share/")


def test_a_figure_and_the_list_behind_it(office: Cast, signed_in: SignedIn) -> None:
    """The figure's page leads to lists of the whole and of each group; a list names the records and leads back."""
    work()
    client = signed_in(office.zhou_min)
    page = text(client, "/metrics/by_person/")
    for words in (
        "按记录负责人",
        "林晓",
        "方明",
        "80%",
        "没有计入的",
        "count(客户[带动购买])",
        "截至 2026-11-21",
    ):
        assert words in page, words
    start = {"start": "2026-11-01", "part": "missing"}
    mine = text(client, "/metrics/by_person/list/", **start, group=json.dumps(office.lin_xiao.id))
    assert "江4" in mine
    assert "滨0" not in mine
    assert "滨0" in text(client, "/metrics/leading_share/list/", **start)


def test_what_is_not_there_is_refused(office: Cast, signed_in: SignedIn) -> None:
    """Unknown figures, periods, parts and places are refused in words, and a stranger is sent to sign in."""
    work()
    client = signed_in(office.zhou_min)
    for address in (
        "/metrics/nothing/",
        "/metrics/leading_share/?start=2020-01-01",
        "/metrics/leading_share/?start=x",
        "/metrics/leading_share/list/",
        "/metrics/leading_share/list/?start=2026-11-01&part=x",
        "/metrics/leading_share/list/?start=2026-11-01&part=of&after=x",
        "/metrics/by_person/list/?start=2026-11-01&part=of&group=x",
    ):
        assert client.get(address).status_code in (403, 404, 409), address
    assert signed_in(office.guan_li).get("/metrics/leading_share/").status_code in (403, 404, 409)


def test_a_group_of_others_has_no_list(office: Cast, signed_in: SignedIn) -> None:
    """方明 asks for the list of 林晓's group by its key and is refused."""
    work()
    query = {"start": "2026-11-01", "part": "of", "group": json.dumps(office.lin_xiao.id)}
    answer = signed_in(office.fang_ming).get("/metrics/by_person/list/", query)
    assert answer.status_code in (403, 404, 409)
    assert "江0" not in answer.content.decode()


def test_one_s_own_figures(office: Cast, signed_in: SignedIn) -> None:
    """林晓 sees her share; 周敏, who has no customers, is told how figures by person are written."""
    work()
    assert "80%" in text(signed_in(office.lin_xiao), "/metrics/mine/")
    assert "还没有按人计算的指标" in text(signed_in(office.zhou_min), "/metrics/mine/")


def test_whoever_publishes_may_have_them_worked_out(office: Cast, signed_in: SignedIn) -> None:
    """周敏 has a button and one job is put in the queue; 林晓 has none, and posting is refused."""
    work()
    Job.objects.all().delete()
    assert "现在重算" not in text(signed_in(office.lin_xiao), "/metrics/")
    assert signed_in(office.lin_xiao).post("/metrics/recompute/").status_code == 403
    assert not Job.objects.exists()
    client = signed_in(office.zhou_min)
    assert "现在重算" in text(client, "/metrics/")
    assert client.post("/metrics/recompute/").headers["Location"] == "/metrics/"
    assert Job.objects.count() == 1
    assert "正在计算" in text(client, "/metrics/")


@pytest.mark.parametrize("form", ["csv", "xlsx"])
def test_figures_as_a_file(office: Cast, signed_in: SignedIn, form: str) -> None:
    """周敏 takes the dashboard and a figure away: what she sees, with a line that names her; the ledger knows."""
    work()
    client = signed_in(office.zhou_min)
    answer = client.post("/metrics/export/", {"form": form, "figure": "by_person"})
    assert answer.status_code == 200
    if form == "csv":
        lines = answer.content.decode("utf-8-sig").splitlines()
        found = [line.replace('"', "").split(",")[2:4] for line in lines[1:]]
    else:
        sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
        rows = list(sheet.iter_rows(values_only=True))
        assert "周敏" in rows[0][0]
        found = [[row[2] or "", row[3]] for row in rows[2:]]
    assert found == [["", "57.14%"], ["方明", "0%"], ["林晓", "80%"]]
    assert client.post("/metrics/export/", {"form": form}).status_code == 200
    entries = entries_page(filters=EntryFilters(action="exports.table"), size=9).entries
    assert [each.data["table"] for each in entries] == ["metrics", "by_person"]
    assert "57.14" not in str([each.data for each in entries])


def test_who_may_not_export_gets_no_file(office: Cast, signed_in: SignedIn) -> None:
    """林晓 has no buttons and no file; another kind of file is refused; neither is in the ledger as made."""
    work()
    assert "导出 Excel" not in text(signed_in(office.lin_xiao), "/metrics/")
    assert signed_in(office.lin_xiao).post("/metrics/export/", {"form": "csv"}).status_code in (403, 409)
    assert signed_in(office.zhou_min).post("/metrics/export/", {"form": "pdf"}).status_code in (403, 404, 409, 422)
    assert not entries_page(filters=EntryFilters(action="exports.table"), size=9).entries


def test_a_dashboard_s_queries(office: Cast, signed_in: SignedIn) -> None:
    """However many figures, periods and groups there are."""
    work()
    client = signed_in(office.zhou_min)
    text(client, "/metrics/")
    with CaptureQueriesContext(connection) as queries:
        text(client, "/metrics/")
    before = len(queries)
    with on(2026, 12, 1):
        work()
    with CaptureQueriesContext(connection) as queries:
        text(client, "/metrics/")
    assert len(queries) == before <= 12


def test_a_trend_is_drawn_and_said(office: Cast, signed_in: SignedIn) -> None:
    """Of two months a line is drawn, with its words for whoever cannot see it; of one month there is none."""
    work()
    client = signed_in(office.zhou_min)
    assert "<polyline" not in text(client, "/metrics/leading_share/")
    with on(2026, 12, 1):
        work()
        page = text(client, "/metrics/leading_share/")
    assert "<polyline" in page
    assert "走势：2026年11月 57.14%、2026年12月 57.14%" in page
    assert trend(()) is None
    assert HEIGHT == 28
