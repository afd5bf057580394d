"""A new version may not lose or misread what is kept."""

from __future__ import annotations

import pytest
from django.db import connection

from keguan.language.source import PackSource
from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.models import Publication
from keguan.runtime.policies.queries import current
from keguan.runtime.policies.refusals import PolicyRefused
from keguan.runtime.policies.stored import existing_columns
from tests.runtime.policies.shelf import club

pytestmark = pytest.mark.usefixtures("company")

NOW = "2026-11-21 00:00:00+00:00"
CITY = "| 城市 | city | City | 文本(20) | | 身份 | 一般 |\n"
CARD = """### 第四条 会员卡 {#card}

:::档案 会员卡 (member_card)
显示: 卡号

| 字段 | 代码 | 英文 | 类型 | 必填 | 信息类别 | 密级 |
|---|---|---|---|---|---|---|
| 卡号 | card_number | Card number | 文本(20) | 是 | 身份 | 一般 |
:::

"""


def publish(pack: PackSource) -> None:
    """As the system."""
    Publish(actor=SYSTEM, packs=(pack,)).run()


def refused(pack: PackSource) -> list[str]:
    """The ids of the diagnostics with which a pack is refused, having changed nothing."""
    before = (Publication.objects.count(), current().publication_id)
    with pytest.raises(PolicyRefused) as refusal:
        publish(pack)
    assert (Publication.objects.count(), current().publication_id) == before
    return [found.id for found in refusal.value.diagnostics]


def keep(table: str, **values: str) -> None:
    """Put a row into a record table, past the actions."""
    row: dict[str, str | int] = {"id": 1, "created_at": NOW, "updated_at": NOW, "version": 1, **values}
    marks = ", ".join(["%s"] * len(row))
    with connection.cursor() as cursor:
        cursor.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))


def test_a_field_with_values_may_not_be_dropped() -> None:
    """The field 城市 holds a value, so a version without it is refused."""
    publish(club(fields=CITY))
    keep("rec_member", full_name="林知远", city="江南")
    assert refused(club("1.1.0")) == ["K6002"]


def test_an_empty_field_may_be_dropped_and_its_column_stays() -> None:
    """A field that no record has a value in may go; nothing is removed from the table."""
    publish(club(fields=CITY))
    keep("rec_member", full_name="林知远")
    publish(club("1.1.0"))
    assert "city" not in {field.code for field in current().model.record_types["member"].fields}
    assert "city" in existing_columns("rec_member")


def test_a_record_type_with_records_may_not_be_dropped() -> None:
    """会员卡 has one record, so a version without it is refused; without records it may go."""
    publish(club(more=CARD))
    keep("rec_member_card", card_number="N-1")
    assert refused(club("1.1.0")) == ["K6001"]
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM rec_member_card")
    publish(club("1.1.0"))
    assert "member_card" not in current().model.record_types


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ("| 城市 | city | City | 日期 | | 身份 | 一般 |\n", ["K6003"]),
        ("| 城市 | city | City | 整数 | | 身份 | 一般 |\n", ["K6003"]),
        ("| 城市 | city | City | 引用(会员) | | 身份 | 一般 |\n", ["K6003"]),
        ("| 城市 | city | City | 文本(20) | | 身份 | 敏感 |\n", ["K6004"]),
    ],
)
def test_a_field_keeps_its_type_and_secrecy(changed: str, expected: list[str]) -> None:
    """The type and the secrecy of a field cannot change, even while no record has a value in it."""
    publish(club(fields=CITY))
    assert refused(club("1.1.0", fields=changed)) == expected


def test_text_may_become_a_choice() -> None:
    """Types that are stored alike may follow one another."""
    publish(club(fields=CITY))
    publish(club("1.1.0", fields="| 城市 | city | City | 选项(江南, 滨海) | | 身份 | 一般 |\n"))
    assert current().model.policies["club"].version == "1.1.0"


def test_a_code_is_never_reused_for_another_type() -> None:
    """A code that a version before the last used for text is refused as a date."""
    publish(club(fields=CITY))
    publish(club("1.1.0"))
    assert refused(club("1.2.0", fields="| 到期日 | city | City | 日期 | | 身份 | 一般 |\n")) == ["K6003"]


def test_an_outcome_keeps_its_type() -> None:
    """The column 级别 gave text; a version in which it gives a number is refused."""
    publish(club())
    text = club("1.1.0").files["policy.md"].replace('"金"', "1").replace('"银"', "2")
    assert "K6005" in refused(PackSource("club", {"policy.md": text}))


def test_a_decision_keeps_its_kind_of_history() -> None:
    """A decision that took the first row and now adds up all rows would leave a history that nobody can read."""
    publish(club())
    text = (
        club("1.1.0").files["policy.md"].replace("命中: 首条", "命中: 累加").replace("→ 级别 (level)", "→ 分 (score)")
    )
    text = text.replace('"金"', "1").replace('"银"', "2")
    assert refused(PackSource("club", {"policy.md": text})) == ["K6006"]
