"""Files become records; rows that cannot are given back with reasons."""

from __future__ import annotations

from keguan.runtime.imports import queries
from tests.cast import Cast
from tests.runtime.imports.journey import CUSTOMER, bring_in, customer, stored, viewer


def test_good_rows_go_in_and_bad_rows_come_back(company: Cast) -> None:
    """Of three rows two are customers, and the third is given back with row, column and what to do."""
    card = bring_in(
        company.xu_ke,
        [CUSTOMER, customer("林知远", 1), customer("周小舟", 2, 手机="1390000"), customer("单琳", 3)],
    )
    assert (card.state, card.created, card.rejected, card.position) == ("done", 2, 1, 3)
    assert stored("customer", "name", "import_id", "import_row") == [("林知远", card.id, 2), ("单琳", card.id, 4)]
    (row,) = queries.rejections(viewer(company.xu_ke), card.id).rows
    assert row.number == 3
    assert [(p.column, p.value, p.sentence) for p in row.problems] == [
        ("手机", "******", "手机号应为11位，这里是7位。")
    ]
