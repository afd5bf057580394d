"""场景 scenario: given these records, when this happens, then this must be so. Written beside a pack, not in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import HeaderLine, Kind
from keguan.language.diagnostics.catalogue import scenarios as entries
from keguan.language.diagnostics.findings import suggest
from keguan.language.markdown.document import Written
from keguan.language.markdown.yaml_tree import Items, Mapping, YamlError, read_yaml
from keguan.language.source import Span

if TYPE_CHECKING:
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.markdown.yaml_tree import Tree

SCENARIO = Kind(
    "scenario",
    "场景",
    "scenario",
    "一个可以运行的例子，写在制度包的 scenarios 文件夹里；整个声明是 YAML。",
    headers=(
        HeaderLine("id", "编号", "id", "它说明哪一项检查，如 S25-1", required=True),
        HeaderLine("date", "日期", "date", "从哪一天开始，可带时刻；省略时为制度生效日"),
        HeaderLine("people", "人员", "people", "有哪些人，各是什么角色；写了人员的场景在真的系统里演一遍"),
        HeaderLine("given", "已有", "given", "一开始有哪些档案"),
        HeaderLine("when", "当", "when", "依次发生什么：新档案、修改、办理、过去多久、到哪一天"),
        HeaderLine("expected", "应为", "expected", "结果应该怎样", required=True),
    ),
    status="enforced",
)


@dataclass(frozen=True, slots=True)
class ScenarioDeclaration:
    """A scenario block; the items are mappings as written."""

    block: Block
    id: str
    name: str
    date: Written | None
    people: tuple[Mapping, ...]
    given: tuple[Mapping, ...]
    events: tuple[Mapping, ...]
    expected: tuple[Mapping, ...]
    span: Span


def read_scenario(block: Block, findings: Findings) -> ScenarioDeclaration | None:
    """Read a scenario block; None after diagnostics when it cannot be run."""
    label = block.label.text or block.kind.text
    try:
        tree = read_yaml(block.span.file, block.body, block.body_line)
    except YamlError as problem:
        findings.add(entries.UNREADABLE, Span(block.span.file, problem.line, 1, problem.line, 2), label=label)
        return None
    if not isinstance(tree, Mapping):
        findings.add(entries.UNREADABLE, block.kind.span, label=label)
        return None
    parts = _parts(tree, findings)
    for line in SCENARIO.headers:
        if line.required and line.key not in parts:
            findings.add(entries.KEY_MISSING, block.kind.span, label=label, key=line.zh)
            return None
    identifier, date = parts["id"], parts.get("date")
    if not isinstance(identifier, Written):
        findings.add(entries.SHAPE, identifier.span, expected="一个编号", expected_en="an id")
        return None
    if date is not None and not isinstance(date, Written):
        findings.add(entries.SHAPE, date.span, expected="一个日期", expected_en="a date")
        return None
    items = {key: _items(parts.get(key), findings) for key in ("people", "given", "when", "expected")}
    return ScenarioDeclaration(
        block=block,
        id=identifier.text,
        name=label,
        date=date,
        people=items["people"],
        given=items["given"],
        events=items["when"],
        expected=items["expected"],
        span=block.span,
    )


def _parts(tree: Mapping, findings: Findings) -> dict[str, Tree]:
    known = {name: line.key for line in SCENARIO.headers for name in (line.zh, line.en)}
    parts: dict[str, Tree] = {}
    for key, value in tree.pairs:
        if key.text in known:
            parts[known[key.text]] = value
        else:
            findings.add(
                entries.KEY_UNKNOWN,
                key.span,
                key=key.text,
                **suggest(key.text, known, [line.zh for line in SCENARIO.headers]),
            )
    return parts


def _items(tree: Tree | None, findings: Findings) -> tuple[Mapping, ...]:
    """The items of a list of mappings."""
    if tree is None or (isinstance(tree, Written) and not tree.text):
        return ()
    items = tree.items if isinstance(tree, Items) else (tree,)
    for item in items:
        if not isinstance(item, Mapping) or not item.pairs:
            expected, english = "“- 档案: …”的列表", "a list of “- record: …”"
            findings.add(entries.SHAPE, item.span, expected=expected, expected_en=english)
    return tuple(item for item in items if isinstance(item, Mapping) and item.pairs)
