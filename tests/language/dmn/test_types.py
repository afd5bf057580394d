"""Item definitions: what they allow and how values are converted to them."""

from __future__ import annotations

from decimal import Decimal

import pytest

from keguan.language.dmn.types.reading import read_type
from keguan.language.dmn.types.types import NUMBER, STRING, ContextOf, FunctionOf, ListOf
from tests.language.dmn.models import decide, decision, definitions, given

ITEMS = (
    '<itemDefinition name="tDeck"><typeRef>number</typeRef><allowedValues><text>[1..9]</text></allowedValues>'
    "</itemDefinition>"
    '<itemDefinition name="tDecks" isCollection="true"><typeRef>tDeck</typeRef>'
    "<typeConstraint><text>count(?) &lt; 3</text></typeConstraint></itemDefinition>"
    '<itemDefinition name="tGuest"><itemComponent name="full name"><typeRef>string</typeRef></itemComponent>'
    '<itemComponent name="deck"><typeRef>tDeck</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tTree"><itemComponent name="left"><typeRef>tTree</typeRef></itemComponent></itemDefinition>'
    '<itemDefinition name="tRate"><functionItem outputTypeRef="number"><parameters name="n" typeRef="number"/>'
    "</functionItem></itemDefinition>"
)


@pytest.mark.parametrize(
    ("expression", "type_ref", "value"),
    [
        ("4", "tDeck", "4"),
        ("12", "tDeck", "null"),
        ('"4"', "tDeck", "null"),
        ("[4]", "tDeck", "4"),
        ("4", "tDecks", "[4]"),
        ("[4, 12]", "tDecks", "null"),
        ("[1, 2, 3]", "tDecks", "null"),
        ("[]", "tDecks", "[]"),
        ('{full name: "Lin", deck: 3, more: 1}', "tGuest", '{full name: "Lin", deck: 3, more: 1}'),
        ('{full name: "Lin", deck: 30}', "tGuest", "null"),
        ('{full name: "Lin"}', "tGuest", "null"),
        ("{left: {left: null}}", "tTree", "{left: {left: null}}"),
        ('@"2026-03-09"', "date and time", "2026-03-09T00:00:00Z"),
        ('@"2026-03-09"', "dateTime", "2026-03-09T00:00:00Z"),
        ("1", "feel:number", "1"),
        ('"1"', "feel:number", "null"),
        ("1", "list&lt;number&gt;", "[1]"),
        ("1", "tUnheardOf", "1"),
        ("function(n: number) n", "tRate", "function function"),
        ("function(n: string) 1", "tRate", "null"),
        ("function(a, b) 1", "tRate", "null"),
        ("abs", "tRate", "function abs"),
        ('{full name: "Lin", deck: 3} instance of tGuest', "boolean", "true"),
        ('{full name: "Lin", deck: 30} instance of tGuest', "boolean", "true"),
        ("[1, 2] instance of list<tDeck>", "boolean", "true"),
        ("1 instance of tUnheardOf", "boolean", "null"),
    ],
)
def test_a_value_is_brought_to_its_type(expression: str, type_ref: str, value: str) -> None:
    """A value of its declared type stays, one that can be converted is, any other becomes null."""
    assert decide(definitions(ITEMS, decision("it", expression, type_ref=type_ref)), "it") == value


def test_components_are_in_reach_by_name() -> None:
    """The components of a given value are found behind a dot, with spaces in their names."""
    source = definitions(ITEMS, given("guest", "tGuest"), decision("it", "guest.full name", needs="guest"))
    assert decide(source, "it", guest={"full name": "Lin", "deck": Decimal(1)}) == '"Lin"'


def test_types_are_read_from_text() -> None:
    """A type is read with its parts; what is no type is none."""
    known = {"tDeck": NUMBER}
    assert read_type("list< context<a: string, b c: tDeck> >", known.get) == ListOf(
        ContextOf((("a", STRING), ("b c", NUMBER)))
    )
    assert read_type("function<number, tDeck>->string", known.get) == FunctionOf((NUMBER, NUMBER), STRING)
    for wrong in ("list<", "list<number", "range<number, string>", "number string>", "", "list<list", "<" * 500):
        assert read_type(wrong, known.get) is None
