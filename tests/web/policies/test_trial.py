"""What the trial of a draft tells: the matrix, the sums, the quotas, what it cannot tell, and as files."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.policies import queries as policies
from keguan.runtime.policies.actions import StartDraft
from keguan.web.policies.flow import Movement
from keguan.web.policies.matrix import MOST, matrix
from tests.credit import PACK, lend, source

if TYPE_CHECKING:
    from tests.cast import Cast, Member
    from tests.web.conftest import SignedIn

FRAGMENT = {"HX-Request": "true"}
CHANGES = (
    ("version: 1.0.0", "version: 1.1.0"),
    ('| >= 100万 | "优选" | 30万 |', '| >= 80万 | "优选" | 20万 |'),
    ("采购量 * 2", "采购量 * 3"),
    ("| 贵宾 | 50% | 第五条 |", "| 贵宾 | 100% | 第五条 |"),
    ("每月至少1次", "每月至少2次"),
)


@pytest.fixture
def accounts(company: Cast) -> dict[str, int]:
    """Four accounts on credit."""
    return lend(company)


@pytest.fixture
def draft(company: Cast, accounts: dict[str, int]) -> str:
    """The address of a draft that changes a bar, a fact, a quota and a duty."""
    number = StartDraft(actor=company.xu_ke.actor, pack=PACK, files=source(*CHANGES).files).run()
    return f"/policies/{PACK}/drafts/{number}/"


def side(signed_in: SignedIn, who: Member, draft: str) -> str:
    """The trial as somebody sees it."""
    response = signed_in(who).post(f"{draft}trial/", headers=FRAGMENT)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_the_matrix_counts_who_goes_where_and_opens_the_list(
    company: Cast, accounts: dict[str, int], draft: str, signed_in: SignedIn
) -> None:
    """One goes from 合格 to 优选, and the figure opens a list of just that account; totals stand at the sides."""
    html = side(signed_in, company.xu_ke, draft)
    table = html.split('<table class="matrix">')[1].split("</table>")[0]
    assert re.findall(r'scope="col">(\w+)<', table) == ["贵宾", "优选", "合格", "合计"]
    row = table.split('scope="row">合格<')[1].split("</tr>")[0]
    (link,) = re.findall(r'<a href="([^"]+)">1</a>', row)
    listed = signed_in(company.xu_ke).get(unquote(link).replace("&amp;", "&")).content.decode()
    assert "江南园林" in listed
    assert "云岭建材" not in listed
    assert re.findall(r'class="sum">(\d+)<', table) == ["2", "1", "1", "2", "2", "0", "4"]


def test_sums_facts_and_quotas_are_told_before_and_after(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """Credit lines, the fact, and the quota that would cut nobody any more."""
    html = side(signed_in, company.xu_ke, draft)
    assert "¥2,550,000.00" in html
    assert "¥2,700,000.00" in html
    assert "+¥150,000.00" in html
    assert "¥31,200,000.00" in html
    assert "¥46,800,000.00" in html
    quota = html.split("名额：贵宾名额")[1].split("</section>")[0]
    assert "切下 0 份" in quota
    assert "按施行中的制度切下 1 份。" in quota
    assert "东区" in quota


def test_the_day_the_versions_and_the_time_are_told(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """1.0.0 against the draft's 1.1.0, by the parameters of today, in so many seconds; and what cannot be told."""
    html = side(signed_in, company.xu_ke, draft)
    assert "赊销办法 1.0.0 → 草案 1.1.0" in html
    assert re.search(r"按 \d{4}-\d\d-\d\d 周. 的参数、用同一批档案各算一遍，用了 \d+\.\d 秒；什么也没有写。", html)
    untold = html.split("还算不出影响的改动")[1]
    assert "第六条 赊销走访 走访 频次：由“每月至少1次”改为“每月至少2次”" in untold


def test_sums_are_withheld_from_who_may_not_see_them(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """周敏's roles give no 赊销: she is told that there are sums, and none of them."""
    html = side(signed_in, company.zhou_min, draft)
    assert "您的岗位看不到" in html
    assert "¥2,550,000.00" not in html
    assert "¥31,200,000.00" not in html
    assert "江南园林" not in html


def test_the_list_and_the_whole_can_be_taken_away(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """CSV that a spreadsheet knows as UTF-8, and JSON; both as far as the viewer may see."""
    client = signed_in(company.xu_ke)
    sheet = client.post(f"{draft}trial/csv/")
    assert sheet.content.startswith(b"\xef\xbb\xbf")
    assert "attachment" in sheet["Content-Disposition"]
    rows = list(csv.DictReader(io.StringIO(sheet.content.decode("utf-8-sig"))))
    assert [(each["名称"], each["新结果"]) for each in rows] == [("江南园林", "优选、¥200,000.00")]
    whole = json.loads(client.post(f"{draft}trial/json/").content)
    assert whole["format"] == "keguan.simulation/1"
    assert whole["decisions"][0]["totals"][0]["after"] == 270_000_000
    hers = json.loads(signed_in(company.zhou_min).post(f"{draft}trial/json/").content)
    assert (hers["decisions"][0]["totals"], hers["decisions"][0]["withheld"]) == ([], True)
    assert "江南园林" not in json.dumps(hers, ensure_ascii=False)


def test_downloads_are_for_those_who_make_policies(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """林晓 is refused; another kind of file is not found; a broken draft is not tried."""
    assert signed_in(company.lin_xiao).post(f"{draft}trial/csv/").status_code == 403
    assert signed_in(company.xu_ke).post(f"{draft}trial/xls/").status_code == 404
    broken = signed_in(company.xu_ke).post(f"{draft}trial/csv/", {"file.policy.md": "没有正文"})
    assert broken.status_code == 403
    assert "草案还有错误" in broken.content.decode()


def test_a_change_of_words_moves_nobody(company: Cast, accounts: dict[str, int], signed_in: SignedIn) -> None:
    """The page says so instead of being empty."""
    files = source(("version: 1.0.0", "version: 1.1.0"), ("应当保密", "应当严格保密")).files
    number = StartDraft(actor=company.xu_ke.actor, pack=PACK, files=files).run()
    assert "没有档案会变动" in side(signed_in, company.xu_ke, f"/policies/{PACK}/drafts/{number}/")


def test_a_trial_costs_a_fixed_number_of_queries(company: Cast, draft: str, signed_in: SignedIn) -> None:
    """Two decisions, a fact and a quota."""
    client = signed_in(company.xu_ke)
    with CaptureQueriesContext(connection) as counted:
        client.post(f"{draft}trial/", headers=FRAGMENT)
    assert len(counted) <= 26, [each["sql"][:80] for each in counted]


def test_too_many_outcomes_make_no_matrix() -> None:
    """A table of thirteen by thirteen is not read on any screen."""
    wide = [Movement(str(number), str(number), 1) for number in range(MOST + 1)]
    assert matrix(wide, [], {}) is None
    drawn = matrix(wide[:MOST], [], {})
    assert drawn is not None
    assert len(drawn.rows) == MOST


def test_the_document_links_an_exception_to_its_base(
    company: Cast, accounts: dict[str, int], signed_in: SignedIn
) -> None:
    """Under the exception its base is a link, and under the decision its exceptions are."""
    html = " ".join(signed_in(company.xu_ke).get(f"/policies/{PACK}/").content.decode().split())
    state = html.split('id="state"')[1].split("</article>")[0]
    assert f'例外于：<a href="/policies/{PACK}/#level">信用等级</a>' in state
    level = html.split('id="level"')[1].split("</article>")[0]
    assert f'例外见 <a class="clause" href="/policies/{PACK}/#state">第三条</a>' in level
    assert 'id="state_grade-2"' in state


def test_the_why_page_tells_the_row_of_the_exception_and_each_point(
    company: Cast, accounts: dict[str, int], signed_in: SignedIn
) -> None:
    """西山钢构 by row 2 of 第三条, an exception to 第二条; 滨海水泥's points one by one, each a link to its row."""
    client = signed_in(company.xu_ke)
    state = client.get(f"/records/account/{accounts['西山钢构']}/why/credit_grade/").content.decode()
    assert f'href="/policies/{PACK}/#state_grade-2"' in state
    assert "第三条（例外于第二条）第 2 行" in state
    assert "1002" not in state
    score = client.get(f"/records/account/{accounts['滨海水泥']}/why/credit_score/").content.decode()
    assert "起分" in score
    assert re.findall(r'<td class="number">([+-]\d+)</td>', score) == ["+50", "+20", "+30"]
    assert f'href="/policies/{PACK}/#credit_score-2"' in score


def test_the_whole_record_never_shows_a_stored_number(
    company: Cast, accounts: dict[str, int], signed_in: SignedIn
) -> None:
    """Neither the record's page with its timeline nor the drawer says 1002."""
    client = signed_in(company.xu_ke)
    page = f"/records/account/{accounts['西山钢构']}/"
    for address, headers in ((page, {}), (f"{page}drawer/", FRAGMENT)):
        html = client.get(address, headers=headers).content.decode()
        assert "第三条" in html
        assert not re.search(r">[^<]*1002", html)
    assert policies.current().model.decisions["credit_grade"].exceptions[0].place == 1
