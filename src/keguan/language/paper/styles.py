"""The styles of a Word document: each is looked up once, for looking one up reads them all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from docx.text.paragraph import Paragraph


class Styles:
    """Styles by what paragraphs call them."""

    def __init__(self) -> None:
        self._chains: dict[str | None, tuple[Any, ...]] = {}

    def of(self, paragraph: Paragraph) -> tuple[Any, ...]:
        """A paragraph's style and those that it is based on, nearest first. A ring of styles is gone round once."""
        key = paragraph._p.style  # noqa: SLF001 - python-docx offers no way to a style's id without looking it up
        if key not in self._chains:
            self._chains[key] = tuple(_chain(paragraph.style))
        return self._chains[key]


def _chain(style: Any) -> list[Any]:
    found: list[Any] = []
    seen: set[str | None] = set()
    while style is not None and style.style_id not in seen:
        seen.add(style.style_id)
        found.append(style)
        style = style.base_style
    return found
