"""A kit of our own: test cases as the public kit writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.language.dmn.models import decision, definitions, given, knowledge

if TYPE_CHECKING:
    from pathlib import Path

_ROOT = (
    '<testCases xmlns="http://www.omg.org/spec/DMN/20160719/testcase" '
    'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:xsd="http://www.w3.org/2001/XMLSchema">'
)


def cases(model: str, *bodies: str) -> str:
    """A file of test cases for a model."""
    return f"{_ROOT}<modelName>{model}</modelName>{''.join(bodies)}</testCases>"


def case(identifier: str, body: str, more: str = "") -> str:
    """A test case."""
    return f'<testCase id="{identifier}" {more}>{body}</testCase>'


def gives(name: str, kind: str, value: str) -> str:
    """A given value."""
    return f'<inputNode name="{name}"><value xsi:type="xsd:{kind}">{value}</value></inputNode>'


def expects(name: str, kind: str, value: str) -> str:
    """An expected value."""
    return (
        f'<resultNode name="{name}" type="decision"><expected><value xsi:type="xsd:{kind}">{value}</value></expected>'
        "</resultNode>"
    )


def fares(folder: Path) -> None:
    """A folder with a model of fares and three cases: one that passes with two results, one wrong, one of null."""
    folder.mkdir(parents=True)
    source = definitions(
        given("miles", "number"),
        knowledge("double", "miles: number", "miles * 2"),
        decision("fare", "double(miles)", needs="miles", knows="double"),
        decision("return", "fare * 2", needs="=fare"),
    )
    (folder / "fares.dmn").write_text(source, encoding="utf-8")
    twelve = gives("miles", "decimal", "12")
    nothing = '<resultNode name="fare"><expected><value xsi:nil="true"/></expected></resultNode>'
    (folder / "fares-test-01.xml").write_text(
        cases(
            "fares.dmn",
            case("right", twelve + expects("fare", "decimal", "24") + expects("return", "decimal", "48")),
            case("wrong", twelve + expects("fare", "decimal", "99")),
            case("null", nothing),
        ),
        encoding="utf-8",
    )
