"""A page per kind of block: its form, its lines, its columns and its words, an example, and its diagnostics."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks import KINDS
from keguan.language.reference.block_words import BLOCK_WORDS
from keguan.language.reference.field_words import field_types
from keguan.language.reference.parts import PARTS
from keguan.language.reference.tables import spellings, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.blocks.block import Kind

_STATUS = {
    "enforced": "发布后由系统执行。",
    "monitored": "发布后由系统监测。",
    "attested": "发布后由人确认。",
    "declared": "现在读入、检查、印出、比较；执行随后续版本。",
}
_TRIED = {
    "metric": "场景里可以试算：写“指标: 名称”，见[场景](../scenarios.md#指标)。"
    "什么时候算、谁看得到，见[看指标、定目标](../../howto/targets.md)。"
}
"""What a scenario works out of a kind, and where it says how it lives."""
_TABLES = {
    "decision": ("条件", "条件", "→ 结果 (result)"),
    "document": (),
}
_SEE = {
    "decision": "格里怎样写，见[表达式](../expressions.md)；"
    "例外怎样写，见[条款之间的例外](../../howto/exceptions.md)。",
    "record": "完整度、及时录入、核实怎样用，见[让档案保持整洁](../../howto/keep-the-archive-clean.md)。",
    "fact": "算法怎样写，见[表达式](../expressions.md)。",
    "quota": "怎样执行、超出的怎样处理，见[名额](../../explanation/quotas.md)。",
    "parameter": "怎样换值、怎样试行，见[换一个数，试一项改革](../../howto/change-a-figure.md)。",
    "scenario": "每一项的写法，见[场景](../scenarios.md)。",
    **dict.fromkeys(
        ("process", "duty", "metric", "retention", "consequence", "allocation"),
        "时限、频次、期限怎样写，见[时间的写法](../times.md)。",
    ),
}


def block_pages(policies: Mapping[str, str]) -> dict[str, str]:
    """Each kind's page by its path, and their table of contents; ``policies``: an example by code of the kind."""
    pages = {f"blocks/{kind.code}.md": "\n".join(_page(kind, policies[kind.code])) for kind in KINDS}
    listed = [f"- [{kind.zh} {kind.en}]({kind.code}.md)：{kind.meaning}" for kind in KINDS]
    pages["blocks/README.md"] = "\n".join(["# 声明 Blocks", "", *listed])
    return pages


def _page(kind: Kind, policy: str) -> Iterator[str]:
    status = _STATUS[kind.status] + _TRIED.get(kind.code, "")
    yield from (f"# {kind.zh} `{kind.en}`", "", kind.meaning, "", status, "", "## 写法", "")
    yield from _form(kind, chinese=True)
    yield from ("", "英文的关键词也可以：", "")
    yield from _form(kind, chinese=False)
    if kind.headers:
        rows = ((line.zh, line.en, "必写" if line.required else "", line.meaning) for line in kind.headers)
        yield from ("", "## 首行之下", "", *table(("中文", "英文", "", "含义"), rows))
    if kind.columns:
        needed = ((each, "必有，每格要填" if each.filled else "必有" if each.required else "") for each in kind.columns)
        yield from ("", "## 各列", "", "列的次序不限；不用的列可以不写。", "")
        yield from table(
            ("中文", "英文", "", "含义"), ((each.zh, each.en, need, each.meaning) for each, need in needed)
        )
    if kind.code in ("record", "fact", "form"):
        yield from ("", "## 类型", "", *field_types())
    for title, words in BLOCK_WORDS.get(kind.code, ()):
        yield from ("", f"## {title}", "", *spellings(words))
    if kind.code in _SEE:
        yield from ("", _SEE[kind.code])
    yield from ("", "## 例子", "", *_example(policy), "", "## 诊断", "")
    yield from _diagnostics(kind)


def _form(kind: Kind, *, chinese: bool) -> list[str]:
    name = "名称" if chinese else "name"
    headers = [f"{line.zh if chinese else line.en}: …" for line in kind.headers]
    columns = _TABLES.get(kind.code, tuple(each.zh if chinese else each.en for each in kind.columns))
    body = [f"| {' | '.join(columns)} |", f"|{'---|' * len(columns)}"] if columns else []
    if kind.code == "document":
        body = ["正文，在 {字段} 处填入内容。" if chinese else "The text, with {fields}."]
    code = "" if kind.code == "scenario" else " (code)"
    blank = [""] if headers and body else []
    return ["```", f":::{kind.zh if chinese else kind.en} {name}{code}", *headers, *blank, *body, ":::", "```"]


def _example(policy: str) -> list[str]:
    """The example as it stands in its files."""
    text, *rest = policy.split("\n%%% ")
    lines = ["`policy.md`：", "", "```", text.strip("\n"), "```"]
    for section in rest:
        name, _, content = section.partition("\n")
        lines += ["", f"`{name}`：", "", "```", content.strip("\n"), "```"]
    return lines


def _diagnostics(kind: Kind) -> Iterator[str]:
    for part in PARTS:
        if kind.code in part.kinds:
            for entry in part.entries:
                sentence = entry.zh.replace("|", "\\|")
                yield f"- [{entry.id}](../diagnostics.md#{entry.id.lower()}) {sentence}"
    general = "、".join(f"[{part.title.split()[0]}](../diagnostics.md)" for part in PARTS if not part.kinds)
    yield f"- 各种声明都可能有的：{general}"
