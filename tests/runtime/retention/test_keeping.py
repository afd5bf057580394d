"""When records are due: computed for all of them, and for one at a time."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from django.db import transaction

from keguan.language.model.retention import Kept
from keguan.runtime import clock
from keguan.runtime.policies.queries import current
from keguan.runtime.retention.keeping import compute, kept_now
from keguan.runtime.retention.models import Run, Standing
from keguan.runtime.retention.working import catch_up
from tests.runtime.retention.world import change, day, sender, waybill

if TYPE_CHECKING:
    from tests.cast import Cast


def standing(record_type: str) -> dict[tuple[int, str], tuple[date | None, str, str]]:
    """What is stored about a type's records."""
    rows = Standing.objects.filter(record_type=record_type)
    return {(row.record_id, row.information_class): (row.due_on, row.term, row.hold) for row in rows}


def test_every_record_gets_the_latest_of_its_terms(archive: Cast) -> None:
    """An insured waybill is kept three years, another one; one that was not signed for has no day yet."""
    plain = waybill(archive.xu_ke)
    insured = waybill(archive.xu_ke, insured="是")
    unsigned = waybill(archive.xu_ke, None)
    disputed = waybill(archive.xu_ke, "2024-02-29", disputed="是")
    catch_up()
    assert standing("waybill") == {
        (plain, "*"): (day("2026-06-30"), "keep_waybills.1", ""),
        (insured, "*"): (day("2028-06-30"), "keep_waybills.2", ""),
        (unsigned, "*"): (None, "keep_waybills.1", ""),
        (disputed, "*"): (day("2025-02-28"), "keep_waybills.1", "keep_waybills.1"),
    }


def test_classes_are_kept_by_themselves(archive: Cast) -> None:
    """Where every term is about one class, each class has a day of its own and the record has none."""
    closed = sender(archive.xu_ke, closed_on="2026-03-31")
    catch_up()
    assert standing("sender") == {
        (closed, "收件"): (day("2026-09-30"), "keep_receivers.1", ""),
        (closed, "寄递"): (day("2028-03-31"), "keep_receivers.2", ""),
    }


def test_only_what_differs_is_written(archive: Cast) -> None:
    """The second computation of a day writes nothing; a changed record is one change; a record gone is another."""
    first, second = waybill(archive.xu_ke), waybill(archive.xu_ke)
    policy = current()
    assert compute(policy, "waybill").changed == 2
    assert compute(policy, "waybill").changed == 0
    change(archive.xu_ke, "waybill", first, signed_on="2026-06-29")
    assert compute(policy, "waybill").changed == 1
    assert standing("waybill")[first, "*"][0] == day("2027-06-29")
    change(archive.xu_ke, "waybill", second, insured="是")
    assert compute(policy, "waybill").changed == 1
    assert standing("waybill")[second, "*"][1] == "keep_waybills.2"


def test_it_is_computed_once_a_day(archive: Cast) -> None:
    """The worker asks every minute; a day is computed once, by the policy in force, and the next day anew."""
    waybill(archive.xu_ke)
    assert catch_up() == 3
    assert catch_up() == 0
    runs = Run.objects.count()
    clock.advance(timedelta(days=1))
    assert catch_up() == 3
    assert Run.objects.count() == runs + 3


def test_one_record_is_asked_as_it_stands_now(archive: Cast) -> None:
    """What is asked of one record reads it as it is at this moment, and writes nothing."""
    record = waybill(archive.xu_ke)
    with transaction.atomic():
        assert kept_now(current().model, "waybill", (record,)) == {
            record: (Kept("*", day("2026-06-30"), "keep_waybills.1", ""),)
        }
    assert not Standing.objects.exists()


@pytest.mark.parametrize(
    ("moment", "expected"), [("2026-06-30T15:59", "2026-06-30"), ("2026-06-30T16:01", "2026-07-01")]
)
def test_days_are_the_companys(archive: Cast, moment: str, expected: str) -> None:
    """A record filed at one minute past midnight of the company's clocks was filed on that day, not on that of UTC."""
    from datetime import UTC, datetime

    from django.db import connection

    from keguan.language.model.retention import Start
    from keguan.runtime.retention.local_days import local_days

    with clock.hold(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        record = waybill(archive.xu_ke)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {local_days()[Start.CREATED]} FROM rec_waybill AS r WHERE r.id = %s", [record])
        assert str(cursor.fetchone()[0]) == expected
