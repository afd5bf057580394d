"""Test cases out of the kit's files (``testCases.xsd``)."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from keguan.language.dmn.values.dates import parse_date
from keguan.language.dmn.values.durations import parse_duration
from keguan.language.dmn.values.numbers import parse_number
from keguan.language.dmn.values.temporal import parse_temporal
from keguan.language.dmn.values.times import parse_moment, parse_time
from keguan.language.dmn.xml.fault import Fault
from keguan.language.dmn.xml.texts import name_of
from keguan.language.dmn.xml.tree import parse_xml

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.language.dmn.xml.tree import Element

_NAMESPACE = "http://www.omg.org/spec/DMN/20160719/testcase"


@dataclass(frozen=True, slots=True)
class Value:
    """A named value; ``namespace`` is that of an imported file, None in the tested file itself."""

    name: str
    namespace: str | None
    value: object


@dataclass(frozen=True, slots=True)
class Case:
    """One test case: what is given, and what should come out. ``invoke`` names the service or knowledge to call."""

    id: str
    kind: str
    invoke: str | None
    namespace: str | None
    inputs: tuple[Value, ...]
    results: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Cases:
    """One file of test cases for one model."""

    file: str
    model: str
    cases: tuple[Case, ...]


def read_cases(data: bytes, file: str) -> Cases:
    """The test cases of a file. Raises ``Fault`` when it holds none."""
    root = parse_xml(data, file)
    if root.name != "testCases" or root.namespace != _NAMESPACE:
        raise Fault(f"{file} 不是测试用例文件", f"{file} is not a file of test cases")
    return Cases(file, root.said("modelName") or "", tuple(_case(each, file) for each in root.all("testCase")))


def _case(element: Element, file: str) -> Case:
    inputs = tuple(_named(each, each, file) for each in element.all("inputNode"))
    results = tuple(_named(each, each.first("expected"), file) for each in element.all("resultNode"))
    kind = element.get("type") or "decision"
    return Case(element.get("id") or "", kind, element.get("invocableName"), element.get("namespace"), inputs, results)


def _named(element: Element, holder: Element | None, file: str) -> Value:
    value = None if holder is None else _value(holder, file)
    return Value(name_of(element), element.get("namespace"), value)


def _value(holder: Element, file: str) -> object:
    """The value that stands in an element: one, a list, or components."""
    components = list(holder.all("component"))
    if components:
        return {each.get("name") or "": _value(each, file) for each in components}
    listed = holder.first("list")
    if listed is not None:
        return None if _is_nil(listed) else [_value(item, file) for item in listed.all("item")]
    plain = holder.first("value")
    return None if plain is None or _is_nil(plain) else _plain(plain, file)


def _is_nil(element: Element) -> bool:
    return element.get("nil") in {"true", "1"}


def _plain(element: Element, file: str) -> object:
    kind = (element.get("type") or "string").rpartition(":")[2]
    read = _READERS.get(kind, _text)
    found = read(element.text)
    if found is None:
        raise Fault(
            f"{file} 第 {element.line} 行：“{element.text}”不是 {kind}",
            f"{file}:{element.line}: “{element.text}” is no {kind}",
        )
    return found


def _text(text: str) -> object:
    return text


def _number(text: str) -> Decimal | None:
    return parse_number(text.strip())


_READERS: dict[str, Callable[[str], object]] = {
    "string": _text,
    "boolean": lambda text: {"true": True, "1": True, "false": False, "0": False}.get(text.strip()),
    "decimal": _number,
    "double": _number,
    "float": _number,
    "integer": _number,
    "int": _number,
    "long": _number,
    "date": lambda text: parse_date(text.strip()),
    "time": lambda text: parse_time(text.strip()),
    "dateTime": lambda text: parse_moment(text.strip()),
    "duration": lambda text: parse_duration(text.strip()),
    "anyAtomicType": lambda text: parse_temporal(text.strip()),
}
