"""Boxed expressions."""

from __future__ import annotations

import pytest

from tests.language.dmn.models import decide, decision, definitions, feel, knowledge, text, variable


def entry(name: str, body: str, type_ref: str | None = None) -> str:
    """A context entry."""
    return f"<contextEntry>{variable(name, type_ref) if name else ''}{text(body)}</contextEntry>"


def over(word: str, domain: str, part: str, body: str) -> str:
    """An iterator."""
    return f'<{word} iteratorVariable="deck"><in>{text(domain)}</in><{part}>{text(body)}</{part}></{word}>'


TOLL = (
    f'<contextEntry>{variable("toll")}<functionDefinition><formalParameter name="cars" typeRef="number"/>'
    f"{text('cars * 7')}</functionDefinition></contextEntry>"
)
CALL = f'<invocation>{text("abs")}<binding><parameter name="n"/>{text("-4")}</binding></invocation>'
ROUTES = f'<relation><column name="from"/><column name="to"/><row>{text("1")}{text("2")}</row></relation>'
CHOICE = f"<conditional><if>{text('1 > 2')}</if><then>{text('1')}</then><else>{text('2')}</else></conditional>"


@pytest.mark.parametrize(
    ("boxed", "value"),
    [
        (f"<context>{entry('one way', '12')}{entry('return', 'one way * 2')}</context>", "{one way: 12, return: 24}"),
        (f"<context>{entry('fare', '12')}{entry('', 'fare + 1')}</context>", "13"),
        (f"<context>{entry('fare', 'true', 'number')}</context>", "{fare: null}"),
        (f"<list>{text('1')}<list>{text('2')}</list></list>", "[1, [2]]"),
        (ROUTES, "[{from: 1, to: 2}]"),
        (CHOICE, "2"),
        (over("for", "[1, 2, 3]", "return", "deck * deck"), "[1, 4, 9]"),
        (over("some", "[1, 2]", "satisfies", "deck = 2"), "true"),
        (over("every", "[1, 2]", "satisfies", "deck = 2"), "false"),
        (f"<filter><in>{text('[1, 2, 3]')}</in><match>{text('item > 1')}</match></filter>", "[2, 3]"),
        (CALL, "4"),
        (f"<context>{TOLL}{entry('', 'toll(3)')}</context>", "21"),
    ],
)
def test_a_boxed_expression_has_its_value(boxed: str, value: str) -> None:
    """Each kind of boxed expression gives what its parts say."""
    assert feel(boxed) == value


def test_a_function_in_another_language_is_null() -> None:
    """What is written in Java or PMML is not run."""
    source = definitions(
        knowledge("sine", "x", "x").replace("<encapsulatedLogic>", '<encapsulatedLogic kind="JAVA">'),
        decision("it", "sine(1)", knows="sine"),
    )
    assert decide(source, "it") == "null"


def test_parameters_may_have_names_with_dots() -> None:
    """A parameter named like a path is read as one name inside the function."""
    binding = f'<binding><parameter name="Guest.Deck"/>{text("4")}</binding>'
    source = definitions(
        knowledge("above", "Guest.Deck: number", "Guest.Deck + 1"),
        decision("it", f"<invocation>{text('above')}{binding}</invocation>", knows="above"),
    )
    assert decide(source, "it") == "5"
