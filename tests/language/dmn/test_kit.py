"""The reader of test cases, the comparison, and running a kit of our own."""

from __future__ import annotations

import os
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from keguan.language import api
from keguan.language.dmn.kit.cases import read_cases
from keguan.language.dmn.kit.comparison import agrees
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.temporal import parse_temporal
from keguan.language.dmn.xml.fault import Fault
from tests.language.dmn.kits import case, cases, expects, fares, gives

if TYPE_CHECKING:
    from pathlib import Path


def test_values_of_every_kind_are_read() -> None:
    """Numbers, texts, dates, lists, components and nil are read as FEEL's values."""
    body = (
        gives("a", "decimal", "1.50")
        + gives("b", "date", "2026-03-09")
        + gives("c", "string", " x ")
        + '<inputNode name="d"><list><item><value xsi:nil="true"/></item></list></inputNode>'
        + '<inputNode name="e"><component name="f"><value xsi:type="xsd:boolean">true</value></component></inputNode>'
        + '<inputNode name="g"><list xsi:nil="true"/></inputNode>'
        + '<inputNode name="h"><list/></inputNode>'
    )
    (read,) = read_cases(cases("m.dmn", case("1", body)).encode(), "t.xml").cases
    assert {each.name: each.value for each in read.inputs} == {
        "a": Decimal("1.5"),
        "b": Date(2026, 3, 9),
        "c": " x ",
        "d": [None],
        "e": {"f": True},
        "g": None,
        "h": [],
    }


def test_a_value_that_is_none_of_its_kind_is_told() -> None:
    """A value that is not what its type says makes the file unreadable."""
    with pytest.raises(Fault, match="“soon” is no date"):
        read_cases(cases("m.dmn", case("1", gives("a", "date", "soon"))).encode(), "t.xml")


@pytest.mark.parametrize(
    ("expected", "got", "agreed"),
    [
        (Decimal("0.333333333"), Decimal(1) / Decimal(3), True),
        (Decimal("0.3333"), Decimal(1) / Decimal(3), False),
        ([Decimal(1)], Decimal(1), False),
        ({"a": None}, {}, False),
        ({"a": Decimal(1)}, {"a": Decimal(1)}, True),
        (None, None, True),
        (None, "", False),
        (parse_temporal("10:00:00.1"), parse_temporal("10:00:00.2"), False),
        (parse_temporal("10:00:00Z"), parse_temporal("10:00:00+00:00"), True),
        (parse_temporal("P1D"), parse_temporal("PT24H"), True),
    ],
)
def test_results_are_compared(expected: object, got: object, agreed: bool) -> None:
    """A result agrees when it is equal, numbers to the eighth digit behind the point, times to the last."""
    assert agrees(expected, got) is agreed


def test_a_kit_is_run_and_counted(tmp_path: Path) -> None:
    """Each test case counts once however many results it has; a miss says what was expected and what came."""
    fares(tmp_path / "0001-fares")
    (result,) = api.run_kit(tmp_path)
    assert (result.folder, result.cases, result.passed, result.floor) == ("0001-fares", 3, 2, 1)
    (miss,) = result.misses
    assert miss.sentence("zh") == "0001-fares fares.dmn wrong fare：应为 99，得到 24"
    assert miss.sentence("en") == "0001-fares fares.dmn wrong fare: expected 99, got 24"


def test_services_and_knowledge_are_called(tmp_path: Path) -> None:
    """A case may call a decision service or a knowledge model by name."""
    folder = tmp_path / "calls"
    fares(folder)
    body = gives("miles", "decimal", "10") + expects("double", "decimal", "20")
    (folder / "t.xml").write_text(
        cases("fares.dmn", case("1", body, 'type="bkm" invocableName="double"')), encoding="utf-8"
    )
    results = list(api.run_kit(folder))
    assert [(each.folder, each.cases, each.passed) for each in results] == [("calls", 4, 3)]


def test_what_cannot_be_read_is_a_case_that_fails(tmp_path: Path) -> None:
    """A missing or broken model fails its cases, a broken file of cases counts as one."""
    folder = tmp_path / "broken"
    fares(folder)
    (folder / "fares.dmn").write_text("<definitions>", encoding="utf-8")
    (folder / "more.xml").write_text("<testCases>", encoding="utf-8")
    (folder / "other.xml").write_text(cases("nowhere.dmn", case("1", "")), encoding="utf-8")
    (result,) = api.run_kit(tmp_path)
    assert (result.cases, result.passed) == (5, 0)
    assert {miss.sentence("en").split(": ", 1)[1] for miss in result.misses} == {
        "fares.dmn:1 is not well-formed XML: no element found",
        "more.xml:1 is not well-formed XML: no element found",
        "there is no model nowhere.dmn",
    }


@pytest.mark.skipif(not os.environ.get("KEGUAN_TCK"), reason="KEGUAN_TCK does not name the public kit's folder")
def test_the_public_kit_comes_out() -> None:
    """Level 2 of the public kit comes out whole, and of level 3 at least 98 in 100."""
    from pathlib import Path  # only here a folder of the outside is read

    kit = Path(os.environ["KEGUAN_TCK"])
    second = list(api.run_kit(kit / "compliance-level-2"))
    assert (sum(each.passed for each in second), sum(each.cases for each in second)) == (116, 116)
    third = list(api.run_kit(kit / "compliance-level-3"))
    assert sum(each.passed for each in third) >= 0.98 * sum(each.cases for each in third) > 0
