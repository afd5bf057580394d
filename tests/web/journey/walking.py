"""How one person goes about the house in a browser."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import ConsoleMessage, Page, expect

from tests.cast import PASSWORD


class Walk:
    """One person's browser."""

    def __init__(self, page: Page, url: str, shots: Path | None) -> None:
        self.page = page
        self._url = url
        self._shots = shots

    def sign_in(self, username: str) -> None:
        """Sign in and arrive at the desk."""
        self.page.goto(f"{self._url}/")
        self.page.get_by_label("用户名").fill(username)
        self.page.get_by_label("密码").fill(PASSWORD)
        self.page.get_by_role("button", name="登录").click()
        expect(self.page.get_by_role("heading", level=1)).to_contain_text("您好")

    def menu(self, label: str) -> None:
        """Choose from the side menu, and be there."""
        with self.page.expect_navigation():
            self.page.get_by_label("主菜单").get_by_role("link", name=label, exact=True).click()

    def picture(self, name: str) -> None:
        """Keep a picture, when pictures are asked for; nothing may stick out sideways either way."""
        wide = self.page.locator("html").evaluate("page => page.scrollWidth - window.innerWidth")
        assert wide <= 0, f"{name} sticks out by {wide} px"
        if self._shots is not None:
            self._shots.mkdir(parents=True, exist_ok=True)
            width = (self.page.viewport_size or {"width": 0})["width"]
            self.page.screenshot(path=self._shots / f"{name}-{width}.png", full_page=True)


def is_complaint(said: ConsoleMessage) -> bool:
    """Errors, but for the answer to what is refused on purpose, and a request broken off because one goes to another
    page: htmx tells of that, and that the request is over; of one that failed it says more.
    """
    expected = ("status of 422", "htmx:sendAbort,", "htmx:afterRequest,")
    return said.type == "error" and not any(text in said.text for text in expected)
