"""Small invented models: a ferry company's fares. Written as DMN has them, decided in one line."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from keguan.language.dmn.model.deciding import Model
from keguan.language.dmn.model.loading import Library
from keguan.language.dmn.types.text import literal
from keguan.language.dmn.values.dates import Date
from keguan.language.dmn.values.times import DateTime, Time
from keguan.language.dmn.values.zones import Zone
from keguan.language.dmn.xml.reading import read_definitions

if TYPE_CHECKING:
    from keguan.language.dmn.xml.definitions import Key

DMN = "https://www.omg.org/spec/DMN/20230324/MODEL/"
FERRY = "urn:ferry"
NOW = DateTime(Date(2026, 3, 9), Time(0, Zone(8 * 3600)))


def definitions(*parts: str, namespace: str = FERRY, version: str = DMN) -> str:
    """A file that defines these parts."""
    return f'<definitions xmlns="{version}" namespace="{namespace}" name="ferry">{"".join(parts)}</definitions>'


def text(feel: str, type_ref: str | None = None) -> str:
    """A literal expression."""
    declared = f' typeRef="{type_ref}"' if type_ref else ""
    return f"<literalExpression{declared}><text>{escape(feel)}</text></literalExpression>"


def given(name: str, type_ref: str | None = None) -> str:
    """Input data."""
    return f'<inputData name="{escape(name)}" id="{escape(name)}">{variable(name, type_ref)}</inputData>'


def variable(name: str, type_ref: str | None = None) -> str:
    """A variable."""
    declared = f' typeRef="{type_ref}"' if type_ref else ""
    return f'<variable name="{escape(name)}"{declared}/>'


def decision(name: str, expression: str, *, needs: str = "", knows: str = "", type_ref: str | None = None) -> str:
    """A decision. ``needs`` and ``knows`` are ids, separated by commas; one that begins with ``=`` is a decision."""
    required = "".join(
        f"<informationRequirement>{_required(each)}</informationRequirement>" for each in needs.split(",") if each
    )
    known = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>'
        for each in knows.split(",")
        if each
    )
    body = expression if expression.startswith("<") else text(expression)
    return f'<decision name="{name}" id="{name}">{variable(name, type_ref)}{required}{known}{body}</decision>'


def knowledge(name: str, parameters: str, expression: str, knows: str = "", type_ref: str | None = None) -> str:
    """A business knowledge model; its parameters are ``name`` or ``name: type``, separated by commas."""
    known = "".join(
        f'<knowledgeRequirement><requiredKnowledge href="#{each}"/></knowledgeRequirement>'
        for each in knows.split(",")
        if each
    )
    formal = "".join(_parameter(each.strip()) for each in parameters.split(",") if each)
    body = expression if expression.startswith("<") else text(expression)
    logic = f"<encapsulatedLogic>{formal}{body}</encapsulatedLogic>"
    return (
        f'<businessKnowledgeModel name="{name}" id="{name}">'
        f"{variable(name, type_ref)}{known}{logic}</businessKnowledgeModel>"
    )


def model(*files: str) -> Model:
    """The files as a model."""
    return Model(Library([read_definitions(each.encode(), f"{place}.dmn") for place, each in enumerate(files)]))


def decide(source: str, name: str, /, **values: object) -> str:
    """The decision of that name for these values of its input data, as it would be written in FEEL."""
    ready = model(source)
    found = ready.library.find(FERRY, name)
    assert found is not None
    keys: dict[Key, object] = {}
    for each, value in values.items():
        component = ready.library.find(FERRY, each.replace("_", " "))
        assert component is not None
        keys[component.key] = value
    return literal(ready.decide(found, keys, NOW))


def feel(expression: str) -> str:
    """What an expression by itself gives."""
    return decide(definitions(decision("it", expression)), "it")


def _required(each: str) -> str:
    return f'<requiredDecision href="#{each[1:]}"/>' if each.startswith("=") else f'<requiredInput href="#{each}"/>'


def _parameter(written: str) -> str:
    name, _, declared = written.partition(": ")
    return f'<formalParameter name="{name}"' + (f' typeRef="{declared}"/>' if declared else "/>")
