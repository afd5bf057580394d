"""The page of every diagnostic: id, sentence and hint in both languages, and an example that gives it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.diagnostic import Severity
from keguan.language.reference.parts import PARTS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.reference.examples import Trigger

_SEVERITIES = {
    Severity.ERROR: "错误 error",
    Severity.WARNING: "提醒 warning",
    Severity.NOTE: "提示 note",
}
_HEAD = """# 诊断 Diagnostics

每一条诊断有编号、位置、一句话和一个建议。错误使制度不能发布；提醒和提示不影响发布。花括号里的词由实际内容代替。
每条下面是一个会引起它的例子，和系统那时说的话；找不到例子的，要靠已发布的旧版或很大的表才会出现。

Every diagnostic has an id, a place, a sentence and a hint. Errors forbid publishing; the others do not. Below each
stands an example that gives it, with what is then said."""


def diagnostics_page(triggers: Mapping[str, Trigger]) -> str:
    """Markdown with a section per part of the language and a heading per diagnostic."""
    lines = [_HEAD]
    for part in PARTS:
        lines += ["", f"## {part.title}"]
        for entry in part.entries:
            lines += _entry(entry, triggers.get(entry.id))
    return "\n".join(lines)


def _entry(entry: Entry, trigger: Trigger | None) -> list[str]:
    lines = [
        "",
        f"### {entry.id}",
        "",
        f"{_SEVERITIES[entry.severity]}  ",
        f"{entry.zh} {_hint(entry.hint_zh)}".rstrip() + "  ",
        f"{entry.en} {_hint(entry.hint_en)}".rstrip(),
    ]
    if trigger is None:
        return lines
    excerpt = ["", "```", trigger.excerpt, "```"] if trigger.excerpt else []
    return [*lines, *excerpt, "", f"> {trigger.said}"]


def _hint(hint: str) -> str:
    """A hint that is only a suggestion depends on what stands near; there is nothing to print."""
    return "" if hint in ("{suggestion}", "{suggestion_en}") else hint.replace("{{", "{").replace("}}", "}")
