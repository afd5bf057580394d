"""Signing in with two factors in a real browser, with the browser's own virtual authenticator."""

from __future__ import annotations

import re
from base64 import b32decode

import pytest
from playwright.sync_api import Page, expect

from keguan.runtime import clock
from keguan.runtime.org.factors.totp import code_at, step_at
from tests.cast import PASSWORD
from tests.web.journey.conftest import Site, Walker
from tests.web.journey.walking import Walk

pytestmark = pytest.mark.browser
expect.set_options(timeout=20_000)  # shared machines are slow now and then

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def first_step(page: Page, address: str, username: str) -> None:
    """Name and password."""
    page.goto(f"{address}/sign-in")
    page.get_by_label("用户名").fill(username)
    page.get_by_label("密码").fill(PASSWORD)
    page.get_by_role("button", name="登录", exact=True).click()


def code_now(secret: bytes, steps: int = 0) -> str:
    """What the telephone shows; the site runs by the machine's clock."""
    return code_at(secret, step_at(clock.machine_now()) + steps)


def both_widths(walk: Walk, name: str) -> None:
    """A picture as on a desk and as on a telephone; nothing sticks out."""
    for width, height in ((1440, 900), (390, 844)):
        walk.page.set_viewport_size({"width": width, "height": height})
        walk.picture(name)
    walk.page.set_viewport_size({"width": 1440, "height": 900})


def test_a_passkey_from_binding_to_signing_in_without_a_password(
    walker: Walker, site: Site, complaints: list[str]
) -> None:
    """林晓 adds a passkey, leaves, comes in by it alone, and then with the password and the passkey as second step."""
    walk, address = walker(), site.url.replace("127.0.0.1", "localhost")
    page = walk.page
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    page.goto(f"{address}/sign-in")
    expect(page.get_by_role("button", name="用通行密钥登录")).to_be_visible()
    both_widths(walk, "sign-in")
    first_step(page, address, "lin_xiao")
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    page.goto(f"{address}/account/")
    both_widths(walk, "account-empty")
    page.get_by_label("给它起个名字").fill("办公电脑")
    page.get_by_role("button", name="绑定这台设备").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("恢复码")
    both_widths(walk, "account-recovery")
    page.get_by_role("link", name="我已经收好").click()
    expect(page.get_by_role("cell", name="办公电脑")).to_be_visible()
    both_widths(walk, "account-passkey")
    page.get_by_role("button", name="退出").click()
    page.get_by_role("button", name="用通行密钥登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    page.get_by_role("button", name="退出").click()
    first_step(page, address, "lin_xiao")
    expect(page.get_by_role("heading", level=1)).to_have_text("第二步验证")
    both_widths(walk, "sign-in-factor")
    page.get_by_role("button", name="用通行密钥验证").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    assert complaints == []


def test_codes_of_an_app_and_the_pages_of_administrators(walker: Walker, site: Site, complaints: list[str]) -> None:
    """管理 binds an app by what the page shows, and looks after others; the pages fit both widths."""
    walk = walker()
    page = walk.page
    walk.sign_in("guan_li")
    page.goto(f"{site.url}/account/")
    page.get_by_role("button", name="绑定", exact=True).click()
    expect(page.locator(".qr svg")).to_be_visible()
    both_widths(walk, "account-codes")
    shown = re.sub(r"\s", "", page.locator("code").first.inner_text())
    secret = b32decode(shown)
    page.get_by_label("验证码").fill(code_now(secret))
    page.get_by_role("button", name="确认绑定").click()
    expect(page.locator(".codes code")).to_have_count(10)
    page.goto(f"{site.url}/account/people/")
    both_widths(walk, "account-people")
    page.get_by_label("姓名或用户名").fill("林晓")
    page.get_by_role("button", name="找人").click()
    page.get_by_role("link", name="林晓").first.click()
    both_widths(walk, "account-person")
    page.goto(f"{site.url}/account/password")
    both_widths(walk, "account-password")
    page.goto(f"{site.url}/account/again?next=/account/")
    both_widths(walk, "account-again")
    page.get_by_role("button", name="退出").click()
    first_step(page, site.url, "guan_li")
    page.get_by_label("验证码").fill(code_now(secret, 1))
    page.get_by_role("button", name="验证", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("您好")
    assert complaints == []
