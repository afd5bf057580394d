"""The page of statistics: its figures with their lists, the heat map, what it refuses, both languages, its budget."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from django.db import connection
from django.test.utils import CaptureQueriesContext

if TYPE_CHECKING:
    from django.test import Client

    from tests.runtime.processes.statistics.world import Half
    from tests.web.conftest import SignedIn

PAGE = "/statistics/cases/grieving/"
HALF_YEAR = "from=2026-01-01&to=2026-06-30"
ROW = '<tr data-href="/cases/'
MOST = 45
"""Queries of the whole page, whatever there is: the shell, the policy, two or three for each of twelve statistics."""

DAMAGED = (
    ("from", "2026-13-01"),
    ("to", "2001-01-01"),
    ("from", "0001-01-01"),
    ("by", "nothing"),
    ("days", "0"),
    ("days", "99999999999999999999"),
    ("crowd_parties", "²"),
    ("figure", "none"),
    ("after", "\0"),
    ("at", "["),
    ("at", '["cause", 3]'),
    ("at", '["cause", "\\u0000"]'),
    ("at", '["cause", "\\ud800"]'),
    ("at", '["customer", 99999999999999999999]'),
    ("at", '["@time", 99]'),
    ("at", '["@time", null]'),
    ("at", '{"cause": "漏水"}'),
)


def read(browser: Client, address: str) -> str:
    """A page that is there, as text."""
    answer = browser.get(address)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


def links(page: str, label: str) -> list[str]:
    """Where the links go that are called so."""
    return [html.unescape(url) for url in re.findall(rf'<a[^>]*href="([^"]*)"[^>]*>\s*{label}\s*</a>', page)]


def test_every_figure_leads_to_its_cases(half: Half, signed_in: SignedIn) -> None:
    """周敏 sees eleven begun and opens them; the three late ones; the crowd of the lift, its days and no others."""
    browser = signed_in(half.cast.zhou_min)
    page = read(browser, f"{PAGE}?{HALF_YEAR}&crowd_parties=3")
    assert "受理" in page
    (everything,) = [url for url in links(page, "11") if "figure=all" in url]
    assert read(browser, everything).count(ROW) == 11
    (late,) = [url for url in links(page, "3") if "figure=late&" in f"{url}&" and "at=" not in url]
    assert read(browser, late).count(ROW) == 3
    (crowd,) = links(page, "3 位")
    assert "from=2026-03-03&to=2026-03-10" in crowd
    listed = read(browser, crowd)
    assert ("原因：电梯" in listed, listed.count(ROW)) == (True, 3)


def test_a_cell_of_the_heat_map_opens_its_cases(half: Half, signed_in: SignedIn) -> None:
    """The lift in March: three, said in words for those who do not see the colour, each of them in the list."""
    browser = signed_in(half.cast.zhou_min)
    page = read(browser, f"{PAGE}?{HALF_YEAR}")
    cell = re.search(r'heat__cell--5">\s*<a href="([^"]*)"\s*aria-label="\s*电梯，2026-03：3 件', page)
    assert cell is not None
    listed = read(browser, html.unescape(cell[1]))
    assert listed.count(ROW) == 3
    assert "原因：电梯" in listed
    assert "时间：2026-03" in listed
    turned = read(browser, f"{PAGE}?{HALF_YEAR}&down=@unit&across=cause")
    assert "热力图：部门 × 原因" in turned


def test_the_reader_sees_what_is_theirs(half: Half, signed_in: SignedIn) -> None:
    """林晓 counts eight, in her own scope, and is neither offered nor given what she may not see; 管理 is told that
    there is nothing for them.
    """
    browser = signed_in(half.cast.lin_xiao)
    page = read(browser, f"{PAGE}?{HALF_YEAR}")
    assert [url for url in links(page, "8") if "figure=all" in url]
    assert "涉及金额" not in page
    assert browser.get(f"{PAGE}?{HALF_YEAR}&by=stake").status_code in (403, 422)
    assert browser.get(f"{PAGE}list/", {"at": '["stake", "大额"]'}).status_code in (403, 422)
    nobody = signed_in(half.cast.guan_li)
    assert "没有可以统计的案件" in read(nobody, "/statistics/")
    assert nobody.get(PAGE).status_code in (403, 422)


def test_what_cannot_be_meant_is_refused_in_words(half: Half, signed_in: SignedIn) -> None:
    """A damaged address is answered with a sentence, not with an error."""
    browser = signed_in(half.cast.zhou_min)
    codes = {(name, value): browser.get(f"{PAGE}list/", {name: value}).status_code for name, value in DAMAGED}
    assert {each: code for each, code in codes.items() if code not in (403, 404, 409, 422)} == {}


def test_empty_periods_say_what_to_do(half: Half, signed_in: SignedIn) -> None:
    """Where nothing began the page says so, and a list behind nothing leads back."""
    browser = signed_in(half.cast.zhou_min)
    assert "这段时间没有案件" in read(browser, f"{PAGE}?from=2024-01-01&to=2024-01-31")
    assert "回到统计" in read(browser, f"{PAGE}list/?from=2024-01-01&to=2024-01-31")


def test_the_page_keeps_its_budget_and_is_english_too(half: Half, signed_in: SignedIn) -> None:
    """The whole page takes a fixed number of queries; whoever reads English finds no Chinese but names and the
    policy's own words.
    """
    browser = signed_in(half.cast.zhou_min)
    browser.get(PAGE)
    with CaptureQueriesContext(connection) as asked:
        read(browser, f"{PAGE}?{HALF_YEAR}")
    assert len(asked) <= MOST
    browser.post("/language", {"language": "en", "next": "/desk/"})
    page = read(browser, f"{PAGE}?{HALF_YEAR}")
    assert "Handling time on average" in page
    assert "Heat map: Cause × Time" in page
    assert "2026-03: 3 cases" in page


def test_statistics_as_a_file(half: Half, signed_in: SignedIn) -> None:
    """周敏 takes away the figures of a span and its cases by what tells them apart; who may not export gets none."""
    asked = {"from": "2026-01-01", "to": "2026-06-30", "form": "csv"}
    answer = signed_in(half.cast.zhou_min).post(f"{PAGE}export/", asked)
    assert answer.status_code == 200
    lines = [line.replace('"', "").split(",") for line in answer.content.decode("utf-8-sig").splitlines()]
    assert lines[0] == ["数字", "其中", "值", "占比", "上期"]
    assert lines[1][:3] == ["受理", "", "11"]
    assert sum(int(line[2]) for line in lines[1:] if line[1]) == 11
    refused = signed_in(half.cast.lin_xiao).post(f"{PAGE}export/", asked)
    assert refused.status_code in (403, 409)
    assert signed_in(half.cast.zhou_min).post(f"{PAGE}export/", {**asked, "form": "pdf"}).status_code != 200
