"""The archive protected, in the browser: borrowed from and overdue, looked at for a reason, exported with an approval,
destroyed before witnesses, and left behind by somebody who leaves.
"""

from __future__ import annotations

import io
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Locator, Page, expect

from tests.cast import PASSWORD
from tests.conftest import Home
from tests.web.journey.archive_company import PEOPLE, SET_UP
from tests.web.journey.conftest import Site, Walker, serving
from tests.web.journey.walking import Walk

pytestmark = pytest.mark.browser
BATCH = "XH2026-0001"
expect.set_options(timeout=20_000)  # shared machines are slow now and then


@pytest.fixture(scope="module")
def archive(_migrated_home: Home, tmp_path_factory: pytest.TempPathFactory) -> Home:
    """A home in which the company's whole policy is in force and its people are at work; not to be changed."""
    found = Home(Path(shutil.copytree(_migrated_home.path, tmp_path_factory.mktemp("archive") / "home")))
    found.script(SET_UP.format(people=PEOPLE))
    return found


@pytest.fixture
def site(archive: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """The company's Keguan, in which time may be let pass."""
    monkeypatch.setenv("KEGUAN_DRILL", "1")
    for limit in ("KEGUAN_IDLE_MINUTES", "KEGUAN_SESSION_HOURS"):
        monkeypatch.setenv(limit, "100000")  # days pass in a minute, and everybody stays at their desk
    home = Home(Path(shutil.copytree(archive.path, tmp_path / "home")))
    with serving(home) as url:
        yield Site(url, home, {})


def test_the_archive_is_borrowed_looked_at_exported_destroyed_and_handed_over(
    walker: Walker, site: Site, complaints: list[str]
) -> None:
    """赵启 borrows with two approvals and is late; 林晓 looks at a number for a reason; 许可 exports with an approval;
    three old receptions are destroyed before 周敏 and 何审; 林晓 leaves, and 吴越 gets the customers. The ledger tells.
    """
    zhao, shen, song, lu, xu, chen, zhou, he, lin, guan = (
        _signed_in(walker, name)
        for name in (
            "zhao_qi",
            "shen_li",
            "song_yi",
            "lu_jing",
            "xu_ke",
            "chen_gu",
            "zhou_min",
            "he_shen",
            "lin_xiao",
            "guan_li",
        )
    )
    _borrows(zhao)
    for who in (shen, song):
        _completes(site, who, "批准借阅", "同意")
    _completes(site, lu, "借出", "办理", 借出于="2026-03-02")
    _reveals(lin, he)
    _exports(site, xu, chen)
    _destroys(site, lu, song, zhou, he)

    site.home.run("-m", "keguan.cli", "drill", "to", "2026-03-10T10:00")
    zhao.page.goto(f"{site.url}/records/lending/")
    expect(zhao.page.locator("tbody tr")).to_contain_text("逾期")
    zhao.page.goto(f"{site.url}/duties/")
    expect(zhao.page.locator("main")).to_contain_text("归还借阅的档案")
    _picture(zhao, "protection-6-overdue")
    _leaves(site, guan)
    lin.page.goto(f"{site.url}/")
    expect(lin.page.get_by_role("button", name="登录")).to_be_visible()
    he.page.goto(f"{site.url}/ledger/?action=departures.leave")
    expect(he.page.locator("main")).to_contain_text("回家乡工作")
    assert complaints == []
    assert "账本完好" in site.home.run("-m", "keguan.cli", "verify")


def _signed_in(walker: Walker, username: str) -> Walk:
    walk = walker()
    walk.sign_in(username)
    return walk


def _picture(walk: Walk, name: str) -> None:
    """At a desk and on a telephone: nothing sticks out of either."""
    walk.picture(name)
    walk.page.set_viewport_size({"width": 390, "height": 844})
    walk.picture(name)
    walk.page.set_viewport_size({"width": 1440, "height": 900})


def _choose(page: Page, label: str, text: str) -> None:
    """Look a record up by name, and take it."""
    page.get_by_label(label, exact=True).first.fill(text)
    page.get_by_role("radio", name=text).check()


def _borrows(walk: Walk) -> None:
    """The borrowing is filed, and the case begun from its page."""
    page = walk.page
    walk.menu("借阅")
    _picture(walk, "protection-1-nothing-lent")
    page.get_by_role("link", name="新建").first.click()
    for label, text in {"借阅事由": "核对签约面积", "所借档案": "江南里购房合同第三卷", "借阅人": "赵启"}.items():
        page.get_by_label(label).first.fill(text)
    _choose(page, "借阅卡", "JY-001")
    page.get_by_label("借阅密级").select_option("机密")
    page.get_by_label("阅读地点").select_option("办公室")
    page.get_by_label("应还日").fill("2026-03-09")
    page.get_by_role("button", name="保存").first.click()
    page.get_by_role("link", name="发起借阅办理").click()
    page.get_by_role("button", name="发起").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("JY-202603-0001")
    _picture(walk, "protection-2-asked")


def _completes(site: Site, walk: Walk, step: str, press: str, **given: str) -> None:
    """From the desk to the case, fill the step's form in and press."""
    page = walk.page
    page.goto(f"{site.url}/")
    page.locator("#my-cases tbody tr").filter(has_text=step).get_by_role("link").first.click()
    card = page.locator("section.card--accent", has=page.get_by_role("heading", name=step, exact=True))
    for label, text in given.items():
        card.get_by_label(label).fill(text)
    card.get_by_role("button", name=press, exact=True).click()
    expect(card.get_by_role("button", name=press, exact=True)).to_have_count(0)


def _reveals(walk: Walk, auditor: Walk) -> None:
    """A number is seen for a reason, and the auditor reads who saw it and why."""
    page = walk.page
    walk.menu("客户")
    page.locator("tbody tr").filter(has_text="苏禾").get_by_role("link").first.click()
    page.get_by_role("link", name="打开档案").click()
    phone = page.locator(".profile__item", has_text=re.compile(r"^\s*手机"))
    phone.get_by_role("link", name="查看").click()
    phone.get_by_role("textbox").fill("约好周三看房，核对号码")
    phone.get_by_role("button", name="查看原文").click()
    expect(phone.locator(".plain")).to_have_text("13900000000")
    _picture(walk, "protection-3-revealed")
    auditor.menu("账本")
    seen = auditor.page.locator("main").get_by_text("约好周三看房，核对号码")
    expect(seen).to_be_visible()
    expect(auditor.page.locator("main")).not_to_contain_text("13900000000")
    _picture(auditor, "protection-3-ledger")


def _exports(site: Site, clerk: Walk, guardian: Walk) -> None:
    """Names and numbers leave once, with an approval, for somebody named; the file says for whom."""
    page = clerk.page
    page.goto(f"{site.url}/exports/new/customer/")
    _picture(clerk, "protection-4-export")
    page.get_by_label("给谁").fill("云岭印务社")
    page.locator("#f-purpose").fill("寄送答谢会的请柬")
    page.get_by_label("导出地点").fill("总部办公室")
    page.get_by_label("防泄露措施").select_option("水印")
    page.get_by_role("button", name="申请审批").click()
    _picture(clerk, "protection-4-waiting")
    _completes(site, guardian, "审查导出", "同意")
    _picture(guardian, "protection-4-approved")
    clerk.menu("导出")
    _picture(clerk, "protection-4-granted")
    page.get_by_role("link", name="导出 客户").first.click()
    page.get_by_role("button", name="按批准的导出").click()
    with page.expect_download() as fetched:
        page.get_by_role("button", name="下载").click()
    sheet = load_workbook(io.BytesIO(Path(fetched.value.path()).read_bytes())).active
    assert sheet is not None
    text = "\n".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row if cell is not None)
    assert all(each in text for each in ("许可", "给：云岭印务社", "寄送答谢会的请柬", "苏禾", "139****0000"))
    assert "13900000000" not in text
    page.reload()
    expect(page.locator("main")).to_contain_text("已下载 1 次")
    _picture(clerk, "protection-4-fetched")
    page.get_by_role("link", name="看申请和审批").click()
    expect(page.locator("main")).to_contain_text("还可用 0 次")
    expect(page.get_by_role("button", name="按批准的导出")).to_have_count(0)


def _destroys(site: Site, keeper: Walk, officer: Walk, *witnesses: Walk) -> None:
    """What is due is looked through, approved, watched by two with their passwords, and stands in the list for ever."""
    page = keeper.page
    page.goto(f"{site.url}/retention/")
    _picture(keeper, "protection-5-retention")
    page.goto(f"{site.url}/retention/batches/")
    page.get_by_role("link", name=BATCH).first.click()
    expect(page.locator("main tbody tr")).to_have_count(3)
    page.get_by_label("鉴定意见").fill("期限已满，没有在办的事")
    _picture(keeper, "protection-5-batch")
    page.get_by_role("button", name="送审").click()
    _completes(site, officer, "批准处置", "同意")
    for walk in witnesses:
        walk.page.goto(f"{site.url}/retention/batches/")
        walk.page.get_by_role("link", name=BATCH).first.click()
        walk.page.get_by_label("我的登录密码").fill(PASSWORD)
        walk.page.get_by_role("button", name="确认监销").click()
        expect(walk.page.get_by_role("button", name="确认监销")).to_have_count(0)
    listed = _until(page, f"{site.url}/retention/list/", "main tbody tr", 3)
    expect(listed.first).to_contain_text("宋宜")
    expect(listed.first).to_contain_text("何审")
    _picture(keeper, "protection-5-list")


def _until(page: Page, url: str, rows: str, count: int) -> Locator:
    """A page asked for again until its table has so many rows: a job is at it."""
    for _again in range(40):
        page.goto(url)
        if page.locator(rows).count() == count:
            break
        page.wait_for_timeout(500)
    expect(page.locator(rows)).to_have_count(count)
    return page.locator(rows)


def _leaves(site: Site, walk: Walk) -> None:
    """Somebody leaves today: the account closes, all goes to a colleague, and nothing is left without an owner."""
    page = walk.page
    page.goto(f"{site.url}/departures/orphans")
    _picture(walk, "protection-7-orphans-before")
    walk.menu("人员")
    page.get_by_role("link", name="林晓").first.click()
    page.get_by_role("link", name="办理离职").click()
    page.get_by_label("离职日").fill("2026-03-10")
    page.get_by_label("事由").fill("回家乡工作")
    _picture(walk, "protection-7-leaves")
    page.get_by_role("button", name="办理离职").click()
    expect(page.locator("main")).to_contain_text("当天的清单")
    departure = page.url
    page.get_by_label("接收人").fill("吴越")
    page.get_by_label("事由").first.fill("名下的客户由同组接手")
    _picture(walk, "protection-7-hands-over")
    page.get_by_role("button", name="全部移交").click()
    for _again in range(40):
        page.goto(departure)
        if page.get_by_text("没有要移交的了").count():
            break
        page.wait_for_timeout(500)
    expect(page.locator("main")).to_contain_text("没有要移交的了")
    _picture(walk, "protection-7-left")
    page.goto(f"{site.url}/departures/orphans")
    expect(page.locator("main")).to_contain_text("没有")
    _picture(walk, "protection-7-orphans")
