"""Staff fields in forms: found by part of a name, filled in so that they mean one person, refused with a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.records import queries as records
from keguan.runtime.records.queries import ListQuery
from tests.runtime.decisions.editions import edition, publish
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Cast
    from tests.web.conftest import SignedIn

FIELD = "| 可接受价格 | price_limit | Acceptable price | 金额 | | 来往 | 一般 |\n"
HANDLER = "| 经办人 | handler | Handler | 人员 | | 来往 | 一般 |\n"


@pytest.fixture(autouse=True)
def _handlers(company: Cast) -> None:
    """Customers have a handler."""
    publish(edition("2.0.0", (FIELD, FIELD + HANDLER)))


def test_people_are_offered_by_part_of_their_name(company: Cast, signed_in: SignedIn) -> None:
    """Each as the text that means nobody else, with their unit; nobody while nothing is typed."""
    client = signed_in(company.lin_xiao)
    html = client.get("/records/-/people/?field=handler&handler=赵").content.decode()
    assert html.strip() == '<option value="赵启（zhao_qi）">江南分公司</option>'
    assert client.get("/records/-/people/?field=handler&handler=").content.decode().strip() == ""


def test_a_form_shows_whom_it_holds_and_takes_it_back(company: Cast, signed_in: SignedIn) -> None:
    """What stands in the field is read as the same person when the form comes back unchanged."""
    record_id = customer(company.lin_xiao, handler="zhao_qi")
    client = signed_in(company.lin_xiao)
    html = client.get(f"/records/customer/{record_id}/edit/").content.decode()
    assert 'value="赵启（zhao_qi）"' in html
    assert 'hx-get="/records/-/people/?field=handler"' in html
    given = {"version": "1", "name": "张伟", "customer_kind": "个人", "handler": "周敏（zhou_min）"}
    assert client.post(f"/records/customer/{record_id}/edit/", given).status_code == 302
    cells = records.get(viewer_for(company.lin_xiao.id), "customer", record_id).cells
    assert cells["handler"].value == company.zhou_min.id


def test_nobody_of_that_name_is_said_beside_the_field(company: Cast, signed_in: SignedIn) -> None:
    """The form comes back with what was typed and the sentence; nothing is filed."""
    given = {"name": "张伟", "customer_kind": "个人", "phone": "13800135612", "handler": "钱七"}
    answer = signed_in(company.lin_xiao).post("/records/customer/new/", given)
    html = answer.content.decode()
    assert answer.status_code == 422
    assert "本公司没有“钱七”这个人。请填写姓名或登录名。" in html
    assert 'value="钱七"' in html
    assert records.page(viewer_for(company.lin_xiao.id), "customer", ListQuery()).rows == ()
