"""Telling people: once each, inside the change, in the reader's language."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import transaction
from django.utils import translation

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.jobs.models import Job
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.notifications import queries
from keguan.runtime.notifications.actions import MarkAllRead, MarkRead, tell
from keguan.runtime.notifications.kinds import KINDS, sentence_of
from keguan.runtime.notifications.models import Notification
from tests.cast import Cast
from tests.runtime.notifications.conftest import assigned
from tests.runtime.notifications.stand_in import StandIn, channel

pytestmark = pytest.mark.django_db


def test_the_same_key_tells_once(company: Cast) -> None:
    """A sweep that runs twice tells what it tells once."""
    tell([assigned(company.lin_xiao.id)])
    tell([assigned(company.lin_xiao.id), assigned(company.lin_xiao.id, 2)])
    assert [each.subject for each in Notification.objects.order_by("id")] == ["TS-202611-0001", "TS-202611-0002"]


def test_what_did_not_happen_is_not_told(company: Cast) -> None:
    """A notice is undone with the change that it tells of."""
    with transaction.atomic():
        tell([assigned(company.lin_xiao.id)])
        transaction.set_rollback(True)
    assert Notification.objects.count() == 0


def test_the_sentence_is_made_when_it_is_read(company: Cast) -> None:
    """One notice reads in Chinese and in English, with its moment on the company's clocks."""
    tell([assigned(company.lin_xiao.id)])
    viewer = viewer_for(company.lin_xiao.id)
    assert queries.inbox(viewer).notices[0].sentence == (
        "客户投诉 TS-202611-0001 的“定责”到了您手上，请在 2026-11-24 09:00 前办理。"
    )
    with translation.override("en"):
        assert queries.inbox(viewer).notices[0].sentence.isascii() is False
        assert "2026-11-24 09:00" in queries.inbox(viewer).notices[0].sentence
        assert "办理" not in queries.inbox(viewer).notices[0].sentence


@pytest.mark.parametrize(
    "notice",
    [
        {"kind": "cases.invented"},
        {"facts": {"process": "客户投诉", "step": "定责"}},
    ],
)
def test_a_notice_that_cannot_be_read_is_refused(company: Cast, notice: dict[str, Any]) -> None:
    """A kind without a sentence and a sentence without a fact are the programmer's errors; nothing is told."""
    with pytest.raises(ValueError, match=r"cases\."):
        tell([assigned(company.lin_xiao.id, 2), assigned(company.lin_xiao.id, **notice)])
    assert Notification.objects.count() == 0


def test_every_kind_has_a_sentence_that_takes_its_facts() -> None:
    """Each sentence can be filled with the facts that it names."""
    for code, kind in KINDS.items():
        said = sentence_of(code, "TS-1", dict.fromkeys(kind.facts, "某"))
        if "%(subject)s" in str(kind.sentence):  # what is told of one's own sign-in has no other subject
            assert "TS-1" in said, code
        else:
            assert code.startswith("sign_in."), code
        assert "%(" not in said, code
    assert sentence_of("of.tomorrow", "TS-1", {}) == "TS-1"


def test_what_is_urgent_wakes_the_outbox(company: Cast, stand_in: StandIn) -> None:
    """An urgent notice does not wait for the next minute, where there is a way out at all."""
    tell([assigned(company.lin_xiao.id, urgent=True)])
    assert Job.objects.count() == 0
    channel()
    tell([assigned(company.lin_xiao.id, 2), assigned(company.lin_xiao.id, 3, urgent=True)])
    assert [each.name for each in Job.objects.all()] == ["notifications.deliver"]


def test_the_inbox_is_read_by_pages(company: Cast, django_assert_num_queries: Any) -> None:
    """Newest first, one query a page, only one's own, and the unread ones apart."""
    tell([assigned(company.lin_xiao.id, number) for number in range(1, 6)] + [assigned(company.zhao_qi.id)])
    viewer = viewer_for(company.lin_xiao.id)
    with django_assert_num_queries(1):
        first = queries.inbox(viewer, size=2)
    assert [each.case_id for each in first.notices] == [5, 4]
    second = queries.inbox(viewer, first.next, size=2)
    assert [each.case_id for each in second.notices] == [3, 2]
    assert queries.inbox(viewer, second.next, size=2).next is None
    MarkRead(viewer=viewer, notice_id=first.notices[0].id).run()
    assert [each.case_id for each in queries.inbox(viewer, unread_only=True).notices] == [4, 3, 2, 1]


def test_unread_ones_are_counted_up_to_a_hundred(company: Cast, django_assert_num_queries: Any) -> None:
    """The count is one query, and stops where nobody counts any more."""
    tell([assigned(company.lin_xiao.id, number) for number in range(120)])
    with django_assert_num_queries(1):
        assert queries.unread(viewer_for_counted(company)) == 100


def viewer_for_counted(company: Cast) -> Any:
    """林晓 as a viewer, made without a query."""
    from keguan.runtime.access.viewer import Viewer

    return Viewer(company.lin_xiao.id, "林晓", "zh", "web", (), ())


def test_reading_is_proof(company: Cast) -> None:
    """Reading is stamped once and stands in the ledger; all at once takes what was seen, not what came after."""
    tell([assigned(company.lin_xiao.id, number) for number in (1, 2, 3)])
    viewer = viewer_for(company.lin_xiao.id)
    newest, middle, _oldest = queries.inbox(viewer).notices
    assert MarkRead(viewer=viewer, notice_id=middle.id).run() is True
    stamped = Notification.objects.get(pk=middle.id).read_at
    assert MarkRead(viewer=viewer, notice_id=middle.id).run() is False
    assert Notification.objects.get(pk=middle.id).read_at == stamped
    assert Entry.objects.filter(action="notifications.read").count() == 1
    tell([assigned(company.lin_xiao.id, 4)])
    assert MarkAllRead(viewer=viewer, up_to=newest.id).run() == 2
    assert queries.unread(viewer) == 1


def test_nobody_reads_anothers_notices(company: Cast) -> None:
    """Somebody else's notice is not there, and stays unread."""
    tell([assigned(company.lin_xiao.id)])
    notice = Notification.objects.get()
    stranger = viewer_for(company.fang_ming.id)
    assert queries.notice(stranger, notice.pk) is None
    with pytest.raises(Refused) as refusal:
        MarkRead(viewer=stranger, notice_id=notice.pk).run()
    assert refusal.value.code == "notifications.missing"
    MarkAllRead(viewer=stranger, up_to=notice.pk).run()
    notice.refresh_from_db()
    assert notice.read_at is None
