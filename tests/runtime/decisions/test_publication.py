"""A new version decides again, and moves exactly those whom it concerns."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from keguan.runtime import clock
from keguan.runtime.access.viewer import Viewer
from keguan.runtime.decisions.actions import Recompute
from keguan.runtime.decisions.daily import catch_up
from keguan.runtime.decisions.models import Run
from keguan.runtime.decisions.queries import due, explanation, history, replay
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.policies.queries import current
from tests.cast import Cast
from tests.runtime.decisions.editions import SIX_MILLION, edition, publish
from tests.runtime.decisions.filing import as_seen_by, contract, customer, graded, outcomes_kept

MIDNIGHT = datetime(2026, 11, 30, 16, 0, tzinfo=UTC)
"""The first moment of 1 December in the company's time zone."""


@pytest.fixture
def xu_ke(company: Cast, afternoon: None) -> Viewer:
    """许可, who keeps the records of the whole company."""
    return as_seen_by(company.xu_ke.id)


@pytest.fixture
def buyers(xu_ke: Viewer) -> dict[str, int]:
    """Buyers on every side of 6 and 8 million yuan, and others whom the amount does not concern."""
    amounts = {
        "just under six": "5999999.99",
        "six": "6000000",
        "seven": "7000000",
        "just under eight": "7999999.99",
        "eight": "8000000",
    }
    found = {name: customer(xu_ke, name) for name in amounts}
    for name, amount in amounts.items():
        contract(xu_ke, found[name], amount)
    found["villa at seven"] = customer(xu_ke, "villa at seven")
    contract(xu_ke, found["villa at seven"], "7000000", kind="独立别墅")
    found["in office at seven"] = customer(xu_ke, "in office at seven", public_office="是")
    contract(xu_ke, found["in office at seven"], "7000000")
    found["nobody"] = customer(xu_ke, "nobody")
    return found


def test_lowering_the_bar_moves_exactly_those_between(xu_ke: Viewer, buyers: dict[str, int]) -> None:
    """800万 becomes 600万: who bought for 6 to under 8 million and nothing better moves from C to B, nobody else."""
    before = {name: graded(record_id) for name, record_id in buyers.items()}
    publish(edition("2.0.0", SIX_MILLION))
    moved = {name for name, record_id in buyers.items() if graded(record_id)[0] != before[name][0]}
    assert moved == {"six", "seven", "just under eight"}
    for name in moved:
        assert before[name] == ("C", "金卡", 7)
        assert graded(buyers[name]) == ("B", "铂金卡", 5)
        assert outcomes_kept(buyers[name])[-1] == ("C", "B", 5)
    office = buyers["in office at seven"]  # was B by another row, so the reason changes and the grade does not
    assert (before["in office at seven"][2], graded(office)) == (6, ("B", "铂金卡", 5))
    newest = Run.objects.filter(record_type="customer", whole=True).order_by("-id")[0]
    assert (newest.examined, newest.changed, newest.decisions) == (8, 4, {"customer_grade": 4})
    assert newest.publication_id == current().publication_id


def test_the_reason_names_the_version_of_its_day(xu_ke: Viewer, buyers: dict[str, int]) -> None:
    """Who moved is explained by version 2 and its 600万; who stayed, still by version 1 and its 800万."""
    publish(edition("2.0.0", SIX_MILLION))
    moved = explanation(xu_ke, "customer", buyers["seven"], "customer_grade")
    stayed = explanation(xu_ke, "customer", buyers["eight"], "customer_grade")
    assert moved is not None
    assert stayed is not None
    assert (moved.policy.version, moved.clause.number, moved.counted.rows) == ("2.0.0", "第四条", (5,))
    assert (stayed.policy.version, stayed.clause.number, stayed.counted.rows) == ("1.0.0", "第四条", (5,))
    assert (moved.lines[0].test, stayed.lines[0].test) == (">= 600万", ">= 800万")
    assert "600万" in moved.sentence
    steps = history(xu_ke, "customer", buyers["seven"], "customer_grade")
    assert [(step.version, step.changes[0].before.text, step.changes[0].after.text) for step in steps] == [
        ("2.0.0", "C", "B"),
        ("1.0.0", "E", "C"),
        ("1.0.0", "", "E"),
    ]


def test_every_outcome_comes_out_again(xu_ke: Viewer, buyers: dict[str, int]) -> None:
    """Run again from its kept inputs by the version and the parameters of its day, every row is as it was written."""
    publish(edition("2.0.0", SIX_MILLION))
    replays = [each for record_id in buyers.values() for each in replay("customer_grade", record_id)]
    assert len(replays) == 19
    assert [each for each in replays if not each.same] == []


def test_another_column_in_front_leaves_old_reasons_readable(xu_ke: Viewer, buyers: dict[str, int]) -> None:
    """A version that puts a yes/no column before the amount keeps the amounts of older decisions readable."""
    source = edition("2.0.0").files["policy.md"]
    head, table = source.split("| 累计购买额 | 购买次数 |", 1)
    rows = table.split("\n:::", 1)
    widened = rows[0].replace("\n| ", "\n| - | ").replace("\n|---", "\n|---|---", 1)
    text = f"{head}| 重要公职 | 累计购买额 | 购买次数 |{widened}\n:::{rows[1]}"
    publish(type(current().sources[0])("property-developer", {"policy.md": text}))
    newcomer = customer(xu_ke, "newcomer", public_office="是")
    old = replay("customer_grade", buyers["seven"])
    new = replay("customer_grade", newcomer)
    assert [each.same for each in (*old, *new)] == [True, True, True]
    assert current().model.decisions["customer_grade"].inputs[0].label == "重要公职"
    told = explanation(xu_ke, "customer", buyers["seven"], "customer_grade")
    assert told is not None
    assert (told.lines[0].label, told.lines[0].value.text) == ("累计购买额", "¥7,000,000.00")


class TestDays:
    """What waits for its day is decided on that day."""

    def test_a_waiting_version_decides_nothing_yet(self, buyers: dict[str, int]) -> None:
        """Published for 1 December, version 2 moves nobody until that day, and the right ones then."""
        publish(edition("2.0.0", SIX_MILLION, effective="2026-12-01"))
        assert graded(buyers["seven"])[0] == "C"
        with clock.hold(MIDNIGHT):
            assert due()
            catch_up()
            assert graded(buyers["seven"])[0] == "B"
            assert not due()
            assert catch_up() == ()

    def test_a_parameter_changes_on_its_day(self, xu_ke: Viewer) -> None:
        """From 1 December three attendances count as active: the outcome moves then; each is replayed by its day."""
        publish(
            edition(
                "2.0.0",
                (
                    "| 2 | 2026-01-01 | 第四条 |",
                    "| 2 | 2026-01-01 | 第四条 |\n| 活跃参加次数 | active_attendance | A | 3 | 2026-12-01 | 第四条 |",
                ),
            )
        )
        guest = customer(xu_ke, "林知远")
        for day in ("2026-11-01", "2026-11-02"):
            attend(xu_ke, guest, day)
        assert graded(guest) == ("D", None, 9)
        with clock.hold(MIDNIGHT):
            catch_up()
            assert graded(guest) == ("E", None, 10)
            rows = replay("customer_grade", guest)
        assert [each.same for each in rows] == [True, True, True]


def test_deciding_again_changes_nothing_and_is_written_down(xu_ke: Viewer, buyers: dict[str, int]) -> None:
    """A second run finds nothing to change, and the ledger says what was looked at."""
    Recompute(actor=SYSTEM).run()
    done = {each.record_type: (each.examined, each.changed) for each in Recompute(actor=SYSTEM).run()}
    assert done["customer"] == (8, 0)
    entry = entries_page(filters=EntryFilters(action="decisions.recompute")).entries[0]
    assert entry.data["counts"]["customer"] == {"examined": 8, "changed": 0, "customer_grade": 0}


def test_an_unknown_type_is_refused(xu_ke: Viewer) -> None:
    """A type that nothing is computed for is refused, and no run is logged."""
    before = Run.objects.count()
    with pytest.raises(Refused, match=r"decisions\.unknown_type"):
        Recompute(actor=SYSTEM, record_type="contact").run()
    assert Run.objects.count() == before


def attend(viewer: Viewer, customer_id: int, day: str) -> None:
    """File that a customer took part in an event."""
    from keguan.runtime.records.actions import Create

    typed = {"customer": str(customer_id), "attended_on": day, "attendance_kind": "参加"}
    Create(viewer=viewer, record_type="attendance", values=typed).run()


def test_the_day_of_parameters_is_kept(xu_ke: Viewer) -> None:
    """An outcome keeps the day whose parameters counted, in the company's time zone."""
    record_id = customer(xu_ke, "林知远")
    told = explanation(xu_ke, "customer", record_id, "customer_grade")
    assert told is not None
    assert told.decided_on == date(2026, 11, 21)
    assert told.decided_at == clock.now()
