"""A step that is handled by whoever a field names."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import Refused
from tests.runtime.processes.world import complete, open_steps, publish_policy, shares, start

if TYPE_CHECKING:
    from tests.runtime.processes.world import Office

FORM_FIELD = (
    "| 被投诉人 | against | 文本(60) | |",
    "| 被投诉人 | against | 文本(60) | |\n| 协办人 | helper | 人员 | |",
)
BY_FIELD = ("| 定责 | judging | 销售主管 |", "| 定责 | judging | 协办人 |")
FILLED = {"complaint_form.matter": "空调不制冷"}


@pytest.fixture
def by_field(office: Office) -> Office:
    """Whoever the form names finds out who is accountable."""
    publish_policy("1.0.1", FORM_FIELD, BY_FIELD)
    return office


def test_the_person_named_by_a_field_handles_the_step(by_field: Office) -> None:
    """The form names 周敏: the step is hers, and nobody else may complete it."""
    cast = by_field.cast
    filled = {**FILLED, "complaint_form.helper": cast.zhou_min.id}
    case = start(cast.lin_xiao, "complaint", by_field.customer, filled)
    assert [share.staff_id for share in shares(case, "judging")] == [cast.zhou_min.id]
    with pytest.raises(Refused) as other:
        complete(cast.zhao_qi, case, "judging", "成立")
    assert other.value.code == "cases.not_yours"
    assert open_steps(case) == ["judging"]
    complete(cast.zhou_min, case, "judging", "成立")
    assert open_steps(case) == ["calling"]


def test_a_person_who_is_barred_is_not_given_the_step_by_a_field(by_field: Office) -> None:
    """The form names 周敏 twice, as whom the complaint is about and as helper: the step is not hers."""
    cast = by_field.cast
    filled = {
        **FILLED,
        "complaint_form.helper": cast.zhou_min.id,
        "complaint_form.against": cast.zhou_min.name,
    }
    case = start(cast.lin_xiao, "complaint", by_field.customer, filled)
    assert cast.zhou_min.id not in [share.staff_id for share in shares(case, "judging")]
    with pytest.raises(Refused) as barred:
        complete(cast.zhou_min, case, "judging", "成立")
    assert barred.value.code == "cases.barred"
    assert open_steps(case) == ["judging"]
