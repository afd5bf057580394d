"""The packs that came with the program, and a new pack made from the example among them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from keguan.language.source import read_pack

if TYPE_CHECKING:
    from collections.abc import Mapping

TEMPLATE = "template"
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^:#\n]*")


def bundled() -> Path:
    """The folder of the packs that came with the program: inside an installed package, or at the top of a clone."""
    package = Path(__file__).resolve().parents[2]
    inside = package / "packs"
    return inside if inside.is_dir() else package.parents[1] / "packs"


def example(pack: str, title: str) -> Mapping[str, str]:
    """The files of the example pack under a new id and title."""
    return {name: renamed(text, pack, title) for name, text in read_pack(bundled() / TEMPLATE).files.items()}


def renamed(text: str, pack: str, title: str) -> str:
    """A pack's text with another id and title in its front matter (a file may have none) and in its first heading."""
    title = " ".join(title.split())
    front, mark, rest = text.partition("\n---\n") if text.startswith("---\n") else ("", "", text)
    written = title if _PLAIN.fullmatch(title) else json.dumps(title, ensure_ascii=False)
    front = re.sub(r"^id:.*$", lambda _old: f"id: {pack}", front, count=1, flags=re.MULTILINE)
    front = re.sub(r"^title:.*$", lambda _old: f"title: {written}", front, count=1, flags=re.MULTILINE)
    rest = re.sub(r"^# .*$", lambda _old: f"# {title}", rest, count=1, flags=re.MULTILINE)
    return front + mark + rest
