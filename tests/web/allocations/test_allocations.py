"""The pages of allocations and pools: tried, confirmed, claimed, given back; budgets and languages."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.allocations.models import Claim, Run
from keguan.runtime.jobs.actions import run_now
from tests.runtime.allocations.world import holders, lead, owner, planner

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

MOST = 45
HAN = re.compile(r"[\u4e00-\u9fff]")


def text(answer: object) -> str:
    """What a page says, blanks made one."""
    return re.sub(r"\s+", " ", answer.content.decode())  # type: ignore[attr-defined]


def test_the_whole_way_on_the_pages(centre: Cast, signed_in: SignedIn) -> None:
    """Tried, looked at with every reason, confirmed, handed over."""
    planner(centre.lin_xiao, 90)
    planner(centre.fang_ming, 60)
    filed = holders(10)
    keeper = signed_in(centre.xu_ke)
    assert "客户资源分配" in text(keeper.get("/allocations/"))
    answer = keeper.post("/allocations/begin", {"allocation": "sharing"})
    assert answer.status_code == 302
    there = answer["Location"]
    assert "计算中" in text(keeper.get(there))
    run_now(Run.objects.get().job_id or 0)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = text(keeper.get(there))
    assert len(queries) <= MOST
    assert all(word in page for word in ("可分 10 份，拟分出 5 份", "林晓", "方明", "基尼系数", "确认分发"))
    reasons = text(keeper.get(f"{there}lines"))
    assert "属“老客户”，10 份里排第 1；这一类本次分 5 份。按得分应得 3.0 份，得 3 份。这是分给他的第 1 份。" in reasons
    assert "前面的已经分满份额，这一份留待下次。" in reasons
    assert keeper.post(there, {"confirm": "1"}).status_code == 302
    run_now(Run.objects.get().job_id or 0)
    assert [owner(each) for each in filed].count(centre.lin_xiao.id) == 3
    assert "已分完" in text(keeper.get(there))


def test_refusals_are_told_on_the_page(centre: Cast, signed_in: SignedIn) -> None:
    """A planner is turned away; withdrawing without a reason is refused, and the run stays."""
    planner(centre.lin_xiao, 90)
    assert "不办理档案的分配" in text(signed_in(centre.lin_xiao).get("/allocations/"))
    keeper = signed_in(centre.xu_ke)
    there = keeper.post("/allocations/begin", {"allocation": "sharing"})["Location"]
    run_now(Run.objects.get().job_id or 0)
    answer = keeper.post(there, {"withdraw": "1", "reason": ""})
    assert (answer.status_code, "请写明撤回的事由" in text(answer)) == (422, True)
    assert Run.objects.get().state == "draft"


def test_claimed_and_given_back_on_the_page(centre: Cast, signed_in: SignedIn) -> None:
    """The one pool opens by itself; what it hides is not there; claimed, it is mine; given back, it is not."""
    one = lead("甲先生", wish="两居")
    broker = signed_in(centre.lin_xiao)
    assert broker.get("/pools/")["Location"] == "/pools/lead_pool/"
    with CaptureQueriesContext(connection) as queries:
        page = text(broker.get("/pools/lead_pool/"))
    assert len(queries) <= MOST
    assert ("甲先生" in page, "两居" in page) == (True, False)
    assert broker.post("/pools/lead_pool/", {"claim": "1", "id": str(one)}).status_code == 302
    assert owner(one, "lead") == centre.lin_xiao.id
    assert "前不跟进就收回" in text(broker.get("/pools/lead_pool/"))
    taken = signed_in(centre.fang_ming).post("/pools/lead_pool/", {"claim": "1", "id": str(one)})
    assert (taken.status_code, "已经被别人认领" in text(taken)) == (422, True)
    broker.post("/pools/lead_pool/", {"return": "1", "id": str(one), "reason": "暂无意向"})
    assert (owner(one, "lead"), Claim.objects.get().end) == (None, "returned")


@pytest.mark.parametrize("address", ["/allocations/", "/pools/lead_pool/", "/allocations/999/"])
def test_the_pages_speak_english(centre: Cast, signed_in: SignedIn, address: str) -> None:
    """In English nothing but the policy's own words is Chinese."""
    lead("Jia")
    keeper = signed_in(centre.xu_ke)
    keeper.post("/language", {"language": "en"})
    page = keeper.get(address).content.decode()
    main = re.sub(r"<[^>]+>", " ", page.partition("<main")[2])
    words = "客户资源分配|按地区分配|来电轮流|按组分配|线索公海|保单客户|线索|第三条|分配|每月|每天|急客|普通"
    assert not HAN.findall(re.sub(words, "", main)), HAN.findall(re.sub(words, "", main))
