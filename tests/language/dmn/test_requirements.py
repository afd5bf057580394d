"""The graph of requirements: decisions, knowledge, services and imports."""

from __future__ import annotations

from decimal import Decimal

import pytest

from keguan.language.dmn.types.text import literal
from keguan.language.dmn.xml.fault import Fault
from tests.language.dmn.models import FERRY, NOW, decide, decision, definitions, given, knowledge, model, variable

FARE = definitions(
    given("Trip length", "number"),
    knowledge("rate", "miles: number", "if miles > 100 then 0.5 else 0.8"),
    knowledge("price", "miles: number", "miles * rate(miles)", knows="rate"),
    decision("base", "price(Trip length)", needs="Trip length", knows="price"),
    decision("Total fare", "base + 5", needs="=base"),
    '<decisionService name="quote" id="quote"><variable name="quote"/><outputDecision href="#Total fare"/>'
    '<encapsulatedDecision href="#base"/><inputData href="#Trip length"/></decisionService>',
    decision("both ways", "quote(10) + quote(Trip length: 200)", knows="quote"),
)


def test_what_a_decision_requires_is_decided_first() -> None:
    """A decision follows from the decisions, the data and the knowledge that it requires, however they are ordered."""
    assert decide(FARE, "Total fare", Trip_length=Decimal(200)) == "105"
    assert decide(FARE, "Total fare", Trip_length=Decimal(10)) == "13"


def test_a_missing_value_is_null() -> None:
    """Without the input data everything that needs it is null."""
    assert decide(FARE, "Total fare") == "null"


def test_a_value_of_another_type_is_null() -> None:
    """A given value that is not of the declared type counts as none."""
    assert decide(FARE, "Total fare", Trip_length="far") == "null"


def test_a_service_is_a_function() -> None:
    """A decision service is called with its input data and gives its output decision."""
    assert decide(FARE, "both ways") == "118"
    ready = model(FARE)
    service = ready.library.find(FERRY, "quote")
    assert service is not None
    assert literal(ready.invoke(service, {"Trip length": Decimal(10)}, NOW)) == "13"
    assert ready.invoke(service, {"length": Decimal(10)}, NOW) is None


def test_a_service_of_two_outputs_gives_a_context() -> None:
    """With several output decisions a service gives a context; a decision among its inputs is given, not decided."""
    source = definitions(
        decision("base", "1"),
        decision("double", "base * 2", needs="=base"),
        decision("triple", "base * 3", needs="=base"),
        '<decisionService name="s" id="s"><variable name="s"/><outputDecision href="#double"/>'
        '<outputDecision href="#triple"/><inputDecision href="#base"/></decisionService>',
        decision("it", "s(10)", knows="s"),
    )
    assert decide(source, "it") == "{double: 20, triple: 30}"


def test_knowledge_sees_only_what_it_knows() -> None:
    """A knowledge model does not see the names around the decision that calls it; it does see itself."""
    source = definitions(
        given("miles", "number"),
        knowledge("nosy", "", "miles"),
        knowledge("sum to", "n", "if n = 0 then 0 else n + sum to(n - 1)"),
        decision("a", "nosy()", needs="miles", knows="nosy"),
        decision("b", "sum to(20)", knows="sum to"),
    )
    assert decide(source, "a", miles=Decimal(3)) == "null"
    assert decide(source, "b") == "210"


def test_a_circle_is_refused() -> None:
    """Decisions that require each other are told in both languages, and nothing is decided."""
    with pytest.raises(Fault) as caught:
        model(definitions(decision("hen", "egg", needs="=egg"), decision("egg", "hen", needs="=hen")))
    assert (caught.value.zh, caught.value.en) == ("判定“egg”依赖它自己", "the decision “egg” requires itself")


def test_a_long_chain_is_no_recursion() -> None:
    """Two thousand decisions in a row are decided like two."""
    chain = [decision("d0", "1")]
    chain += [decision(f"d{place}", f"d{place - 1} + 1", needs=f"=d{place - 1}") for place in range(1, 2000)]
    assert decide(definitions(*chain), "d1999") == "2000"


def test_an_imported_model_is_seen_by_its_name() -> None:
    """What another file defines is in reach behind the name of the import, types too."""
    tariff = definitions(
        '<itemDefinition name="tMiles"><typeRef>number</typeRef><allowedValues><text>&gt; 0</text></allowedValues>'
        "</itemDefinition>",
        given("miles", "tMiles"),
        knowledge("rate", "miles", "miles * 2"),
        decision("toll", "miles + 1", needs="miles"),
        namespace="urn:tariff",
    )
    home = definitions(
        '<import name="the tariff" namespace="urn:tariff" importType="x"/>',
        given("stops", "the tariff.tMiles"),
        decision("it", "the tariff.toll + the tariff.rate(5) + stops", needs="stops").replace(
            "</decision>",
            '<informationRequirement><requiredDecision href="urn:tariff#toll"/></informationRequirement>'
            '<knowledgeRequirement><requiredKnowledge href="urn:tariff#rate"/></knowledgeRequirement></decision>',
        ),
    )
    ready = model(home, tariff)
    it, stops = ready.library.find(FERRY, "it"), ready.library.find(FERRY, "stops")
    miles = ready.library.find("urn:tariff", "miles")
    assert it is not None
    assert stops is not None
    assert miles is not None
    assert literal(ready.decide(it, {miles.key: Decimal(3), stops.key: Decimal(1)}, NOW)) == "15"
    assert ready.decide(it, {miles.key: Decimal(3), stops.key: Decimal(-1)}, NOW) is None


def test_two_files_of_one_namespace_are_refused() -> None:
    """Which of two files with one namespace is meant cannot be known."""
    with pytest.raises(Fault, match="same namespace"):
        model(definitions(), definitions())


def test_a_fault_in_one_expression_leaves_the_others_alone() -> None:
    """What cannot be read is null and named with its line; the rest of the model works."""
    ready = model(definitions(decision("broken", "1 +"), decision("whole", "2")))
    broken, whole = ready.library.find(FERRY, "broken"), ready.library.find(FERRY, "whole")
    assert broken is not None
    assert whole is not None
    assert (ready.decide(broken, {}, NOW), ready.decide(whole, {}, NOW)) == (None, Decimal(2))
    assert [fault.span.file for fault in ready.faults] == ["0.dmn"]


def test_names_with_spaces_and_signs_are_read() -> None:
    """A name may hold spaces, operators and words of FEEL, as long as it is in reach."""
    source = definitions(
        given("cars in line", "number"),
        given("port-side", "number"),
        decision("it", "cars in line - port-side", needs="cars in line,port-side"),
    ).replace(variable("port-side", "number"), variable("port-side", "number"))
    ready = model(source)
    it = ready.library.find(FERRY, "it")
    keys = [ready.library.find(FERRY, name) for name in ("cars in line", "port-side")]
    assert it is not None
    values = {each.key: Decimal(place) for place, each in enumerate(keys, 3) if each is not None}
    assert literal(ready.decide(it, values, NOW)) == "-1"
