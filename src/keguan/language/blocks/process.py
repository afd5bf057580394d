"""流程 process: the steps of a case, who handles each by when, and where each leads."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.blocks.actors import ActorsWritten, PartyWritten, read_actors, read_parties
from keguan.language.blocks.block import Column, HeaderLine, Kind, read_headers, read_lines, split_list
from keguan.language.blocks.granting import HEADERS as GRANT_HEADERS
from keguan.language.blocks.granting import GrantsWritten, read_grants
from keguan.language.blocks.numbering import read_numbering
from keguan.language.blocks.overdue import OverdueWritten, read_overdue, read_rights
from keguan.language.blocks.public import HEADERS as PUBLIC_HEADERS
from keguan.language.blocks.public import PublicWritten, read_public
from keguan.language.blocks.routing import RouteWritten, parts, read_routes
from keguan.language.blocks.timing import read_deadline_or_name
from keguan.language.diagnostics.catalogue import document as entries
from keguan.language.diagnostics.catalogue import processes
from keguan.language.markdown.document import Written
from keguan.language.model.process import StaffOccasion

if TYPE_CHECKING:
    from keguan.language.blocks.block import Line
    from keguan.language.blocks.timing import NamedDeadline
    from keguan.language.diagnostics.findings import Findings
    from keguan.language.markdown.document import Block
    from keguan.language.model.numbering import Numbering
    from keguan.language.model.process import Right
    from keguan.language.model.timing import Deadline
    from keguan.language.source import Span

PROCESS = Kind(
    "process",
    "流程",
    "process",
    "一件事分几步办、谁办、多久办完、办完去哪里。每办一件事是一个案件，从表里的第一步开始。",
    headers=(
        HeaderLine("of", "对象", "of", "为哪一种档案办理", required=True),
        HeaderLine("number", "编号", "number", "案件的编号，如 TS-{年}{月}-{序号:4}"),
        HeaderLine("total", "总时限", "total", "从发起到结束最多多久；也可写参数"),
        HeaderLine(
            "pause",
            "暂停",
            "pause",
            "什么时候不计时：办理人可以选的原因（如 等待客户补充材料）、步骤名称，或“当 条件”；用逗号分开",
        ),
        HeaderLine(
            "start",
            "发起",
            "start",
            "谁可以发起（角色、记录负责人）；“新建时”为新建档案时自动发起，“当 条件”为条件成立时自动发起；"
            "“人员离职”“离职账号登录”为有人离职、有人用离职人员的账号登录时自动建一份档案并发起；"
            "省略时，能修改该档案的人都可以发起",
        ),
        HeaderLine("recuse", "回避", "recuse", "档案或表单的哪些字段写着不得办理本案的人"),
        HeaderLine("apart", "分离", "apart", "必须由不同的人办理的步骤，用逗号分开；可以写“发起人”；几组之间用分号"),
        *PUBLIC_HEADERS,
        *GRANT_HEADERS,
        HeaderLine("class", "信息类别", "class", "谁可以看案件；省略时与档案的称呼字段相同"),
        HeaderLine("english", "英文", "english", "流程的英文名称"),
    ),
    columns=(
        Column("label", "步骤", "step", "名称，去向里用它", required=True, filled=True),
        Column("code", "代码", "code", "省略时按行号：step_1、step_2……"),
        Column("english", "英文", "english", "英文名称"),
        Column(
            "actors",
            "办理角色",
            "handled by",
            "角色、发起人、记录负责人、部门负责人、办理人(步骤)，或档案、表单里的人员字段；"
            "几方之间写 依次、会签 或 或签；"
            "一个角色有几人时由其中一人办，写“角色(每人)”则每人都办；只跑子流程的步骤可以空着",
            required=True,
        ),
        Column("copies", "抄送", "copy to", "办理时告知谁，用逗号分开"),
        Column("deadline", "时限", "deadline", "从到达这一步起多久办完；也可写参数"),
        Column("form", "表单", "form", "办理时填哪张表单"),
        Column("checklist", "检查", "checklist", "办理时做哪项检查；不合格不能往下走"),
        Column("document", "文件", "document", "办完时生成哪份文件"),
        Column("process", "子流程", "subprocess", "到这一步时发起哪个流程；它结束后本步才算办完"),
        Column("condition", "条件", "condition", "成立才进入这一步（档案和表单的字段）；不成立时按第一个去向往下走"),
        Column(
            "to",
            "去向",
            "goes to",
            "“→ 步骤”，或“成立 → 定责; 不成立 → 婉复”；结束写 归档、完成、结束或作废；并行写“→ (甲, 乙)”；"
            "空着为下一行，最后一行空着为完成",
        ),
        Column(
            "overdue",
            "超时",
            "overdue",
            "催办、升级到 某角色、转给 某角色、自动 某结论，用分号分开；前面可写“75%时”（时限用去多少）或“逾期1工作日”",
        ),
        Column("told", "网上进度", "told outside", "案件在这一步时，客户在网上看到的话；空着只说“正在办理”"),
        Column("told_english", "网上进度英文", "told outside in english", "同上，给看英文网页的客户；空着用中文的"),
        Column("rights", "字段权限", "field rights", "这一步对表单字段的特别规定：只读: 甲, 乙; 隐藏: 丙; 必填: 丁"),
    ),
    status="enforced",
)


CREATED = frozenset({"新建时", "on creation"})
OCCASIONS = {
    "人员离职": StaffOccasion.LEFT,
    "staff left": StaffOccasion.LEFT,
    "离职账号登录": StaffOccasion.ATTEMPT,
    "departed sign-in": StaffOccasion.ATTEMPT,
}
_WHEN = re.compile(r"(?:^|[,，、]\s*)(?:当|when)(?:\s+(?P<condition>.*))?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class StepLine:
    """One row: a step, read but with no name looked up."""

    number: int
    label: Written
    code: Written
    english: str
    actors: ActorsWritten | None
    copies: tuple[PartyWritten, ...]
    deadline: Deadline | NamedDeadline | None
    form: Written | None
    checklist: Written | None
    document: Written | None
    process: Written | None
    condition: Written | None
    routes: tuple[RouteWritten, ...] | None  # None: not readable; empty: the next row
    overdue: tuple[OverdueWritten, ...]
    rights: tuple[tuple[Right, Written], ...]
    told: str
    told_english: str
    span: Span


@dataclass(frozen=True, slots=True)
class ProcessDeclaration:
    """A process block."""

    block: Block
    english: str
    of: Written
    numbering: Numbering | None
    total: Deadline | NamedDeadline | None
    pause: Written | None
    start: Written | None
    recusals: tuple[Written, ...]
    apart: tuple[tuple[Written, ...], ...]
    information_class: str
    public: PublicWritten | None
    grants: GrantsWritten | None
    steps: tuple[StepLine, ...]


def read_process(block: Block, findings: Findings) -> ProcessDeclaration | None:
    """Read a process block; None when it does not say over which record type it is or has no steps."""
    headers = read_headers(PROCESS, block, findings)
    lines = read_lines(PROCESS, block, findings)
    steps = tuple(_step(number, line, findings) for number, line in enumerate(lines, 1) if line["label"].text)
    numbering = read_numbering(headers["number"], findings) if "number" in headers else None
    total = read_deadline_or_name(headers["total"], findings) if "total" in headers else None
    if "of" not in headers or not steps:
        return None
    return ProcessDeclaration(
        block=block,
        english=headers["english"].text if "english" in headers else "",
        of=headers["of"],
        numbering=numbering,
        total=total,
        pause=headers.get("pause"),
        start=headers.get("start"),
        recusals=split_list(headers["recuse"]) if "recuse" in headers else (),
        apart=tuple(split_list(group) for group in parts(headers["apart"])) if "apart" in headers else (),
        information_class=headers["class"].text if "class" in headers else "",
        public=read_public(headers, findings),
        grants=read_grants(headers, findings),
        steps=steps,
    )


def _step(number: int, line: Line, findings: Findings) -> StepLine:
    def named(key: str) -> Written | None:
        return line[key] if line[key].text else None

    if not line["actors"].text and not line["process"].text:
        findings.add(entries.CELL_EMPTY, line["actors"].span, column="办理角色", column_en="handled by")
    return StepLine(
        number=number,
        label=line["label"],
        code=line["code"],
        english=line["english"].text,
        actors=read_actors(line["actors"], findings) if line["actors"].text else None,
        copies=read_parties(line["copies"], findings),
        deadline=read_deadline_or_name(line["deadline"], findings) if line["deadline"].text else None,
        form=named("form"),
        checklist=named("checklist"),
        document=named("document"),
        process=named("process"),
        condition=named("condition"),
        routes=read_routes(line["to"], findings),
        overdue=read_overdue(line["overdue"], findings),
        rights=read_rights(line["rights"], findings),
        told=line["told"].text,
        told_english=line["told_english"].text,
        span=line.span,
    )


def split_when(written: Written, findings: Findings) -> tuple[tuple[Written, ...], Written | None]:
    """The items of a list, and the condition that may end it (当 …)."""
    found = _WHEN.search(written.text)
    if found is None:
        return split_list(written), None
    items = split_list(Written(written.text[: found.start()], written.span))
    if not found.group("condition"):
        findings.add(processes.CONDITION_EMPTY, written.span)
        return items, None
    start, end = found.span("condition")
    return items, Written(found.group("condition"), written.span.within(start, end - start))
