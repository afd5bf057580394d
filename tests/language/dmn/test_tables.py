"""Decision tables: every hit policy, aggregation, ranking and default."""

from __future__ import annotations

from decimal import Decimal
from html import escape

import pytest

from keguan.language.dmn.xml.fault import Fault
from tests.language.dmn.models import decide, decision, definitions, given

RANKED = "<outputValues><text>&quot;suite&quot;, &quot;cabin&quot;, &quot;seat&quot;</text></outputValues>"


def table(policy: str, *rules: tuple[str, str], ranking: str = "", default: str = "") -> str:
    """A table over how far a trip is, with the place one gets."""
    aggregation = policy.partition("+")[2]
    collected = f' aggregation="{aggregation}"' if aggregation else ""
    rows = "".join(
        f"<rule><inputEntry><text>{escape(test)}</text></inputEntry>"
        f"<outputEntry><text>{escape(result)}</text></outputEntry></rule>"
        for test, result in rules
    )
    return (
        f'<decisionTable hitPolicy="{policy.partition("+")[0]}"{collected}>'
        "<input><inputExpression><text>miles</text></inputExpression></input>"
        f"<output>{ranking}{default}</output>{rows}</decisionTable>"
    )


def place(policy: str, miles: int, *rules: tuple[str, str], **more: str) -> str:
    """The table's value for a trip of so many miles."""
    source = definitions(given("miles", "number"), decision("place", table(policy, *rules, **more), needs="miles"))
    return decide(source, "place", miles=Decimal(miles))


PLACES = (("> 0", '"seat"'), ("> 50", '"cabin"'), ("> 200", '"suite"'), ("[90..95]", '"cabin"'))
FARES = (("> 0", "10"), ("> 50", "40"), ("> 200", "15.5"))


@pytest.mark.parametrize(
    ("policy", "miles", "value"),
    [
        ("UNIQUE", 20, '"seat"'),
        ("UNIQUE", 60, "null"),
        ("UNIQUE", 0, "null"),
        ("FIRST", 300, '"seat"'),
        ("ANY", 60, "null"),
        ("PRIORITY", 300, '"suite"'),
        ("PRIORITY", 92, '"cabin"'),
        ("OUTPUT ORDER", 300, '["suite", "cabin", "seat"]'),
        ("RULE ORDER", 92, '["seat", "cabin", "cabin"]'),
        ("COLLECT", 60, '["seat", "cabin"]'),
        ("COLLECT", 0, "null"),
        ("COLLECT+COUNT", 92, "3"),
    ],
)
def test_a_hit_policy_decides_among_the_rules(policy: str, miles: int, value: str) -> None:
    """Each policy makes of the rules that match what the standard says."""
    assert place(policy, miles, *PLACES, ranking=RANKED) == value


def test_any_takes_rules_that_agree() -> None:
    """Under ANY several rules may match as long as their outputs are equal."""
    assert place("ANY", 60, ("> 0", '"seat"'), ("> 50", '"seat"')) == '"seat"'


@pytest.mark.parametrize(("aggregation", "value"), [("SUM", "65.5"), ("MIN", "10"), ("MAX", "40"), ("COUNT", "3")])
def test_outputs_are_aggregated(aggregation: str, value: str) -> None:
    """A collecting table adds up, counts, or takes the least or the greatest."""
    assert place(f"COLLECT+{aggregation}", 300, *FARES) == value


@pytest.mark.parametrize(("policy", "value"), [("UNIQUE", '"walk"'), ("COLLECT", '["walk"]')])
def test_the_default_is_for_when_no_rule_matches(policy: str, value: str) -> None:
    """Where no rule matches the default output is the value; a collecting table collects it."""
    default = '<defaultOutputEntry><text>"walk"</text></defaultOutputEntry>'
    assert place(policy, 0, *PLACES, default=default) == value


def test_several_outputs_are_a_context() -> None:
    """Of two output columns the value is a context; the ranking of the first one decides, then that of the second."""
    rows = "".join(
        f"<rule><inputEntry><text>-</text></inputEntry><outputEntry><text>{escape(first)}</text></outputEntry>"
        f"<outputEntry><text>{second}</text></outputEntry></rule>"
        for first, second in (('"seat"', "1"), ('"cabin"', "3"), ('"cabin"', "2"))
    )
    source = definitions(
        given("miles", "number"),
        decision(
            "place",
            '<decisionTable hitPolicy="OUTPUT ORDER">'
            "<input><inputExpression><text>miles</text></inputExpression></input>"
            f'<output name="what">{RANKED}</output>'
            f'<output name="deck"><outputValues><text>1,2,3</text></outputValues></output>{rows}</decisionTable>',
            needs="miles",
        ),
    )
    value = '[{what: "cabin", deck: 2}, {what: "cabin", deck: 3}, {what: "seat", deck: 1}]'
    assert decide(source, "place", miles=Decimal(1)) == value


def test_the_item_definition_ranks_where_the_column_does_not() -> None:
    """Without output values of its own a column is ranked by the values that its type allows."""
    source = definitions(
        '<itemDefinition name="tPlace"><typeRef>string</typeRef><allowedValues><text>"suite","seat"</text>'
        "</allowedValues></itemDefinition>",
        given("miles", "number"),
        decision(
            "place",
            table("PRIORITY", ("> 0", '"seat"'), ("> 9", '"suite"')).replace("<output>", '<output typeRef="tPlace">'),
            needs="miles",
        ),
    )
    assert decide(source, "place", miles=Decimal(10)) == '"suite"'


@pytest.mark.parametrize(
    ("cell", "matches"),
    [
        ("90", True),
        ("not(90)", False),
        ("1, 90", True),
        ("[80..90)", False),
        ("? > 80 and ? < 100", True),
        ("odd(?)", False),
        ("[1, 90]", True),
        ("[80..90], 4", True),
        ('"90"', False),
        ("null", False),
        ("miles", True),
    ],
)
def test_a_cell_tests_its_column(cell: str, matches: bool) -> None:
    """A cell holds for a value, a range, a list of tests, their negation, or a condition on ``?``."""
    assert place("UNIQUE", 90, (cell, "1")) == ("1" if matches else "null")


def test_an_unknown_hit_policy_is_told() -> None:
    """A hit policy that the standard does not have makes the file unreadable, in both languages."""
    with pytest.raises(Fault) as caught:
        place("LAST", 1, *PLACES)
    assert caught.value.message("zh") == "第 1 行的决策表：没有命中策略 LAST "
    assert caught.value.message("en") == "line 1: there is no hit policy LAST "
