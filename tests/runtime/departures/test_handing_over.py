"""What a leaver has in hand goes to a successor: records, duties and parts in cases, each told what became of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.departures import handing_over, handings
from keguan.runtime.departures.actions import CancelLeave, Leave
from keguan.runtime.departures.handing_over import StartHanding
from keguan.runtime.departures.handings import Part
from keguan.runtime.departures.models import Handing, HandingRow
from keguan.runtime.departures.queries import held
from keguan.runtime.duties.actions import ClaimDuty, HandOverLeaversDuty
from keguan.runtime.duties.models import Duty
from keguan.runtime.jobs import progress
from keguan.runtime.jobs.actions import CancelJob, run_now
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.models import Entry
from keguan.runtime.processes.actions import HandOnLeavers
from keguan.runtime.records import queries as records
from keguan.runtime.records.models import Ownership
from tests.runtime.duties import world as owed
from tests.runtime.processes.conftest import monday, office
from tests.runtime.processes.world import Office, complete, moves, open_steps, shares, start

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from tests.cast import Cast, Member

__all__ = ["monday", "office"]

WHY = "接替林晓"


def leaves(cast: Cast, member: Member, on: str = "") -> int:
    """管理 takes somebody out today, or on a later day."""
    from datetime import date

    day = date.fromisoformat(on) if on else None
    return Leave(viewer=viewer_for(cast.guan_li.id), staff_id=member.id, on=day, reason="本人辞职").run()


def hand(cast: Cast, departure: int, to: Member, *parts: Part) -> handings.HandingCard:
    """管理 hands it over, to the end; its results."""
    admin = viewer_for(cast.guan_li.id)
    wanted = parts or tuple(Part)
    made = StartHanding(
        viewer=admin, departure_id=departure, to_staff_id=to.id, reason=WHY, parts=wanted, wake=False
    ).run()
    run_now(Handing.objects.get(pk=made).job_id or 0)
    return handings.handing(admin, made)


def results(cast: Cast, card: handings.HandingCard) -> list[tuple[str, str, str]]:
    """What became of each duty and each part in a case: what, label, outcome."""
    found = handings.handing_rows(viewer_for(cast.guan_li.id), card.id)
    return [(each.part, each.label, each.outcome) for each in found]


@pytest.fixture
def waiting(office: Office) -> Case:
    """A case that 林晓 has begun and has to go on with: it is hers as whoever began it, not as the owner."""
    return start(office.cast.lin_xiao, "notice", office.customer, complete=False)


def test_everything_goes_in_one_go(office: Office, waiting: Case) -> None:
    """孙洁 has 林晓's customer and her case and goes on with it at once; nothing is left, and who had what is kept."""
    cast = office.cast
    card = hand(cast, leaves(cast, cast.lin_xiao), office.sun)
    assert (card.records, card.ended_at is not None, card.stopped) == ({"customer": 1}, True, False)
    assert results(cast, card) == [("cases", waiting.number or "", "done")]
    assert card.job is not None
    assert card.job.message == "移交档案 1 份，待办和案件 1 项，没有移交 0 项。"
    assert held(viewer_for(cast.guan_li.id), cast.lin_xiao.id).nothing
    mine = shares(waiting, "filing")[-1]
    assert (mine.staff_id, mine.for_id) == (office.sun.id, cast.lin_xiao.id)
    assert moves(waiting)[-1] == "transfer"
    complete(office.sun, waiting, "filing")
    assert open_steps(waiting) == ["review"]
    assert Ownership.objects.get(record_type="customer", record_id=office.customer).owner_id == cast.lin_xiao.id
    shown = records.profile(viewer_for(office.sun.id), "customer", office.customer)
    assert shown.row.id == office.customer


def test_it_can_be_done_before_the_last_day(office: Office, waiting: Case) -> None:
    """While the departure is only planned, what is in hand goes already."""
    cast = office.cast
    card = hand(cast, leaves(cast, cast.lin_xiao, "2026-03-31"), office.sun, Part.CASES)
    assert (card.records, results(cast, card)) == (None, [("cases", waiting.number or "", "done")])
    assert [each.count for each in held(viewer_for(cast.guan_li.id), cast.lin_xiao.id).records] == [1]


def test_what_the_successor_may_not_have_stays(office: Office, waiting: Case) -> None:
    """何审's posts do not show what the case is about: it stays where it is, and the result says why."""
    cast = office.cast
    card = hand(cast, leaves(cast, cast.lin_xiao), cast.guan_li, Part.CASES)
    assert results(cast, card) == [("cases", waiting.number or "", "refused")]
    (row,) = HandingRow.objects.all()
    assert row.why == "管理的岗位看不到“来往”类信息，请换一个人，或请管理员调整岗位。"
    assert shares(waiting, "filing")[-1].staff_id == cast.lin_xiao.id
    assert "transfer" not in moves(waiting)


def test_a_claimed_duty_goes_too(company: Cast, monday: None) -> None:
    """许可 leaves with a duty that she had taken: it is 赵启's alone now, and he is told."""
    owed.publish_policy()
    owed.customer(company.lin_xiao)
    duty = owed.only("checks")
    ClaimDuty(viewer=viewer_for(company.xu_ke.id), duty_id=duty.pk).run()
    card = hand(company, leaves(company, company.xu_ke, "2026-03-31"), company.zhao_qi)
    assert ("duties", "核对新客户", "done") in results(company, card)
    duty.refresh_from_db()
    assert (duty.staff_id, duty.claimed) == (company.zhao_qi.id, True)
    assert owed.told(company.zhao_qi, "duties.handed_over", duty) == 1


def test_the_ledger_says_from_whom_to_whom(office: Office, waiting: Case) -> None:
    """One entry for the beginning, one for the records, one for each case."""
    cast = office.cast
    hand(cast, leaves(cast, cast.lin_xiao), office.sun)
    found = {}
    for action in ("departures.hand_over", "records.hand_over_all", "cases.transfer"):
        (entry,) = ledger.entries_page(filters=ledger.EntryFilters(action=action)).entries
        found[action] = (entry.actor_name, entry.subject_id)
    assert found == {
        "departures.hand_over": ("管理", str(cast.lin_xiao.id)),
        "records.hand_over_all": ("管理", str(cast.lin_xiao.id)),
        "cases.transfer": ("管理", str(waiting.pk)),
    }


def refused(code: str, cast: Cast, departure: int, to: Member, who: Member, why: str = WHY) -> None:
    """Assert that it is refused and nothing begins."""
    before = Entry.objects.count()
    with pytest.raises(Refused) as caught:
        StartHanding(viewer=viewer_for(who.id), departure_id=departure, to_staff_id=to.id, reason=why).run()
    assert caught.value.code == code
    assert (Handing.objects.count(), Entry.objects.count()) == (0, before)


def test_what_cannot_be(office: Office) -> None:
    """Without the operation, without a reason, to oneself, to whoever has left, and after it was cancelled."""
    cast = office.cast
    departure = leaves(cast, cast.lin_xiao, "2026-03-31")
    refused("not_permitted", cast, departure, office.sun, cast.xu_ke)
    refused("hand_over.reason", cast, departure, office.sun, cast.guan_li, "换")
    refused("hand_over.same", cast, departure, cast.lin_xiao, cast.guan_li)
    leaves(cast, office.qian)
    refused("hand_over.receiver", cast, departure, office.qian, cast.guan_li)
    CancelLeave(viewer=viewer_for(cast.guan_li.id), departure_id=departure, reason="本人撤回").run()
    refused("departures.not_found", cast, departure, office.sun, cast.guan_li)


def test_nobody_takes_duties_and_cases_of_others_by_this_door(office: Office, waiting: Case) -> None:
    """Without 办理离职 both are refused, and with it what is not that person's is."""
    cast = office.cast
    share = shares(waiting, "filing")[-1]
    for who, leaver, code in (
        (cast.zhao_qi, cast.lin_xiao, "cases.not_permitted"),
        (cast.guan_li, cast.xu_ke, "cases.gone_on"),
    ):
        with pytest.raises(Refused) as caught:
            HandOnLeavers(
                viewer=viewer_for(who.id), share_id=share.pk, from_staff_id=leaver.id, staff_id=office.sun.id
            ).run()
        assert caught.value.code == code
    assert shares(waiting, "filing")[-1].staff_id == cast.lin_xiao.id


def test_nobody_takes_duties_of_others_by_this_door(company: Cast, monday: None) -> None:
    """Without 办理离职 a duty is refused, and with it one that is not that person's is; it stays as it was."""
    owed.publish_policy()
    owed.customer(company.lin_xiao)
    duty = owed.only("checks")
    before = Duty.objects.filter(pk=duty.pk).values().get()
    for who, code in ((company.zhao_qi, "duties.not_permitted"), (company.guan_li, "duties.conflict")):
        with pytest.raises(Refused) as caught:
            HandOverLeaversDuty(
                viewer=viewer_for(who.id),
                duty_id=duty.pk,
                from_staff_id=company.lin_xiao.id,
                staff_id=company.fang_ming.id,
            ).run()
        assert caught.value.code == code
    assert Duty.objects.filter(pk=duty.pk).values().get() == before


def test_it_stops_when_asked_and_one_at_a_time(office: Office, waiting: Case, monkeypatch: pytest.MonkeyPatch) -> None:
    """Asked to stop after the first of two cases, the second stays 林晓's; while one goes on, no other begins."""
    cast = office.cast
    second = start(cast.lin_xiao, "notice", office.customer, complete=False)
    admin = viewer_for(cast.guan_li.id)
    departure = leaves(cast, cast.lin_xiao, "2026-03-31")
    begin = StartHanding(
        viewer=admin, departure_id=departure, to_staff_id=office.sun.id, reason=WHY, parts=(Part.CASES,), wake=False
    )
    made = Handing.objects.get(pk=begin.run())
    with pytest.raises(Refused) as caught:
        begin.run()
    assert caught.value.code == "departures.busy"
    action = handing_over._action

    def stopping(*arguments: object) -> object:
        CancelJob(actor=admin.actor, job_id=made.job_id or 0).run()
        return action(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(progress, "INTERVAL", 0)
        patched.setattr(handing_over, "_action", stopping)
        run_now(made.job_id or 0)
    card = handings.handing(admin, made.pk)
    assert (card.stopped, results(cast, card)) == (True, [("cases", waiting.number or "", "done")])
    assert shares(second, "filing")[-1].staff_id == cast.lin_xiao.id
