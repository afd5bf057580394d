"""The calendar over HTTP."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.calendars import queries as calendars
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.api.conftest import Program
    from tests.cast import Cast


def test_a_year_is_read(company: Cast, program: Callable[..., Program]) -> None:
    """Every day with its hours; with ``special`` only holidays and make-up days; 2027 is not confirmed."""
    reader = program(company.lin_xiao)
    year = reader.get("/calendar/?year=2026").json()
    assert (year["year"], year["confirmed"], year["working_days"], len(year["days"])) == (2026, True, 248, 365)
    special = {each["day"]: each for each in reader.get("/calendar/?year=2026&special=true").json()["days"]}
    assert special["2026-02-14"] == {
        "day": "2026-02-14",
        "working": True,
        "trading": False,
        "hours": "09:00-12:00, 13:30-18:00",
        "name": "春节",
        "special": True,
        "own": False,
    }
    assert len(special) == 39
    assert reader.get("/calendar/?year=2027").json()["confirmed"] is False
    assert reader.get("/calendar/?year=1999").status_code == 422


def test_a_day_is_set(company: Cast, program: Callable[..., Program]) -> None:
    """管理's program closes the office on the anniversary."""
    keeper = program(company.guan_li)
    answer = keeper.send("PUT", "/calendar/days/2026-11-27", {"working": False, "name": "司庆"})
    assert (answer.status_code, answer.json()["working"], answer.json()["name"]) == (200, False, "司庆")


def test_a_day_is_not_set_by_others(company: Cast, program: Callable[..., Program]) -> None:
    """Neither by 周敏's program nor by a token without the scope; nothing has changed."""
    for caller in (program(company.zhou_min), program(company.guan_li, Scope.RECORDS_READ)):
        assert caller.send("PUT", "/calendar/days/2026-11-27", {"working": False}).status_code == 403
    assert program(company.guan_li).send("PUT", "/calendar/days/1990-01-01", {"working": False}).status_code == 400
    assert calendars.standing().version == 0
