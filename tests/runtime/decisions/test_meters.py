"""How full quotas are, as somebody may see it."""

from __future__ import annotations

import pytest

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.decisions.queries import meter, quotas_offered
from keguan.runtime.ledger.actions import Refused
from tests.cast import Cast
from tests.credit import lend
from tests.runtime.decisions.test_quotas import account


@pytest.fixture
def analyst(cast: Cast, afternoon: None) -> Viewer:
    """许可, the analyst, with the four accounts."""
    lend(cast)
    return viewer_for(cast.xu_ke.id)


def test_a_meter_says_room_and_who_is_next(analyst: Viewer) -> None:
    """东区: one 贵宾 of at most one, 滨海; 云岭 has been cut and would rise first. 西区 has room for one and none."""
    found = meter(analyst, "vip_quota")
    assert (found.label.zh, found.clause.number, found.by, found.left_out, found.next) == (
        "贵宾名额",
        "第五条",
        "采购量",
        0,
        "",
    )
    east, west = found.groups
    assert (east.name, east.members, west.name, west.members) == ("东区", 2, "西区", 2)
    (line,) = east.lines
    assert (line.outcome, line.used, line.by_table, line.most, line.least) == ("贵宾", 1, 2, 1, None)
    assert line.falls is not None
    assert line.rises is not None
    assert (line.falls.title.text, line.rises.title.text) == ("滨海水泥", "云岭建材")
    assert (west.lines[0].used, west.lines[0].most, west.lines[0].falls) == (0, 1, None)


def test_who_has_no_region_is_a_group_of_its_own(analyst: Viewer) -> None:
    """An account without a region stands in a group without a name."""
    account(analyst, "江北电缆", "", "9000000")
    assert [group.name for group in meter(analyst, "vip_quota").groups] == ["（没有填写）", "东区", "西区"]


def test_groups_go_on_page_after_page(analyst: Viewer) -> None:
    """After 东区 comes 西区."""
    assert [group.name for group in meter(analyst, "vip_quota", "东区").groups] == ["西区"]


def test_who_may_not_see_the_outcome_sees_no_meter(analyst: Viewer, cast: Cast) -> None:
    """周敏, who sees no credit information, is offered none and refused the page."""
    clerk = viewer_for(cast.zhou_min.id)
    assert quotas_offered(clerk) == ()
    with pytest.raises(Refused) as refused:
        meter(clerk, "vip_quota")
    assert refused.value.code == "decisions.no_quota"


def test_it_takes_seven_queries(analyst: Viewer, django_assert_num_queries: pytest.FixtureRequest) -> None:
    """The policy in force (two); the empty group, the groups, their figures, the ends, the names."""
    meter(analyst, "vip_quota")
    with django_assert_num_queries(7):  # type: ignore[operator]
        meter(analyst, "vip_quota")
