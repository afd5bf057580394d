"""What a process's 准予 means once it is linked."""

from __future__ import annotations

from datetime import date

from keguan.language.model.granting import Bulk, GrantedRight
from keguan.language.model.timing import Length, Unit
from tests.language.blocks.golden_models import good

PROCESSES = good("granting/export").blocks.processes
EXPORT, REVEAL = PROCESSES["export_approval"], PROCESSES["reveal_approval"]


def test_rights_with_their_record_types() -> None:
    """Each right is granted for the record types in its brackets, and for every one where there are none."""
    assert dict(EXPORT.grants) == {
        GrantedRight.EXPORT: frozenset({"customer", "policy"}),
        GrantedRight.PRINT: frozenset({"customer"}),
        GrantedRight.DISCLOSE: frozenset(),
    }
    assert EXPORT.grants_right(GrantedRight.DISCLOSE, "policy")
    assert not EXPORT.grants_right(GrantedRight.PRINT, "policy")
    assert not EXPORT.grants_right(GrantedRight.REVEAL, "customer")


def test_how_long_and_how_often() -> None:
    """A length and a number of uses are as written; a process that grants nothing has neither."""
    assert (EXPORT.grant_length, EXPORT.grant_uses) == (Length(3, Unit.DAY), 1)
    assert (REVEAL.grant_length, REVEAL.grant_uses) == (None, 3)


def test_the_bulk_threshold_by_its_days() -> None:
    """A threshold written as a parameter has the parameter's value of the day, and before its first day its first."""
    bulk = EXPORT.bulk
    assert bulk == Bulk("批量行数", 200, ((date(2026, 1, 1), 500), (date(2027, 1, 1), 200)), parameter="bulk_rows")
    assert [bulk.records_on(day) for day in (date(2025, 1, 1), date(2026, 12, 31), date(2027, 1, 1))] == [500, 500, 200]
