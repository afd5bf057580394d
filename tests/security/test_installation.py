"""What a system has in it on its first day."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.conftest import Home


def test_a_fresh_system_has_nobody_in_it(published_home: Home) -> None:
    """Set up with its packs in force, it has no account, so none with a name or password that everybody knows."""
    counted = "from keguan.runtime.org.queries import staff\nprint(len(staff()))"
    assert published_home.script(counted).strip() == "0"
