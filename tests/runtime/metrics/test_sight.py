"""Who may know which figure, which group, and the list behind it."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.metrics import queries as metrics
from keguan.runtime.metrics.queries import FEW
from tests.runtime.decisions.filing import as_seen_by, customer
from tests.runtime.metrics.world import buy, on, work

if TYPE_CHECKING:
    from keguan.runtime.metrics.queries import FigureCard
    from tests.cast import Cast, Member

NOVEMBER = date(2026, 11, 1)


def cards(member: Member) -> dict[str, FigureCard]:
    """The dashboard of one of the cast, by figure."""
    return {card.code: card for panel in metrics.dashboard(viewer_for(member.id)) for card in panel.cards}


def refusal(member: Member, *asked: object) -> str:
    """With what a list is refused."""
    with pytest.raises(Refused) as refused:
        metrics.listed(viewer_for(member.id), *asked)  # type: ignore[arg-type]
    return refused.value.code


def test_only_those_who_see_the_class_know_of_a_figure(office: Cast) -> None:
    """周敏 sees both blocks; 林晓 sees no trade and so no figure about it; 管理 sees nothing."""
    work()
    assert set(cards(office.zhou_min)) == {
        "leading_share", "by_person", "by_unit", "by_grade", "contacts", "mean_purchase",
    }  # fmt: skip
    assert "mean_purchase" not in cards(office.lin_xiao)
    assert cards(office.guan_li) == {}
    for page in (office.lin_xiao, office.guan_li):
        with pytest.raises(Refused) as refused:
            metrics.figure_page(viewer_for(page.id), "mean_purchase")
        assert refused.value.code == "metrics.not_found"


def test_a_figure_over_few_records_is_for_those_who_see_all(office: Cast) -> None:
    """The month's contacts are over no record at all: 周敏 is shown 0, 林晓 nothing; seven customers are enough."""
    work()
    assert cards(office.lin_xiao)["leading_share"].now is not None
    mine, hers = (cards(each)["contacts"].now for each in (office.lin_xiao, office.zhou_min))
    assert mine is not None
    assert hers is not None
    assert (mine.shown, mine.text, mine.value, mine.members, mine.state_label) == (False, "", None, 0, "")
    assert (hers.shown, hers.text, hers.members) == (True, "0", 0)
    shown = cards(office.lin_xiao)["leading_share"].now
    assert shown is not None
    assert (shown.shown, shown.text, shown.numerator, shown.denominator) == (True, "57.14%", "4", "7")


def test_people_see_their_own_group_and_those_they_look_after(office: Cast) -> None:
    """周敏 sees both people; 方明 those in 滨海, 林晓 and 赵启 those in 江南; what is left out is counted."""
    work()
    found = metrics.figure_page(viewer_for(office.zhou_min.id), "by_person")
    assert [(each.label, each.point.text) for each in found.groups] == [("方明", "0%"), ("林晓", "80%")]
    for member, name in ((office.fang_ming, "方明"), (office.lin_xiao, "林晓"), (office.zhao_qi, "林晓")):
        page = metrics.figure_page(viewer_for(member.id), "by_person")
        assert [each.label for each in page.groups] == [name]
        assert page.unseen == 1


def test_units_see_their_own(office: Cast) -> None:
    """Of units, 赵启 sees 江南 alone."""
    work()
    page = metrics.figure_page(viewer_for(office.zhao_qi.id), "by_unit")
    assert [(each.label, each.point.text) for each in page.groups] == [("江南分公司", "80%")]


def test_a_small_group_takes_the_next_with_it(office: Cast) -> None:
    """Of grades 林晓 may know those of five and more; one small group alone would follow from the whole, so the next
    smallest is left out as well.
    """
    lin = as_seen_by(office.lin_xiao.id)
    for number in range(FEW):
        customer(lin, f"意{number}", intends="是")
    work()
    page = metrics.figure_page(viewer_for(office.lin_xiao.id), "by_grade")
    assert [(each.label, each.point.members) for each in page.groups] == [("D", 6), ("E", 6)]
    buy(office, customer(lin, "业主"), "10000")
    with on(2026, 11, 22):
        work()
    page = metrics.figure_page(viewer_for(office.lin_xiao.id), "by_grade")
    assert ([each.point.members for each in page.groups], page.unseen) == ([6], 2)
    page = metrics.figure_page(viewer_for(office.zhou_min.id), "by_grade")
    assert [each.label for each in page.groups] == ["C", "D", "E"]


def test_the_list_behind_a_number(office: Cast) -> None:
    """What a share misses, what it counts and of what; of a group only its own; each within one's reach."""
    work()

    def names(member: Member, part: str, group: str = "", code: str = "leading_share") -> list[str]:
        found = metrics.listed(viewer_for(member.id), code, part, NOVEMBER, group)
        return [row.title.text for row in found.rows]

    assert names(office.zhou_min, "missing") == ["滨1", "滨0", "江4"]
    assert names(office.zhou_min, "counted") == ["江3", "江2", "江1", "江0"]
    assert len(names(office.zhou_min, "of")) == 7
    assert names(office.fang_ming, "missing") == ["滨1", "滨0"]
    assert names(office.lin_xiao, "missing") == ["江4"]
    assert names(office.zhou_min, "missing", json.dumps(office.lin_xiao.id), "by_person") == ["江4"]
    assert names(office.zhou_min, "counted", json.dumps("D"), "by_grade") == ["江4"]


def test_lists_go_on(office: Cast) -> None:
    """A page of two leads to the next."""
    work()
    viewer = viewer_for(office.zhou_min.id)
    first = metrics.listed(viewer, "leading_share", "of", NOVEMBER, size=4)
    second = metrics.listed(viewer, "leading_share", "of", NOVEMBER, after=first.next, size=4)
    assert [each.title.text for each in (*first.rows, *second.rows)] == [
        "滨1", "滨0", "江4", "江3", "江2", "江1", "江0",
    ]  # fmt: skip
    assert second.next == 0


def test_lists_that_there_are_not(office: Cast) -> None:
    """No such part, group, period or place; a list that asks about what is not seen is refused whatever it has."""
    work()
    assert refusal(office.zhou_min, "leading_share", "nothing", NOVEMBER) == "metrics.part"
    assert refusal(office.zhou_min, "leading_share", "of", date(2026, 10, 1)) == "metrics.part"
    assert refusal(office.zhou_min, "leading_share", "of", NOVEMBER, "1") == "metrics.part"
    assert refusal(office.zhou_min, "leading_share", "of", NOVEMBER, "", -1) == "metrics.part"
    assert refusal(office.lin_xiao, "mean_purchase", "counted", date(2026, 10, 1)) == "metrics.not_found"
    assert refusal(office.guan_li, "leading_share", "of", NOVEMBER) == "metrics.not_found"


def test_a_dashboard_is_a_fixed_number_of_queries(office: Cast) -> None:
    """One query for every figure; a figure's page and a list take as many with ten customers as with seven."""
    work()
    viewer = viewer_for(office.zhou_min.id)

    def counted() -> tuple[int, int, int]:
        found = []
        for ask in (
            lambda: metrics.dashboard(viewer),
            lambda: metrics.figure_page(viewer, "by_person"),
            lambda: metrics.listed(viewer, "leading_share", "of", NOVEMBER),
        ):
            with CaptureQueriesContext(
                connection,
            ) as queries:
                ask()
            found.append(len([each for each in queries if "policies_" not in each["sql"]]))
        return found[0], found[1], found[2]

    before = counted()
    for number in range(3):
        customer(as_seen_by(office.lin_xiao.id), f"新{number}")
    with on(2026, 11, 22):
        work()
    assert counted() == before
    assert before[0] == 1


def test_what_is_one_s_own(office: Cast) -> None:
    """林晓 finds her own share with its months, newest first; 周敏, to whom no customer belongs, finds nothing."""
    work()
    with on(2026, 12, 2):
        work()
        (found,) = metrics.mine(viewer_for(office.lin_xiao.id))
        assert [(each.period, each.text, each.state_label) for each in found.points] == [
            ("2026年12月", "80%", "达标"),
            ("2026年11月", "80%", "达标"),
        ]
        assert found.card.now is not None
        assert found.card.now.text == "57.14%"
        assert metrics.mine(viewer_for(office.zhou_min.id)) == ()
