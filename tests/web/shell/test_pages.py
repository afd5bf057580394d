"""Every page of the menu opens for those who may, and says no kindly to those who may not."""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.web.conftest import SignedIn

PAGES = ("/desk/", "/records/customer/", "/policies/", "/policies/property-developer/", "/settings/", "/search/?q=林")


@pytest.mark.parametrize("address", PAGES)
def test_the_menus_pages_open(address: str, company: Cast, signed_in: SignedIn) -> None:
    """A salesperson opens every page of her menu."""
    assert signed_in(company.lin_xiao).get(address).status_code == 200
