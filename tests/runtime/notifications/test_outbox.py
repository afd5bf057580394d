"""The outbox: planned once, sent once, tried again when that is safe, and never doubled by guess."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from keguan.runtime import clock
from keguan.runtime.jobs.holding import held
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.notifications.actions import tell
from keguan.runtime.notifications.channel_kinds import ALWAYS, MaybeSent, NotSent
from keguan.runtime.notifications.models import (
    Channel,
    Delivery,
    DeliveryState,
    Notification,
    Preference,
)
from keguan.runtime.notifications.outbox import deliver
from keguan.runtime.notifications.planning import plan
from keguan.runtime.notifications.sending import WAITS
from keguan.runtime.org.models import Staff
from tests.cast import Cast
from tests.runtime.notifications.conftest import assigned
from tests.runtime.notifications.stand_in import StandIn, channel, reach

pytestmark = pytest.mark.django_db

BUSY = NotSent("对方正忙。", again=True)
GONE = MaybeSent("连接中断。")


@pytest.fixture
def told(company: Cast, stand_in: StandIn, morning: datetime, settings: object) -> Cast:
    """林晓 has an address, there is a channel, and a step came to her."""
    settings.ADDRESS = "https://crm.example.com/"  # type: ignore[attr-defined]
    channel()
    reach(company.lin_xiao.id, "lin@example.com", morning)
    tell([assigned(company.lin_xiao.id)])
    return company


def only() -> Delivery:
    """The only delivery."""
    return Delivery.objects.get()


def test_a_notice_goes_out_once(told: Cast, stand_in: StandIn) -> None:
    """Its sentence, its link, to the person's address, with the channel's secrets; and never again."""
    assert (deliver().sent, deliver().sent) == (1, 0)
    (message,) = stand_in.messages
    notice = Notification.objects.get()
    sentence = "客户投诉 TS-202611-0001 的“定责”到了您手上，请在 2026-11-24 09:00 前办理。"
    assert (message.to, message.name, message.title) == ("lin@example.com", "林晓", sentence)
    assert message.text == f"{sentence}\nhttps://crm.example.com/notifications/{notice.pk}/"
    assert stand_in.given == [{"place": "here", "secret": "geheim"}]
    sent = only()
    assert (sent.state, sent.attempts, sent.provider_id) == ("sent", 1, "no-1")
    assert (sent.shown_to, sent.key) == ("l***@example.com", f"n{notice.pk}-c{sent.channel_id}")


def test_without_a_verified_address_nothing_goes_out(told: Cast, stand_in: StandIn, morning: datetime) -> None:
    """Those who have none, or have not shown that it is theirs, are told in the house alone."""
    reach(told.zhao_qi.id, "zhao@example.com", morning, verified=False)
    tell([assigned(told.zhao_qi.id), assigned(told.fang_ming.id)])
    deliver()
    assert [each.to for each in stand_in.messages] == ["lin@example.com"]
    assert not Notification.objects.filter(planned=False).exists()


def test_a_channel_of_later_does_not_tell_old_news(company: Cast, stand_in: StandIn, morning: datetime) -> None:
    """What was told before there was a way out stays in the house."""
    reach(company.lin_xiao.id, "lin@example.com", morning)
    tell([assigned(company.lin_xiao.id)])
    deliver()
    channel()
    deliver()
    assert (stand_in.messages, Delivery.objects.count()) == ([], 0)


def test_a_digest_gathers(told: Cast, stand_in: StandIn, morning: datetime) -> None:
    """Three notices of an hour go out together at its end, with a link to the list; a later one with the next."""
    Preference.objects.create(
        staff_id=told.lin_xiao.id, group="todo", channels=[Channel.objects.get().pk], digest="hourly"
    )
    deliver()
    tell([assigned(told.lin_xiao.id, 2)])
    clock.advance(timedelta(minutes=20))
    tell([assigned(told.lin_xiao.id, 3)])
    assert (deliver().sent, Delivery.objects.count()) == (0, 1)
    clock.advance(timedelta(minutes=20))
    assert deliver().sent == 1
    (message,) = stand_in.messages
    assert (message.title, len(message.sentences)) == ("客管：3 条通知", 4)
    assert message.link == "https://crm.example.com/notifications/"
    tell([assigned(told.lin_xiao.id, 4)])
    deliver()
    clock.advance(timedelta(hours=1))
    deliver()
    assert [each.case_id for each in Notification.objects.filter(items__delivery__state="sent").order_by("id")] == [
        1,
        2,
        3,
        4,
    ]


def test_what_is_urgent_leaves_the_digest(told: Cast, stand_in: StandIn) -> None:
    """An urgent notice goes out at once beside the digest that waits."""
    Preference.objects.create(
        staff_id=told.lin_xiao.id, group="todo", channels=[Channel.objects.get().pk], digest="daily"
    )
    tell([assigned(told.lin_xiao.id, 2, urgent=True)])
    deliver()
    assert [each.title[5:19] for each in stand_in.messages] == ["TS-202611-0002"]


def test_who_wants_nothing_outside_gets_nothing(told: Cast, stand_in: StandIn) -> None:
    """A group without channels is told in the house alone."""
    Preference.objects.create(staff_id=told.lin_xiao.id, group="todo", channels=[], digest="at_once")
    deliver()
    assert stand_in.messages == []


def test_a_busy_receiver_is_asked_again_later(told: Cast, stand_in: StandIn) -> None:
    """After 1, 5 and 30 minutes, 2 and 12 hours; then it is given up and the administrator told, once."""
    stand_in.answers = [BUSY] * 6
    waits = []
    for _attempt in range(6):
        deliver()
        found = only()
        if found.next_at is None:
            break
        waits.append(found.next_at - clock.now())
        clock.advance(waits[-1] - timedelta(seconds=1))
        assert deliver().again == 0
        clock.advance(timedelta(seconds=1))
    assert waits == list(WAITS)
    assert (only().state, only().attempts, only().error) == ("given_up", 6, "对方正忙。")
    told_of_it = Notification.objects.get(kind="deliveries.troubled")
    assert (told_of_it.staff_id, told_of_it.subject) == (told.guan_li.id, "邮件")
    assert stand_in.messages == []


def test_a_receiver_may_ask_for_more_time(told: Cast, stand_in: StandIn, morning: datetime) -> None:
    """Who says when to come again is asked then, not before."""
    stand_in.answers = [NotSent("慢一点。", again=True, after=600)]
    deliver()
    assert only().next_at == morning + timedelta(minutes=10)


def test_a_refusal_for_good_is_not_repeated(told: Cast, stand_in: StandIn) -> None:
    """A wrong address is not tried five times."""
    stand_in.answers = [NotSent("没有这个邮箱。", again=False)]
    assert deliver().ended == 1
    clock.advance(timedelta(days=2))
    deliver()
    assert (only().state, only().attempts, only().error) == ("failed", 1, "没有这个邮箱。")
    assert Notification.objects.filter(kind="deliveries.troubled").count() == 1


def test_a_broken_connection_is_not_guessed_about(told: Cast, stand_in: StandIn) -> None:
    """Where a repeat might arrive twice, the delivery is shown as uncertain and nothing is sent again."""
    stand_in.answers = [GONE]
    assert deliver().uncertain == 1
    clock.advance(timedelta(days=2))
    deliver()
    assert (only().state, only().error, len(stand_in.messages)) == ("uncertain", "连接中断。", 1)


def test_trouble_before_a_policy_is_in_force(told: Cast, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there are no roles yet there is no administrator to tell; the delivery is marked all the same."""

    def none() -> None:
        raise Refused("policies.none", "没有制度。")

    monkeypatch.setattr("keguan.runtime.policies.queries.current", none)
    stand_in.answers = [GONE]
    assert deliver().uncertain == 1
    assert (only().state, Notification.objects.count()) == ("uncertain", 1)


def test_a_receiver_that_drops_repeats_gets_it_again(told: Cast, stand_in: StandIn) -> None:
    """The same key goes out a second time, which such a receiver drops."""
    stand_in.repeats = ALWAYS
    stand_in.answers = [GONE]
    deliver()
    clock.advance(timedelta(minutes=1))
    deliver()
    assert (only().state, only().attempts) == ("sent", 2)
    assert len({each.key for each in stand_in.messages}) == 1


def test_repeats_are_dropped_only_for_a_while(told: Cast, stand_in: StandIn) -> None:
    """Once the receiver may have forgotten the key, even a mere refusal leaves it uncertain."""
    stand_in.repeats = timedelta(minutes=10)
    stand_in.answers = [GONE, BUSY, BUSY]
    deliver()
    clock.advance(timedelta(minutes=1))
    deliver()
    assert only().state == "waiting"
    clock.advance(timedelta(minutes=5))
    deliver()
    assert (only().state, only().attempts, len(stand_in.messages)) == ("uncertain", 3, 1)


@pytest.mark.parametrize(("repeats", "state", "sent"), [(timedelta(), "uncertain", 0), (ALWAYS, "sent", 1)])
def test_what_a_dead_process_had_claimed(
    told: Cast, stand_in: StandIn, repeats: timedelta, state: str, sent: int, morning: datetime
) -> None:
    """It may have been sent: again only where a repeat is dropped."""
    stand_in.repeats = repeats
    plan()
    Delivery.objects.update(state=DeliveryState.SENDING, attempts=1, begun_at=morning, next_at=None)
    deliver()
    assert (only().state, len(stand_in.messages)) == (state, sent)


def test_a_channel_that_somebody_is_at_is_left_alone(told: Cast, stand_in: StandIn) -> None:
    """Two processes never send through one channel, and none takes the other's claim for a dead one."""
    plan()
    with held(Channel.objects.get().pk, "channel") as free:
        assert free
        deliver()
    assert (stand_in.messages, only().state) == ([], "waiting")
    deliver()
    assert len(stand_in.messages) == 1


def test_a_receiver_in_trouble_is_left_alone_for_a_minute(told: Cast, stand_in: StandIn) -> None:
    """After three failures in a row the rest waits for the next call."""
    tell([assigned(told.lin_xiao.id, number) for number in range(2, 9)])
    stand_in.answers = [BUSY] * 8
    assert deliver().again == 3
    assert Delivery.objects.filter(attempts=0).count() == 5


def test_who_has_left_is_not_written_to(told: Cast, stand_in: StandIn) -> None:
    """A closed account gets no messages any more."""
    Staff.objects.filter(pk=told.lin_xiao.id).update(is_active=False)
    deliver()
    assert (stand_in.messages, only().state) == ([], "failed")


def test_planning_is_one_walk(told: Cast, stand_in: StandIn, django_assert_max_num_queries: object) -> None:
    """Planning costs the same number of queries for one notice and for three hundred."""
    tell([assigned(told.lin_xiao.id, number) for number in range(2, 302)])
    with django_assert_max_num_queries(17):  # type: ignore[operator]
        assert plan() == 301
    assert Delivery.objects.count() == 301
    assert plan() == 0


def test_a_drill_reaches_nobody(told: Cast, stand_in: StandIn, settings: object) -> None:
    """In drill mode notices stay in the house."""
    settings.DRILL = True  # type: ignore[attr-defined]
    deliver()
    assert stand_in.messages == []


def test_it_is_said_in_the_readers_language(told: Cast, stand_in: StandIn) -> None:
    """Somebody who reads English is written to in English."""
    Staff.objects.filter(pk=told.lin_xiao.id).update(language="en")
    deliver()
    assert "reached you" in stand_in.messages[0].title
    assert clock.now().tzinfo is UTC
