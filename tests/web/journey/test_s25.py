"""S25's checks watched in the browser: the change of a figure, the reports, and a first contract."""

from __future__ import annotations

import json
import re

import pytest
from playwright.sync_api import Page, expect

from tests.web.journey.conftest import Site, Walker
from tests.web.journey.signing import published_by

pytestmark = pytest.mark.browser

FILING = """
import json
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.org.queries import staff_by_username
from keguan.runtime.records.actions import Create

def file(who, record_type, **values):
    return Create(viewer=viewer_for(staff_by_username(who).id), record_type=record_type, values=values).run()

def customer(name, phone, amount=None, **more):
    made = file("lin_xiao", "customer", name=name, customer_kind="个人", phone=phone, source="来电", **more)
    if amount:
        file("xu_ke", "purchase_contract", contract_number=f"GF-{phone[-4:]}", customer=str(made), amount=amount,
             signed_on="2026-03-02", contract_status="履行中", property_kind="公寓", unit_sold="1-101", discount="98%")
    return made
"""


def _filed(site: Site, source: str) -> dict[str, int]:
    """What was filed, through the system's own actions, by name."""
    told: dict[str, int] = json.loads(site.home.script(f"{FILING}\n{source}\nprint(json.dumps(made))"))
    return told


def test_a_changed_figure_moves_exactly_those_whom_it_should(walker: Walker, site: Site, complaints: list[str]) -> None:
    """800万 becomes 600万: the trial names the two who will rise, publishing raises them, and 5,990,000 stays C."""
    made = _filed(
        site,
        """made = {
            "六百万": customer("陆百川", "13900000006", "600万"),
            "差一元": customer("戚百里", "13900000007", "7999999"),
            "五九九": customer("吴玖玖", "13900000005", "599万"),
            "八百万": customer("巴百岁", "13900000008", "800万"),
        }""",
    )
    walk = walker()
    page = walk.page
    walk.sign_in("xu_ke")
    walk.menu("制度")
    page.get_by_role("link", name="客户信息管理办法").click()
    page.get_by_role("button", name="起草修订").click()
    editor = page.locator("textarea.editor")
    text = editor.input_value()
    assert text.count(">= 800万") == 1
    editor.fill(text.replace(">= 800万", ">= 600万").replace("version: 1.0.0", "version: 1.1.0"))
    expect(page.locator("#result")).to_contain_text("没有错误")

    page.get_by_role("link", name="试算", exact=True).click()
    was_c = page.locator("#side .matrix tbody tr", has=page.get_by_role("rowheader", name="C", exact=True))
    expect(was_c.locator("td.moves").get_by_role("link")).to_have_text("2")
    expect(page.locator("#side .matrix td.moves")).to_have_count(1)  # nobody moves otherwise
    expect(page.locator("#side").get_by_role("cell", name="C → B", exact=True)).to_have_count(2)
    walk.picture("s25-trial")
    page.get_by_role("link", name="对比", exact=True).click()
    expect(page.locator("#side ins", has_text=">= 600万")).to_be_visible()

    page.get_by_role("link", name="流程", exact=True).click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status")).to_contain_text("已提交审核")
    published_by(site, "xu_ke", "zhou_min", "zheng_yuan")
    walk.menu("客户")
    page.locator("tbody tr", has_text="陆百川").get_by_role("link").first.click()
    expect(page.locator("#drawer")).to_contain_text("为什么客户等级是 B？")
    page.get_by_role("link", name="打开档案").click()
    expect(page.locator(".head__line .pill").first).to_have_text("B")
    why = page.locator("#why-customer_grade")
    expect(why).to_contain_text("为什么客户等级是 B？")
    expect(why).to_contain_text("达到第5行的“>= 600万”")
    expect(why).to_contain_text("客户信息管理办法 1.1.0")
    expect(why.locator(".history")).to_contain_text(re.compile(r"C → B、金卡 → 铂金卡（第 5 行，1\.1\.0）"))
    expect(page.locator("#timeline")).to_contain_text("客户等级 C → B")
    walk.picture("s25-moved")

    assert {name: _grade(page, site, number) for name, number in made.items()} == {
        "六百万": "B",
        "差一元": "B",
        "五九九": "C",
        "八百万": "B",
    }
    page.goto(f"{site.url}/records/customer/{made['五九九']}/")
    expect(page.locator("#why-customer_grade .history")).not_to_contain_text("1.1.0")
    assert complaints == []


def _grade(page: Page, site: Site, customer: int) -> str:
    page.goto(f"{site.url}/records/customer/{customer}/")
    return page.locator(".head__line .pill").first.inner_text()


def test_reports_add_up_and_a_first_contract_raises(walker: Walker, site: Site, complaints: list[str]) -> None:
    """The week holds all its entries and the month the sum of its weeks; who called only, and buys, becomes C at once
    and owes the owner's particulars.
    """
    made = _filed(
        site,
        """made = {"只来电": customer("顾明远", "13900000002")}
for day, channel in [("02", "来电"), ("06", "来访"), ("06", "来电"), ("09", "来电"), ("13", "来访")]:
    file("lin_xiao", "reception", customer=str(made["只来电"]), channel=channel, received_on=f"2026-03-{day}",
         summary=f"三月{day}日{channel}")""",
    )
    supervisor = walker()
    supervisor.sign_in("zhao_qi")
    supervisor.menu("周报")
    weeks = supervisor.page.locator("tbody tr")
    expect(weeks).to_have_count(2)
    first = weeks.filter(has_text="2026-03-02")
    expect(first.locator("td.number")).to_have_text(["3", "1"])
    expect(weeks.filter(has_text="2026-03-09").locator("td.number")).to_have_text(["2", "1"])
    supervisor.picture("s25-weeks")
    supervisor.page.goto(f"{site.url}{first.get_by_role('link').get_attribute('href')}")
    expect(supervisor.page.locator("#child-reception tbody tr")).to_have_count(3)
    expect(supervisor.page.locator("#child-reception")).not_to_contain_text("三月09日来电")

    specialist = walker()
    page = specialist.page
    specialist.sign_in("xu_ke")
    specialist.menu("月报")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr td.number")).to_have_text(["5", "2"])
    specialist.picture("s25-month")

    page.goto(f"{site.url}/records/customer/{made['只来电']}/")
    expect(page.locator(".head__line .pill").first).to_have_text("E")
    expect(page.get_by_text("待补")).to_have_count(0)
    page.get_by_text("登记 ▾").click()
    page.get_by_role("link", name="新建购买合同").click()
    expect(page.get_by_role("radio", checked=True)).to_have_value(str(made["只来电"]))
    for label, value in {
        "合同编号": "GF-2026-0301",
        "合同金额": "120万",
        "成交单元": "3-0901",
        "所享折扣": "98%",
    }.items():
        page.get_by_label(label).fill(value)
    page.get_by_label("签订日").fill("2026-03-20")
    page.get_by_label("合同状态").select_option("履行中")
    page.get_by_label("物业类型").select_option("公寓")
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("GF-2026-0301")

    page.goto(f"{site.url}/records/customer/{made['只来电']}/")
    expect(page.locator(".head__line .pill").first).to_have_text("C")
    expect(page.locator(".head__line")).to_contain_text("待补 1 项")
    owed = page.locator(".profile__item", has_text="业主通讯地址")
    expect(owed).to_contain_text("待补")
    expect(owed.get_by_role("link", name="第三条")).to_be_visible()
    expect(page.locator("#timeline")).to_contain_text("客户等级 E → C")
    specialist.picture("s25-first-contract")
    assert complaints == []
