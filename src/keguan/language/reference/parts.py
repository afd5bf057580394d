"""The parts of the catalogue: which ids belong to which part of the language, and to which kinds of block."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import catalogue

if TYPE_CHECKING:
    from keguan.language.diagnostics.diagnostic import Entry


@dataclass(frozen=True, slots=True)
class Part:
    """Ids that begin with ``prefix``. ``kinds``: codes of the kinds of block it is about; none: of any."""

    prefix: str
    title: str
    kinds: tuple[str, ...] = ()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """Its entries, by id."""
        return tuple(entry for entry in catalogue() if entry.id.startswith(self.prefix))


PARTS = (
    Part("K1", "表达式 Expressions"),
    Part("K2", "文件与声明的写法 The document"),
    Part("K3", "名称 Names"),
    Part("K4", "判定表 Decision tables", ("decision", "scorecard")),
    Part("K50", "档案 Record types", ("record",)),
    Part("K55", "角色 Roles", ("role",)),
    Part("K56", "参数 Parameters", ("parameter",)),
    Part("K57", "场景 Scenarios", ("scenario",)),
    Part("K58", "例外 Exceptions", ("decision",)),
    Part("K59", "时间 Times", ("process", "duty", "retention", "metric", "consequence", "allocation", "roster")),
    Part("K6", "新旧版本 Continuity"),
    Part("K70", "流程 Processes", ("process",)),
    Part("K71", "表单 Forms", ("form",)),
    Part("K72", "检查 Checklists", ("checklist",)),
    Part("K73", "文件与用语 Documents and wording", ("document",)),
    Part("K74", "职责 Duties", ("duty",)),
    Part("K75", "指标 Metrics", ("metric",)),
    Part("K76", "奖惩 Consequences", ("consequence",)),
    Part("K77", "排班 Rosters", ("roster",)),
    Part("K78", "名额 Quotas", ("quota",)),
    Part("K79", "分配 Allocations", ("allocation",)),
    Part("K80", "权限 Access", ("access",)),
    Part("K81", "保存 Retention", ("retention",)),
    Part("K82", "评分 Scorecards", ("scorecard",)),
    Part("K83", "条款 Clauses"),
    Part("K84", "准予 Granting", ("process", "access")),
    Part("K85", "类别 Classes", ("classes", "record", "fact", "decision")),
)
"""Every part, by prefix."""
