"""The page of every diagnostic: id, sentence and hint in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import catalogue
from keguan.language.diagnostics.diagnostic import Severity

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Entry

_SEVERITIES = {
    Severity.ERROR: "错误 error",
    Severity.WARNING: "警告 warning",
    Severity.NOTE: "提示 note",
}
_PARTS = {
    "K1": "表达式 Expressions",
    "K2": "文件与声明的写法 The document",
    "K3": "名称 Names",
    "K4": "判定表 Decision tables",
    "K50": "档案 Record types",
    "K55": "角色 Roles",
    "K56": "参数 Parameters",
    "K57": "场景 Scenarios",
    "K6": "新旧版本 Continuity",
}


def diagnostics_page() -> str:
    """Markdown with one table per part of the language."""
    lines = [
        "# 诊断 Diagnostics",
        "",
        "每一条诊断有编号、位置、一句话和一个建议。错误使制度不能发布；警告和提示不影响发布。花括号里的词由实际内容代替。",
        "",
        "Every diagnostic has an id, a place, a sentence and a hint. Errors forbid publishing; the others do not.",
    ]
    for prefix, title in _PARTS.items():
        entries = [entry for entry in catalogue() if entry.id.startswith(prefix)]
        if entries:
            lines += ["", f"## {title}", ""]
            for entry in entries:
                lines += _entry(entry)
    return "\n".join(lines)


def _entry(entry: Entry) -> list[str]:
    return [
        f"- **{entry.id}** {_SEVERITIES[entry.severity]}  ",
        f"  {entry.zh} {_hint(entry.hint_zh)}  ".rstrip() + "  ",
        f"  {entry.en} {_hint(entry.hint_en)}".rstrip(),
    ]


def _hint(hint: str) -> str:
    """A hint that is only a suggestion depends on what stands near; there is nothing to print."""
    return "" if hint in ("{suggestion}", "{suggestion_en}") else hint.replace("{{", "{").replace("}}", "}")
