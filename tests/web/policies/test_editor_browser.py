"""A policy is revised by three people in their browsers, and the customers move."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.language.paper.documents import SCANNED
from tests.web.journey.conftest import Site, Walker
from tests.web.journey.test_s25 import FILING
from tests.web.journey.walking import Walk

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # shared machines are slow now and then


def _opened(walk: Walk, username: str) -> Page:
    """Somebody begins a revision."""
    walk.sign_in(username)
    walk.menu("制度")
    walk.page.get_by_role("link", name="客户信息管理办法").click()
    walk.page.get_by_role("button", name="起草修订").click()
    expect(walk.page.locator("[data-ago]")).to_be_visible()
    return walk.page


def _replaced(page: Page, old: str, new: str) -> None:
    """Select some words in the editor and type others over them, as a person does."""
    page.locator("textarea.editor").evaluate(
        "(area, old) => { const at = area.value.indexOf(old); area.focus();"
        " area.setSelectionRange(at, at + old.length); }",
        old,
    )
    page.keyboard.insert_text(new)


def _told(walk: Walk, asked: str) -> Page:
    """Somebody finds the draft on the desk and goes to it."""
    card = walk.page.locator("section", has=walk.page.get_by_role("heading", name="制度"))
    expect(card).to_contain_text(asked)
    card.get_by_role("link", name="客户信息管理办法").click()
    expect(walk.page.locator(".way")).to_be_visible()
    return walk.page


def test_three_people_revise_a_policy_and_the_customers_move(walker: Walker, site: Site, complaints: list[str]) -> None:
    """许可 mistypes, reads why on the line, mends it, tries, submits; 周敏 approves; 郑远 signs; 陆百川 rises to B."""
    site.home.script(f'{FILING}\ncustomer("陆百川", "13900000006", "600万")')
    author = walker()
    page = _opened(author, "xu_ke")
    _replaced(page, ">= 800万", ">= 六百万元整")
    found = page.locator("[data-finding][data-severity=error]")
    expect(found).to_have_count(1)
    expect(page.locator(".code__flag--error")).to_be_visible()
    expect(page.locator(".code__line--error mark")).to_have_count(1)
    line = int(found.get_attribute("data-line") or "0")
    found.locator("[data-jump]").click()
    expect(page.locator(".code__place")).to_contain_text(f"行 {line}，列 {found.get_attribute('data-column')}")
    expect(page.locator(".code__note")).to_have_text(
        found.locator(".findings__message").inner_text() + found.locator(".findings__hint").inner_text()
    )
    author.picture("editor-finding")

    _replaced(page, ">= 六百万元整", ">= 600万")
    expect(page.locator(".code__flag--error")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(page.locator("textarea.editor")).to_have_value(re.compile("六百万元整"))
    page.keyboard.press("Control+y")
    _replaced(page, "version: 1.0.0", "version: 1.1.0")
    expect(page.locator("#saved")).to_contain_text("第 2 稿")

    _tries(author)
    page.get_by_role("link", name="流程", exact=True).click()
    page.get_by_role("button", name="提交审核").click()
    expect(page.get_by_role("status")).to_contain_text("已提交审核")

    reviewer = walker()
    reviewer.sign_in("zhou_min")
    page = _told(reviewer, "请您审核")
    page.get_by_label("意见").fill("门槛与近三年成交相称")
    page.get_by_role("button", name="通过").click()
    expect(page.get_by_role("status")).to_contain_text("已审核通过")

    signer = walker()
    signer.sign_in("zheng_yuan")
    page = _told(signer, "请您签发")
    expect(page.locator(".timeline")).to_contain_text("门槛与近三年成交相称")
    page.get_by_role("button", name="签发").click()
    expect(page.get_by_role("status")).to_contain_text("已发布 1.1.0")
    expect(page.locator("#side")).to_contain_text("人未签收")
    signer.picture("editor-signed")

    signer.menu("客户")
    page.locator("tbody tr", has_text="陆百川").get_by_role("link").first.click()
    expect(page.locator("#drawer")).to_contain_text("为什么客户等级是 B？")
    expect(page.locator("#drawer")).to_contain_text(">= 600万")
    _reads(walker())
    assert complaints == []


def _tries(walk: Walk) -> None:
    """The trial shows one customer going from C to B with the reason, and can be taken away."""
    page = walk.page
    page.get_by_role("link", name="试算", exact=True).click()
    expect(page.locator("#side .matrix .moves a")).to_have_text("1")
    expect(page.locator("#side .flow .move")).to_have_count(1)
    expect(page.locator("#side tr", has_text="陆百川")).to_contain_text("达到第5行的“>= 600万”")
    walk.picture("editor-trial")
    with page.expect_download() as given:
        page.get_by_role("button", name="CSV").click()
    assert "陆百川" in given.value.path().read_text(encoding="utf-8-sig")


def _reads(walk: Walk) -> None:
    """林晓 finds the new version on her desk, reads it, confirms, and finds the desk without it."""
    walk.sign_in("lin_xiao")
    page = walk.page
    card = page.locator("section", has=page.get_by_role("heading", name="制度"))
    expect(card).to_contain_text("请签收")
    card.get_by_role("link", name="客户信息管理办法 1.1.0").click()
    expect(page.locator("#grade")).to_contain_text("≥\N{NO-BREAK SPACE}600万")
    page.get_by_role("button", name="我已阅读").click()
    expect(page.get_by_role("status")).to_contain_text("已签收，谢谢。")
    expect(page.get_by_role("button", name="我已阅读")).to_have_count(0)
    walk.menu("工作台")
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    expect(page.get_by_text("请签收")).to_have_count(0)


def test_a_policy_comes_from_the_drawer_into_the_editor(
    walker: Walker, site: Site, tmp_path: Path, complaints: list[str]
) -> None:
    """A scanned text: refused while it is no text, then brought in, told of, opened, seen as a preview, and printed."""
    paper, broken = tmp_path / "规定.txt", tmp_path / "坏的.docx"
    paper.write_text(SCANNED, encoding="utf-8")
    broken.write_bytes(b"no word file")
    walk = walker(390, 844)
    walk.sign_in("xu_ke")
    page = walk.page
    page.goto(f"{site.url}/policies/")
    page.get_by_role("link", name="带进一份制度").click()
    form = page.locator("form", has=page.get_by_role("button", name="带进来"))
    walk.picture("bring-in")
    form.locator("input[type=file]").set_input_files(broken)
    form.get_by_role("button", name="带进来").click()
    expect(page.get_by_role("alert")).to_contain_text("读不了这个 Word 文件")
    title = form.get_by_label("制度的名称")
    expect(title).to_have_value("坏的")
    form.locator("input[type=file]").set_input_files(paper)
    expect(title).to_have_value("规定")
    title.fill("青禾客户服务管理规定")
    form.locator("input[type=file]").set_input_files(paper)
    expect(title).to_have_value("青禾客户服务管理规定")
    form.get_by_role("button", name="带进来").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("带进来的情况")
    expect(page.get_by_role("row", name="第 2 页 共 2 页")).to_contain_text("页码")
    walk.picture("brought-in")
    page.get_by_role("link", name="打开草案").click()
    expect(page.locator("textarea.editor")).to_have_value(re.compile("客服中心接到投诉后"))
    page.get_by_role("link", name="预览", exact=True).click()
    expect(page.locator("#side")).to_contain_text("仅叙述 5")
    with page.expect_download() as given:
        page.locator("#side").get_by_role("link", name="Word").click()
    assert given.value.suggested_filename == "青禾客户服务管理规定 1.0.0（草案第 1 稿）.docx"
    walk.picture("brought-in-preview")
    assert complaints == []


def test_two_people_who_save_at_once_both_keep_their_words(walker: Walker, site: Site) -> None:
    """周敏 saves first; 许可 is told at once, what he wrote stays, and becomes a draft of its own."""
    his, hers = walker(), walker()
    page = _opened(his, "xu_ke")
    hers.sign_in("zhou_min")
    hers.page.goto(page.url)
    _replaced(hers.page, ">= 800万", ">= 700万")
    expect(hers.page.locator("#saved")).to_contain_text("第 2 稿")

    _replaced(page, ">= 800万", ">= 600万")
    expect(page.locator("#conflict")).to_contain_text("周敏 又存了一稿（第 2 稿）")
    assert ">= 600万" in page.locator("textarea.editor").input_value()
    his.picture("editor-conflict")
    page.get_by_role("button", name="把我的文字另存为一份草案").click()
    expect(page.locator("#saved")).to_contain_text("第 1 稿 · 许可")
    assert ">= 600万" in page.locator("textarea.editor").input_value()
    hers.page.reload()
    assert ">= 700万" in hers.page.locator("textarea.editor").input_value()


def test_the_editor_leaves_keys_and_input_methods_alone(walker: Walker, site: Site, complaints: list[str]) -> None:
    """At 390 px nothing sticks out; Tab walks the cells of a table and Esc Tab leaves; composing asks for no check."""
    walk = walker(390, 844)
    walk.sign_in("xu_ke")
    walk.page.goto(f"{site.url}/policies/property-developer/")
    walk.page.get_by_role("button", name="起草修订").click()
    page = walk.page
    expect(page.locator("[data-ago]")).to_be_visible()
    walk.picture("editor-phone")
    _replaced(page, "| >= 800万 |", "| >= 810万 |")
    page.keyboard.press("Tab")
    assert page.evaluate("document.getSelection().toString()").strip() != ""
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") != "TEXTAREA"

    expect(page.locator("#saved")).to_contain_text("第 2 稿")
    asked = page.locator("input[name=asked]")
    before = asked.input_value()
    page.locator("textarea.editor").evaluate(
        "area => { area.dispatchEvent(new CompositionEvent('compositionstart'));"
        " area.dispatchEvent(new InputEvent('input', { isComposing: true, bubbles: true })); }"
    )
    page.wait_for_timeout(700)
    assert asked.input_value() == before
    page.locator("textarea.editor").evaluate("area => area.dispatchEvent(new CompositionEvent('compositionend'))")
    expect(asked).to_have_value(str(int(before) + 1))
    assert complaints == []
