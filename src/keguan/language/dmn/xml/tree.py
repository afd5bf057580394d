"""XML to a tree of elements. A file is refused, not repaired: no document type, no entities, bounded in every way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn
from xml.parsers import expat

from keguan.language.dmn.xml.fault import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGEST = 2_000_000
"""Bytes of one file."""

DEEPEST = 200
"""Levels of elements."""

MOST = 200_000
"""Elements in one file."""


@dataclass(slots=True)
class Element:
    """An element: its local name, its namespace, its attributes by local name, and what stands in it."""

    name: str
    namespace: str
    line: int
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element] = field(default_factory=list)
    text: str = ""

    def get(self, attribute: str) -> str | None:
        """The attribute's value, or None."""
        return self.attributes.get(attribute)

    def all(self, *names: str) -> Iterator[Element]:
        """The elements of these names directly inside."""
        return (child for child in self.children if child.name in names)

    def first(self, *names: str) -> Element | None:
        """The first of them, or None."""
        return next(self.all(*names), None)

    def said(self, name: str) -> str | None:
        """The text of the first element of that name, without white space around it, or None."""
        found = self.first(name)
        return None if found is None else found.text.strip()


def parse_xml(data: bytes, file: str) -> Element:
    """The root element. Raises ``Fault`` for what is not well-formed, too large, too deep, or has a document type."""
    if len(data) > LARGEST:
        raise Fault(f"{file} 大于 {LARGEST} 字节", f"{file} is larger than {LARGEST} bytes")
    return _Builder(file).build(data)


class _Builder:
    def __init__(self, file: str) -> None:
        self._file = file
        self._open: list[Element] = []
        self._texts: list[list[str]] = []
        self._count = 0
        self._root: Element | None = None
        self._parser = expat.ParserCreate(namespace_separator=" ")
        self._parser.buffer_text = True
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters

    def build(self, data: bytes) -> Element:
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            problem = expat.errors.messages[error.code]
            raise Fault(
                f"{self._file} 第 {error.lineno} 行不是合格的 XML：{problem}",
                f"{self._file}:{error.lineno} is not well-formed XML: {problem}",
            ) from None
        if self._root is None:
            raise Fault(f"{self._file} 没有内容", f"{self._file} is empty")
        return self._root

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        self._count += 1
        if len(self._open) >= DEEPEST or self._count > MOST:
            self._refuse("元素太多或嵌套太深", "it has too many elements or nests them too deeply")
        namespace, _, name = tag.rpartition(" ")
        plain = {key.rpartition(" ")[2]: value for key, value in attributes.items()}
        element = Element(name, namespace, self._parser.CurrentLineNumber, plain)
        if self._open:
            self._open[-1].children.append(element)
        else:
            self._root = element
        self._open.append(element)
        self._texts.append([])

    def _end(self, _tag: str) -> None:
        self._open.pop().text = "".join(self._texts.pop())

    def _characters(self, text: str) -> None:
        self._texts[-1].append(text)

    def _doctype(self, *_: object) -> NoReturn:
        self._refuse("不接受文档类型声明（DOCTYPE）", "a document type declaration (DOCTYPE) is not accepted")

    def _refuse(self, zh: str, en: str) -> NoReturn:
        line = self._parser.CurrentLineNumber
        raise Fault(f"{self._file} 第 {line} 行：{zh}", f"{self._file}:{line}: {en}")
