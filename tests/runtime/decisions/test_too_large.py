"""A number that comes out too large to be kept is refused with a sentence, and nothing is written."""

from __future__ import annotations

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import Update
from keguan.runtime.records.queries import ListQuery
from tests.cast import Cast
from tests.runtime.decisions.editions import edition, publish
from tests.runtime.records.filing import customer

FIELD = "| 可接受价格 | price_limit | Acceptable price | 金额 | | 来往 | 一般 |\n"
FACT = "| 参加活动次数 | attendances | Attendances | 整数 | 来往 | count(活动参加) |\n"
SQUARED = "| 价格的平方 | squared | Price squared | 金额 | 来往 | 可接受价格 * 可接受价格 |\n"
SENTENCE = "没有保存：按制度为“客户”算出来的一个数太大，存不下。请检查填写的数字。"


@pytest.fixture(autouse=True)
def _squares(company: Cast) -> None:
    """A policy that squares a price."""
    publish(edition("2.0.0", (FACT, FACT + SQUARED)))


def test_what_has_room_is_kept(company: Cast) -> None:
    """300 万 squared."""
    record_id = customer(company.lin_xiao, price_limit="300万")
    cells = records.get(viewer_for(company.lin_xiao.id), "customer", record_id).cells
    assert cells["squared"].value == 900_000_000_000_000


def test_a_new_record_is_refused(company: Cast) -> None:
    """9000 亿 squared is more than 64 bits: nothing is filed."""
    with pytest.raises(Refused) as refused:
        customer(company.lin_xiao, price_limit="9000亿")
    assert (refused.value.code, str(refused.value.message)) == ("decisions.too_large", SENTENCE)
    assert records.page(viewer_for(company.lin_xiao.id), "customer", ListQuery()).rows == ()


def test_a_change_is_refused(company: Cast) -> None:
    """The record stays as it was."""
    viewer = viewer_for(company.lin_xiao.id)
    record_id = customer(company.lin_xiao, price_limit="300万")
    with pytest.raises(Refused) as refused:
        Update(viewer=viewer, record_type="customer", id=record_id, version=1, values={"price_limit": "9000亿"}).run()
    assert refused.value.code == "decisions.too_large"
    cells = records.get(viewer, "customer", record_id).cells
    assert (cells["price_limit"].value, cells["squared"].value) == (300_000_000, 900_000_000_000_000)
