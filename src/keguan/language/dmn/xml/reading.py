"""A DMN file, versions 1.1 to 1.5, to what it defines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.dmn.xml.boxed import Definition, Variable
from keguan.language.dmn.xml.definitions import (
    Component,
    Decision,
    Definitions,
    FunctionItem,
    InputData,
    ItemDefinition,
    Key,
    Knowledge,
    Service,
)
from keguan.language.dmn.xml.expressions import read_definition, read_expression
from keguan.language.dmn.xml.fault import Fault
from keguan.language.dmn.xml.texts import name_of, text, variable
from keguan.language.dmn.xml.tree import parse_xml

if TYPE_CHECKING:
    from keguan.language.dmn.xml.tree import Element

_NAMESPACE = re.compile(r"https?://www\.omg\.org/spec/DMN/20(151101|180521|191111|211108|230324)/(dmn\.xsd|MODEL/?)")
"""DMN 1.1, 1.2, 1.3, 1.4 and 1.5."""


def read_definitions(data: bytes, file: str) -> Definitions:
    """What a DMN file defines. Raises ``Fault`` when it is none, or one of a version we do not know."""
    root = parse_xml(data, file)
    if root.name != "definitions" or _NAMESPACE.fullmatch(root.namespace) is None:
        raise Fault(
            f"{file} 不是 DMN 1.1–1.5 的模型（{root.namespace} {root.name}）",
            f"{file} is not a model of DMN 1.1–1.5 ({root.namespace} {root.name})",
        )
    namespace = root.get("namespace") or ""
    imports = {name_of(each): each.get("namespace") or "" for each in root.all("import")}
    return Definitions(
        file,
        namespace,
        name_of(root),
        imports,
        tuple(_item(each) for each in root.all("itemDefinition")),
        tuple(_component(each, namespace) for each in root.children if each.name in _COMPONENTS),
    )


_COMPONENTS = frozenset({"inputData", "decision", "businessKnowledgeModel", "decisionService"})


def _component(element: Element, namespace: str) -> Component:
    name = name_of(element)
    key = Key(namespace, element.get("id") or name)
    declared = element.first("variable")
    named = Variable(name) if declared is None else variable(declared)
    if element.name == "inputData":
        return InputData(key, name, named)
    if element.name == "decision":
        requires = _keys(element, namespace, "informationRequirement", "requiredInput", "requiredDecision")
        return Decision(key, name, named, requires, _known(element, namespace), read_expression(element))
    if element.name == "businessKnowledgeModel":
        return Knowledge(key, name, named, _known(element, namespace), _logic(element))
    inputs = (*_hrefs(element, namespace, "inputData"), *_hrefs(element, namespace, "inputDecision"))
    return Service(key, name, named, _hrefs(element, namespace, "outputDecision"), inputs)


def _logic(element: Element) -> Definition | None:
    logic = element.first("encapsulatedLogic")
    return None if logic is None else read_definition(logic)


def _known(element: Element, namespace: str) -> tuple[Key, ...]:
    return _keys(element, namespace, "knowledgeRequirement", "requiredKnowledge")


def _keys(element: Element, namespace: str, requirement: str, *required: str) -> tuple[Key, ...]:
    return tuple(key for each in element.all(requirement) for key in _hrefs(each, namespace, *required))


def _hrefs(element: Element, namespace: str, *names: str) -> tuple[Key, ...]:
    """The keys that elements of these names refer to: ``#id`` in the same file, ``namespace#id`` in another."""
    found = []
    for each in element.all(*names):
        place, _, identifier = (each.get("href") or "").rpartition("#")
        found.append(Key(place or namespace, identifier))
    return tuple(found)


def _item(element: Element) -> ItemDefinition:
    function = element.first("functionItem")
    return ItemDefinition(
        name_of(element),
        element.said("typeRef"),
        element.get("isCollection") in {"true", "1"},
        tuple(_item(each) for each in element.all("itemComponent")),
        None if function is None else _function(function),
        text(element.first("allowedValues")),
        text(element.first("typeConstraint")),
    )


def _function(element: Element) -> FunctionItem:
    return FunctionItem(tuple(variable(each) for each in element.all("parameters")), element.get("outputTypeRef"))
