"""Access reviews: every appointment is put to somebody else who answers for it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.departures.actions import Leave
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications.models import Notification
from keguan.runtime.org import queries as org
from keguan.runtime.org.actions import AddStaff, Appoint, EndAppointment, NameHead
from keguan.runtime.org.models import Appointment
from keguan.runtime.reviews import queries
from keguan.runtime.reviews.actions import AnswerItems, CloseReview, StartReview
from keguan.runtime.reviews.models import Campaign, Item, ItemState, Unanswered
from keguan.runtime.reviews.sweeping import next_moment, sweep
from tests.cast import HEAD_OFFICE, JIANGNAN, PASSWORD

if TYPE_CHECKING:
    from collections.abc import Callable

    from pytest_django import DjangoAssertNumQueries

    from keguan.runtime.access.viewer import Viewer
    from tests.cast import Cast

TODAY = date(2026, 11, 21)
DUE = date(2026, 11, 30)
DAY_AFTER = datetime(2026, 11, 30, 16, 5, tzinfo=UTC)  # 1 December in the company's time zone


@pytest.fixture
def an_quan(company: Cast, afternoon: datetime) -> Viewer:
    """安全 starts reviews; 赵启 heads the 江南 branch, 周敏 the company."""
    unit = company.units[HEAD_OFFICE]
    staff_id = AddStaff(actor=SYSTEM, username="an_quan", staff_name="安全", unit_id=unit, password=PASSWORD).run()
    Appoint(actor=SYSTEM, staff_id=staff_id, role="security_administrator").run()
    NameHead(actor=SYSTEM, unit_id=company.units[JIANGNAN], staff_id=company.zhao_qi.id).run()
    NameHead(actor=SYSTEM, unit_id=unit, staff_id=company.zhou_min.id).run()
    return viewer_for(staff_id)


def start(viewer: Viewer, company: Cast, unanswered: Unanswered = Unanswered.ESCALATE) -> int:
    """A review of the 江南 branch."""
    units = [company.units[JIANGNAN]]
    return StartReview(viewer=viewer, title="四季度复核", due=DUE, unit_ids=units, unanswered=unanswered).run()


def item_of(staff_id: int) -> Item:
    """The one item about somebody."""
    return Item.objects.get(staff_id=staff_id)


def refused(act: Callable[[], object], code: str) -> None:
    """Assert that an action is refused and changes nothing."""

    def stored() -> tuple[object, ...]:
        rows = (*Item.objects.order_by("id").values(), *Appointment.objects.order_by("id").values())
        return (*rows, *Campaign.objects.values(), Entry.objects.count())

    before = stored()
    with pytest.raises(Refused) as caught:
        act()
    assert (caught.value.code, stored()) == (code, before)


def test_everything_is_put_to_the_head(company: Cast, an_quan: Viewer) -> None:
    """林晓 to 赵启, 赵启 to 周敏 over her; both are told how many and by when; nobody reviews themselves."""
    start(an_quan, company)
    assert {each.staff_id: each.reviewer_id for each in Item.objects.all()} == {
        company.lin_xiao.id: company.zhao_qi.id,
        company.zhao_qi.id: company.zhou_min.id,
    }
    told = Notification.objects.filter(kind="reviews.assigned")
    assert {(each.staff_id, each.facts["count"], each.facts["due"]) for each in told} == {
        (company.zhao_qi.id, 1, "2026-11-30"),
        (company.zhou_min.id, 1, "2026-11-30"),
    }
    (card,) = queries.mine(viewer_for(company.zhao_qi.id))
    assert (card.name, card.label, card.mine) == ("林晓", "销售员", True)
    assert card.given is not None
    assert "edit" in card.given.operations


def test_where_no_head_is_over_them(company: Cast, an_quan: Viewer) -> None:
    """周敏 heads the company: whoever may review access answers for her; 安全 not for herself."""
    StartReview(viewer=an_quan, title="总部", due=DUE, unit_ids=[company.units[HEAD_OFFICE]]).run()
    assert item_of(company.zhou_min.id).reviewer_id is None
    assert item_of(an_quan.staff_id or 0).reviewer_id == company.zhou_min.id
    assert company.zhou_min.id in {card.staff_id for card in queries.mine(an_quan)}
    own = item_of(an_quan.staff_id or 0)
    refused(lambda: AnswerItems(viewer=an_quan, item_ids=[own.pk], keep=True).run(), "reviews.not_found")


def test_kept_and_revoked(company: Cast, an_quan: Viewer) -> None:
    """A revoked role is gone at once, with the reviewer's name in the ledger; a kept one goes on."""
    campaign = start(an_quan, company)
    zhao_qi, zhou_min = viewer_for(company.zhao_qi.id), viewer_for(company.zhou_min.id)
    revoke = AnswerItems(viewer=zhao_qi, item_ids=[item_of(company.lin_xiao.id).pk], keep=False, reason="已转岗三个月")
    assert revoke.run() == 1
    assert org.appointments_of(company.lin_xiao.id) == ()
    AnswerItems(viewer=zhou_min, item_ids=[item_of(company.zhao_qi.id).pk], keep=True).run()
    assert org.appointments_of(company.zhao_qi.id)
    ended = Entry.objects.filter(action="org.end_appointment").get()
    assert (ended.actor_id, ended.actor_name) == (None, "赵启")
    card = queries.campaign(an_quan, campaign)
    assert (card.counts, card.answered, card.total) == ({"kept": 1, "revoked": 1}, 2, 2)
    CloseReview(viewer=an_quan, campaign_id=campaign).run()
    refused(lambda: CloseReview(viewer=an_quan, campaign_id=campaign).run(), "reviews.closed")


def test_only_the_reviewer_answers(company: Cast, an_quan: Viewer) -> None:
    """Neither somebody else, nor whoever started it, nor the person; not twice; revoking takes a reason."""
    campaign = start(an_quan, company)
    item = item_of(company.lin_xiao.id)
    for viewer in (an_quan, viewer_for(company.lin_xiao.id), viewer_for(company.zhou_min.id)):
        refused(
            lambda viewer=viewer: AnswerItems(viewer=viewer, item_ids=[item.pk], keep=True).run(), "reviews.not_found"
        )
    zhao_qi = viewer_for(company.zhao_qi.id)
    refused(lambda: AnswerItems(viewer=zhao_qi, item_ids=[item.pk], keep=False, reason="无").run(), "reviews.reason")
    refused(lambda: AnswerItems(viewer=zhao_qi, item_ids=[], keep=True).run(), "reviews.not_found")
    AnswerItems(viewer=zhao_qi, item_ids=[item.pk], keep=True).run()
    refused(lambda: AnswerItems(viewer=zhao_qi, item_ids=[item.pk], keep=True).run(), "reviews.answered")
    refused(lambda: CloseReview(viewer=an_quan, campaign_id=campaign).run(), "reviews.waiting")


def test_what_cannot_be_started(company: Cast, an_quan: Viewer) -> None:
    """Without the operation, a name, a day to come, or anything to review."""
    refused(lambda: start(viewer_for(company.zhou_min.id), company), "not_permitted")
    refused(lambda: StartReview(viewer=an_quan, title=" ", due=DUE).run(), "reviews.title")
    refused(lambda: StartReview(viewer=an_quan, title="复核", due=TODAY).run(), "reviews.due")
    refused(lambda: StartReview(viewer=an_quan, title="复核", due=DUE, unit_ids=[10**9]).run(), "reviews.unit")
    refused(lambda: StartReview(viewer=an_quan, title="复核", due=DUE, roles=["nobody"]).run(), "reviews.role")
    refused(
        lambda: StartReview(viewer=an_quan, title="复核", due=DUE, roles=["planning_contact"]).run(), "reviews.empty"
    )


def test_unanswered_items_go_up(company: Cast, an_quan: Viewer) -> None:
    """After the day 林晓's goes from 赵启 to 周敏, who is told; once; 赵启's goes to whoever may review access."""
    campaign = start(an_quan, company)
    assert next_moment() == datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
    assert sweep() == 0
    with clock.hold(DAY_AFTER):
        assert (sweep(), sweep()) == (2, 0)
        assert item_of(company.lin_xiao.id).reviewer_id == company.zhou_min.id
        assert item_of(company.zhao_qi.id).reviewer_id is None
        told = Notification.objects.filter(kind="reviews.escalated").values_list("staff_id", flat=True)
        assert set(told) == {company.zhou_min.id, an_quan.staff_id}
        assert org.appointments_of(company.lin_xiao.id)
        CloseReview(viewer=an_quan, campaign_id=campaign).run()
    assert next_moment() is None


def test_unanswered_items_lapse(company: Cast, an_quan: Viewer) -> None:
    """Where the review says so, what nobody has answered ends with the day."""
    start(an_quan, company, Unanswered.LAPSE)
    with clock.hold(DAY_AFTER):
        assert sweep() == 2
        assert org.appointments_of(company.lin_xiao.id) == ()
        assert set(Item.objects.values_list("state", flat=True)) == {ItemState.LAPSED}


def test_reviewers_are_reminded_once(company: Cast, an_quan: Viewer) -> None:
    """Two days before."""
    start(an_quan, company)
    with clock.hold(datetime(2026, 11, 28, 2, 0, tzinfo=UTC)):
        sweep()
        sweep()
    told = Notification.objects.filter(kind="reviews.reminder").values_list("staff_id", flat=True)
    assert sorted(told) == sorted([company.zhao_qi.id, company.zhou_min.id])


def test_what_ended_meanwhile_is_said_so(company: Cast, an_quan: Viewer) -> None:
    """林晓's role ended by itself before 赵启 revoked it."""
    start(an_quan, company)
    item = item_of(company.lin_xiao.id)
    until = TODAY - timedelta(days=3)
    EndAppointment(actor=SYSTEM, appointment_id=item.appointment_id, until=until).run()
    zhao_qi = viewer_for(company.zhao_qi.id)
    AnswerItems(viewer=zhao_qi, item_ids=[item.pk], keep=False, reason="不再需要").run()
    assert item_of(company.lin_xiao.id).state == ItemState.GONE
    assert Appointment.objects.get(pk=item.appointment_id).until == until


def test_somebody_leaves_meanwhile(company: Cast, an_quan: Viewer) -> None:
    """赵启 leaves: her own item is gone, and 林晓's goes to 周敏 above."""
    start(an_quan, company)
    Leave(viewer=viewer_for(company.guan_li.id), staff_id=company.zhao_qi.id, reason="本人辞职").run()
    assert item_of(company.zhao_qi.id).state == ItemState.GONE
    assert item_of(company.lin_xiao.id).reviewer_id == company.zhou_min.id


def test_who_sees_a_review(company: Cast, an_quan: Viewer, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Whoever may review and the auditor all of it, a reviewer what is put to them, others nothing."""
    campaign = start(an_quan, company)
    he_shen, zhao_qi = viewer_for(company.he_shen.id), viewer_for(company.zhao_qi.id)
    assert len(queries.items(he_shen, campaign).cards) == 2
    assert [card.name for card in queries.items(zhao_qi, campaign).cards] == ["林晓"]
    assert queries.campaigns(viewer_for(company.fang_ming.id)) == ()
    with pytest.raises(Refused, match=r"reviews\.not_found"):
        queries.items(viewer_for(company.fang_ming.id), campaign)
    with django_assert_num_queries(4):
        queries.mine(zhao_qi)
    with django_assert_num_queries(1):
        assert queries.waiting_for(zhao_qi) == 1
