"""排班 roster: which shifts there are, when, and how many people each needs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.block import Column, HeaderLine, Kind, read_headers, read_lines, split_list
from keguan.language.blocks.hours import read_coverage, read_days, read_moment
from keguan.language.blocks.timing import read_length
from keguan.language.diagnostics.catalogue import rosters as entries

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block, Written
    from keguan.language.model.roster import Coverage, Days
    from keguan.language.model.timing import Length
    from keguan.language.source import Span

ROSTER = Kind(
    "roster",
    "排班",
    "roster",
    "有哪些班次、何时上、各要几个人，什么时段不能没人。",
    headers=(
        HeaderLine("english", "英文", "english", "英文名称"),
        HeaderLine("unit", "单位", "unit", "哪个部门或网点"),
        HeaderLine("coverage", "覆盖", "coverage", "必须有人的时段：08:00-20:00；工作日 09:00-11:00 3人；用分号隔开"),
        HeaderLine("most", "连续上班上限", "most hours", "一个人连续上班最长多久，如 12小时"),
        HeaderLine("rest", "间隔", "rest", "同一人两班之间至少隔多久，如 11小时"),
        HeaderLine("swaps", "调班批准", "swaps approved by", "调班由谁批准；省略则不必批准"),
    ),
    columns=(
        Column("post", "岗位", "post", "在哪个岗位", required=True, filled=True),
        Column("role", "角色", "role", "哪个角色的人才能上"),
        Column("shift", "班次", "shift", "名称，如早班", required=True, filled=True),
        Column("start", "起", "from", "08:00", required=True, filled=True),
        Column("end", "止", "to", "17:30；到第二天的写 次日06:00", required=True, filled=True),
        Column("people", "人数", "people", "要几个人", required=True, filled=True),
        Column(
            "days",
            "适用日",
            "days",
            "每日、工作日、周末、节假日、交易日、周一，或周一至周五；用逗号分开；省略为每日",
        ),
        Column("skills", "技能", "skills", "上这个班要会什么，用逗号分开"),
    ),
)
_MOST_PEOPLE = 3


@dataclass(frozen=True, slots=True)
class RosterLine:
    """One row, times read."""

    number: int
    post: str
    role: Written
    shift: str
    start: int
    end: int
    people: int
    days: tuple[Days, ...]
    skills: tuple[str, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class RosterDeclaration:
    """A roster block."""

    block: Block
    english: str
    unit: str
    coverage: tuple[Coverage, ...]
    most: Length | None
    rest: Length | None
    swaps: Written | None
    lines: tuple[RosterLine, ...]


def read_roster(block: Block, findings: Findings) -> RosterDeclaration | None:
    """Read a roster block."""
    headers = read_headers(ROSTER, block, findings)
    read = read_lines(ROSTER, block, findings)
    lines = [_line(number, line, findings) for number, line in enumerate(read, start=1)]
    english, unit = (headers[key].text if key in headers else "" for key in ("english", "unit"))
    most, rest = (read_length(headers[key], findings) if key in headers else None for key in ("most", "rest"))
    coverage = read_coverage(headers["coverage"], findings) if "coverage" in headers else ()
    whole = tuple(line for line in lines if line is not None)
    return RosterDeclaration(block, english, unit, coverage, most, rest, headers.get("swaps"), whole)


def _line(number: int, line: Line, findings: Findings) -> RosterLine | None:
    if not all(line[key].text for key in ("post", "shift", "start", "end", "people")):
        return None
    start, end = read_moment(line["start"], findings), read_moment(line["end"], findings)
    people = line["people"].text
    if not (people.isascii() and people.isdigit() and len(people) <= _MOST_PEOPLE and int(people)):
        findings.add(entries.PEOPLE, line["people"].span, value=people)
        return None
    if start is None or end is None:
        return None
    if end <= start:
        times = {"start": line["start"].text, "end": line["end"].text}
        findings.add(entries.ENDS_FIRST, line["end"].span, shift=line["shift"].text, **times)
        return None
    days = read_days(line["days"], findings)
    skills = tuple(skill.text for skill in split_list(line["skills"]))
    post, shift = line["post"].text, line["shift"].text
    return RosterLine(number, post, line["role"], shift, start, end, int(people), days, skills, line.span)
