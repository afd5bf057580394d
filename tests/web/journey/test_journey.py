"""One walk through the whole house, in a browser, as four people do it in a week."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from tests.web.journey.conftest import Site, Walker
from tests.web.journey.signing import published_by
from tests.web.journey.walking import Walk

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # shared machines are slow now and then

PHONE = "13900000001"
ID_NUMBER = "11010519491231002X"


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """Three customers, one with a wrong check digit; and one with a phone that is already in the file."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "客户"
    sheet.append(["姓名", "客户类别", "手机", "身份证号", "来源", "有购买意向", "归属人"])
    sheet.append(["林知远", "个人", PHONE, ID_NUMBER, "来访", "是", "林晓"])
    sheet.append(["苏晴", "个人", "１３９０００００００２", "", "来电", "", "林晓"])
    sheet.append(["何雨桐", "个人", "13900000003", "110105194912310021", "来电", "", "林晓"])
    sheet.append(["何雨桐二", "个人", PHONE, "", "来电", "", "林晓"])
    book.save(tmp_path / "customers.xlsx")
    return tmp_path / "customers.xlsx"


def test_from_sign_in_to_ledger(walker: Walker, site: Site, workbook: Path, complaints: list[str]) -> None:
    """A spreadsheet becomes graded, explained, protected customers; a policy is tried; the ledger proves it all."""
    keeper = walker()
    keeper.sign_in("xu_ke")
    keeper.picture("01-desk")
    _imports(keeper, workbook)

    seller = walker()
    seller.sign_in("lin_xiao")
    _finds(seller)
    _reveals(seller)

    keeper.menu("制度")
    _revises(keeper)
    published_by(site, "xu_ke", "zhou_min", "zheng_yuan")
    keeper.menu("客户")
    expect(keeper.page.locator("tbody tr", has_text="林知远")).to_contain_text("C")

    auditor = walker()
    auditor.sign_in("he_shen")
    _audits(auditor)

    assert complaints == []
    _nothing_in_clear(site)


def _imports(walk: Walk, workbook: Path) -> None:
    page = walk.page
    walk.menu("导入")
    page.get_by_role("link", name="导入表格").first.click()
    page.get_by_label("导入到").select_option("customer")
    page.locator("input[type=file]").set_input_files(workbook)
    walk.picture("02-upload")
    page.get_by_role("button", name="上传并认列").click()
    expect(page.get_by_role("heading", name="每一列是什么")).to_be_visible()
    walk.picture("03-mapping")
    page.get_by_role("button", name="试运行").click()
    expect(page.get_by_role("heading", name="试运行结果")).to_be_visible(timeout=60_000)
    expect(page.locator("#rejected")).to_contain_text("身份证号")
    walk.picture("04-trial")
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("heading", name="导入完成")).to_be_visible(timeout=60_000)
    expect(page.locator(".figure__value").nth(1)).to_have_text("2")
    walk.picture("05-imported")
    with page.expect_download() as given:
        page.get_by_role("link", name="下载退回的行").click()
    with given.value.path().open("rb") as back:
        sheet = openpyxl.load_workbook(back).active
    assert sheet is not None
    assert sheet.max_row == 3


def _finds(walk: Walk) -> None:
    page = walk.page
    walk.menu("客户")
    expect(page.locator("tbody tr")).to_have_count(2)
    walk.picture("06-list")
    page.keyboard.press("/")
    page.keyboard.type("lzy")
    expect(page.locator("tbody tr")).to_have_count(1)
    expect(page.locator("tbody tr")).to_contain_text("139****0001")
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    page.keyboard.press("Enter")
    drawer = page.locator("#drawer")
    expect(drawer).to_contain_text("林知远")
    expect(drawer).to_contain_text("为什么客户等级是 D")
    walk.picture("07-drawer")
    page.keyboard.press("Escape")
    expect(drawer).to_be_hidden()
    page.keyboard.press("o")
    expect(page.get_by_role("heading", level=1, name="林知远")).to_be_visible()
    expect(page.locator("#why-customer_grade")).to_contain_text("第四条 五级分类")
    walk.picture("08-record")


def _reveals(walk: Walk) -> None:
    page = walk.page
    phone = page.locator(".profile__item", has_text=re.compile(r"^\s*手机"))
    phone.get_by_role("link", name="查看").click()
    phone.get_by_role("textbox").fill("看")
    phone.get_by_role("textbox").evaluate("box => box.removeAttribute('minlength')")
    phone.get_by_role("button", name="查看原文").click()
    expect(phone).to_contain_text("至少4个字")
    phone.get_by_role("textbox").fill("交付预约，核对电话")
    phone.get_by_role("button", name="查看原文").click()
    expect(phone.locator(".plain")).to_have_text(PHONE)
    walk.picture("09-revealed")
    page.reload()
    expect(phone).to_contain_text("139****0001")
    expect(page.locator("#timeline")).to_contain_text("林晓 查看了手机原文")


def _revises(walk: Walk) -> None:
    page = walk.page
    page.get_by_role("link", name="客户信息管理办法").click()
    expect(page.locator("#grade")).to_contain_text("系统强制")
    walk.picture("10-policy")
    page.get_by_role("button", name="起草修订").click()
    editor = page.locator("textarea.editor")
    text = editor.input_value()
    editor.fill(text.replace('| - | - | - | - | - | - | - | true | - | "D" | - |', "| - | - | - | - |"))
    expect(page.locator("#result .pill--red").first).to_be_visible()
    walk.picture("11-findings")
    editor.fill(text.replace("version: 1.0.0", "version: 1.1.0").replace('true | - | "D" | -', 'true | - | "C" | -'))
    expect(page.locator("#result")).to_contain_text("没有错误")
    page.get_by_role("link", name="试算", exact=True).click()
    expect(page.locator("#side .flow")).to_be_visible()
    expect(page.locator("#side")).to_contain_text("D → C")
    walk.picture("12-trial")
    page.get_by_role("link", name="流程", exact=True).click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status")).to_contain_text("已提交审核")


def _audits(walk: Walk) -> None:
    page = walk.page
    walk.menu("账本")
    entries = page.locator("tbody").last
    expect(entries).to_contain_text("交付预约，核对电话")
    expect(entries).to_contain_text("签发制度")
    page.get_by_role("button", name="核验账本").click()
    expect(page.locator("#proof")).to_contain_text("核验通过", timeout=60_000)
    walk.picture("13-ledger")


def _nothing_in_clear(site: Site) -> None:
    """Neither the database file nor its log holds a phone or an ID number."""
    kept = b"".join(path.read_bytes() for path in site.home.path.rglob("*") if path.is_file())
    assert PHONE.encode() not in kept
    assert ID_NUMBER.encode() not in kept


def test_a_phones_width_is_enough(walker: Walker, site: Site, complaints: list[str]) -> None:
    """At 390 px every page of the menu opens from the menu button, and nothing sticks out."""
    walk = walker(390, 844)
    walk.sign_in("zhou_min")
    for label in ("客户", "购买合同", "周报", "制度", "导入", "设置"):
        walk.page.get_by_role("button", name="菜单").click()
        walk.menu(label)
        expect(walk.page.get_by_role("heading", level=1)).to_have_text(label)
        walk.picture(f"phone-{label}")
    assert complaints == []


def test_the_pages_are_english_for_those_who_want_it(walker: Walker, site: Site) -> None:
    """The switch turns the page's language and its dates, and stays after signing in again."""
    walk = walker()
    walk.sign_in("lin_xiao")
    walk.page.get_by_role("button", name="EN").click()
    expect(walk.page.locator("html")).to_have_attribute("lang", "en")
    expect(walk.page.locator(".top__date")).to_contain_text(re.compile("Mon|Tue|Wed|Thu|Fri|Sat|Sun"))
    with sqlite3.connect(site.home.path / "keguan.sqlite3") as database:
        chosen = database.execute("SELECT language FROM org_staff WHERE username = 'lin_xiao'").fetchone()
    assert chosen == ("en",)
