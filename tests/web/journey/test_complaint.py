"""A complaint in the browser, through dissatisfaction to its end, in the hands of five people."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.conftest import Home
from tests.web.journey.conftest import Site, Walker, serving
from tests.web.journey.walking import Walk

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # shared machines are slow now and then

SET_UP = """
from datetime import UTC, date, datetime
from keguan.language.source import read_pack
from keguan.runtime import clock
from keguan.runtime.clock import offset
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.org.actions import AddStaff, AddUnit, Appoint
from keguan.runtime.policies.actions import Publish
from tests.cast import PASSWORD
from tests.publishing import PACKS

with clock.hold(datetime(2026, 3, 1, tzinfo=UTC)):
    names = ("core", "complaints", "quality-complaints")
    Publish(actor=SYSTEM, packs=tuple(read_pack(PACKS / name) for name in names)).run()
    unit = AddUnit(actor=SYSTEM, unit_name="清源检测").run()
    for username, name, role in {people}:
        added = AddStaff(actor=SYSTEM, username=username, staff_name=name, unit_id=unit, password=PASSWORD).run()
        Appoint(actor=SYSTEM, staff_id=added, role=role, since=date(2026, 1, 1)).run()
offset.set_offset(datetime(2026, 3, 2, 1, tzinfo=UTC) - clock.machine_now())
"""
"""A laboratory's people and policy; and it is Monday, 2 March 2026, 09:00."""

PEOPLE = (
    ("qin_yu", "秦雨", "quality_supervisor"),
    ("he_ning", "何宁", "general_head"),
    ("zhou_lan", "周岚", "general_clerk"),
    ("zheng_yuan", "郑远", "quality_lead"),
    ("gu_quan", "顾全", "general_manager"),
    ("tang_jin", "唐瑾", "executive_office"),
)
NUMBER = "TS-202603-0001"
WORDS = {
    "判断": {"判断理由": "约定的日期已经过了五天"},
    "定责": {"责任部门": "检测室", "原因分析": "排期时漏了一台仪器"},
    "拟案": {"处理办法": "免费加急复检，并重出报告"},
    "实施": {"答复内容": "已加急复检，报告今天寄出"},
}
"""What is written into the form of each step."""


@pytest.fixture(scope="module")
def laboratory(_migrated_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the laboratory's policy is in force and its people are at work; not to be changed."""
    found = Home(Path(shutil.copytree(_migrated_home.path, tmp_path_factory.mktemp("laboratory") / "home")))
    found.script(SET_UP.format(people=PEOPLE))
    return found


@pytest.fixture
def site(laboratory: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The laboratory's Keguan, in which time may be let pass."""
    monkeypatch.setenv("KEGUAN_DRILL", "1")
    for limit in ("KEGUAN_IDLE_MINUTES", "KEGUAN_SESSION_HOURS"):
        monkeypatch.setenv(limit, "100000")  # days pass in a minute, and everybody stays at their desk
    home = Home(Path(shutil.copytree(laboratory.path, tmp_path / "home")))
    with serving(home) as url:
        yield Site(url, home, {})


def test_a_complaint_goes_round_until_the_customer_is_satisfied(
    walker: Walker, site: Site, complaints: list[str]
) -> None:
    """秦雨 registers, 何宁 judges and calls back, 周岚 handles, 郑远 and 顾全 approve, each at a desk of their own. The
    call-back is due on the day itself: it comes too late and the customer is not satisfied; so it all goes round once
    more, and the second time in time.
    """
    qin, he, zhou, zheng, gu = people = [_signed_in(walker, username) for username, _name, _role in PEOPLE[:5]]

    _registers(qin)
    for walk, box in ((qin, "started"), (he, "todo")):
        walk.page.goto(f"{site.url}/cases/?box={box}")
        expect(walk.page.locator("tbody tr").filter(has_text=NUMBER)).to_contain_text("判断")
    _round(site, he, zhou, zheng, gu, first=True)
    _time_passes(site, "2026-03-02T14:55")
    _handles(site, zhou, "实施", 已告知救济途径="是", 告知日="2026-03-02")

    at_the_desk = _desk(site, he)
    expect(at_the_desk).to_have_count(2)
    expect(at_the_desk.filter(has_text="回访")).to_contain_text("18:00")
    expect(at_the_desk.filter(has_text="回访")).to_contain_text("还有 3 小时")
    _time_passes(site, "2026-03-02T19:00")
    expect(_desk(site, he).filter(has_text="回访")).to_contain_text("逾期")
    _opens(site, he, "回访")
    expect(_step(he.page, "回访")).to_contain_text("逾期")
    expect(he.page.locator(".hands li", has_text="超时升级")).to_contain_text("总经办")
    he.picture("complaint-5-late")
    _handles(site, he, "回访", 满意度="不满意", 客户意见="还是没有收到报告")
    _stands(he.page, done=["登记", "判断", "拟案", "报批", "实施", "回访"], now=["定责"])
    expect(_step(he.page, "定责")).to_contain_text("×2")

    _round(site, he, zhou, zheng, gu, first=False)
    _time_passes(site, "2026-03-03T09:55")
    _handles(site, zhou, "实施", 已告知救济途径="是", 告知日="2026-03-03")
    expect(_desk(site, he).filter(has_text="回访")).to_contain_text("还有 8 小时")
    _handles(site, he, "回访", 满意度="满意", 客户意见="收到了，谢谢")
    _handles(site, he, "报告")

    page = he.page
    expect(page.locator(".head__line")).to_contain_text("归档")
    _is_printed(he)
    for walk in people:
        expect(_desk(site, walk)).to_have_count(0)
    assert complaints == []
    assert "账本完好" in site.home.run("-m", "keguan.cli", "verify")


def _signed_in(walker: Walker, username: str) -> Walk:
    walk = walker()
    walk.sign_in(username)
    return walk


def _registers(walk: Walk) -> None:
    """The complaint is filed, and the case begun from its page."""
    page = walk.page
    walk.menu("投诉")
    page.get_by_role("link", name="新建").first.click()
    for label, text in {"摘要": "报告晚了五天", "投诉人": "苏禾", "内容": "约定的报告晚了五天"}.items():
        page.get_by_label(label).first.fill(text)
    page.get_by_label("来件类别").select_option("投诉")
    page.get_by_label("渠道").first.select_option("来电")
    page.get_by_label("受理时间").fill("2026-03-02T09:00")
    page.get_by_label("受理日").fill("2026-03-02")
    page.get_by_role("button", name="保存").first.click()
    page.get_by_role("link", name="发起投诉处理").click()
    page.get_by_role("button", name="发起").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(NUMBER)
    _stands(page, done=["登记"], now=["判断"])
    walk.picture("complaint-1-registered")


def _round(site: Site, he: Walk, zhou: Walk, zheng: Walk, gu: Walk, *, first: bool) -> None:
    """From the judgement, or from what is found the second time, to the approved plan."""
    if first:
        _nobody_else(site, zhou, zheng, gu)
        _handles(site, he, "判断", 是否成立="成立")
        _stands(he.page, done=["登记", "判断"], now=["定责"])
    later = [] if first else ["报批", "实施", "回访"]  # done, the first time
    _handles(site, he, "定责")
    _stands(he.page, done=["登记", "判断", "定责", *later], now=["拟案"])
    _nobody_else(site, he, zheng, gu)
    _handles(site, zhou, "拟案")
    _nobody_else(site, he, zhou, gu)  # 顾全's turn comes after 郑远's
    _handles(site, zheng, "报批", press="同意")
    _nobody_else(site, he, zhou, zheng)
    _handles(site, gu, "报批", press="同意")
    _stands(gu.page, done=["登记", "判断", "定责", "拟案", "报批", *later[2:]], now=["实施"])
    _nobody_else(site, he, zheng, gu)


def _desk(site: Site, walk: Walk) -> Locator:
    """What waits on somebody's desk."""
    walk.page.goto(f"{site.url}/")
    return walk.page.locator("#my-cases tbody tr")


def _nobody_else(site: Site, *others: Walk) -> None:
    for walk in others:
        expect(_desk(site, walk)).to_have_count(0)


def _opens(site: Site, walk: Walk, step: str) -> Locator:
    """From the desk to the step's card on the case's page."""
    row = _desk(site, walk).filter(has_text=NUMBER).filter(has_text=step)
    row.get_by_role("link").first.click()
    card = walk.page.locator("section.card--accent", has=walk.page.get_by_role("heading", name=step, exact=True))
    expect(card).to_be_visible()
    return card


def _handles(site: Site, walk: Walk, step: str, press: str = "办理", **given: str) -> None:
    """Fill the step's form in and press."""
    card = _opens(site, walk, step)
    for label, text in {**WORDS.get(step, {}), **given}.items():
        field = card.get_by_label(label)
        if field.evaluate("field => field.localName") == "select":
            field.select_option(text)
        else:
            field.fill(text)
    card.get_by_role("button", name=press, exact=True).click()
    expect(card.get_by_role("button", name=press, exact=True)).to_have_count(0)


def _step(page: Page, label: str) -> Locator:
    """A step in the picture of the flow."""
    return page.locator(".flow__node", has=page.get_by_text(label, exact=True))


def _stands(page: Page, *, done: list[str], now: list[str]) -> None:
    """The picture of the flow says that these are done, and where the case stands."""
    expect(page.locator(".flow__node--done:not(.flow__node--end) > span:first-child")).to_have_text(done)
    expect(page.locator(".flow__node[aria-current=step] > span:first-child")).to_have_text(now)


def _time_passes(site: Site, until: str) -> None:
    """Until then, with all that falls due on the way."""
    site.home.run("-m", "keguan.cli", "drill", "to", until)


def _is_printed(walk: Walk) -> None:
    """The sheet has both rounds, with everybody's signature."""
    page = walk.page
    page.get_by_role("link", name="打印", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"投诉处理 {NUMBER}")
    expect(page.locator("main")).to_contain_text("收到了，谢谢")
    hands = page.locator(".hands li")
    expect(hands.filter(has_text="签名不符")).to_have_count(0)
    signed = ["登记", "判断", *["定责", "拟案", "报批", "报批", "实施", "回访"] * 2, "报告"]
    expect(hands.filter(has_text="签名有效")).to_have_count(len(signed))
    walk.picture("complaint-9-printed")
