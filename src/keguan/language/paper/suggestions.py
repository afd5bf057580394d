"""What in a narrative clause could become a control, by the words that policies use for it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.model.model import Clause, ClauseRef, Policy


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A kind of block (its code) that a clause could hold, and the words that say so."""

    clause: ClauseRef
    kind: str
    words: str


_NUMBER = r"[0-9零一二两三四五六七八九十百半]+"
_PERIOD = r"(?:工作日|自然日|日|天|小时|分钟|周|个月|月|季度|年)"
_HINTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("retention", re.compile(rf"保[存管][^。；]{{0,12}}{_NUMBER}\s*年|(?:永久|长期)保[存管]|保存期限|销毁")),
    ("quota", re.compile(rf"不(?:得)?(?:超过|高于|多于)[^。；]{{0,12}}(?:{_NUMBER}\s*[%％]|百分之|名额)|名额|上限")),
    ("scorecard", re.compile(r"评分|打分|得分|分值|[加扣]\s*[0-9]+\s*分|权重")),
    ("decision", re.compile(r"分为[^。；]{0,30}[类级等档种]|等级|级别|分类标准|评定标准|[A-D]\s*[级类]")),
    ("process", re.compile(r"审批|审核|报[批请]|批准|受理|流程|会签|复核|移交|转办")),
    ("duty", re.compile(
        rf"每(?:日|天|周|月|季度?|年|半年)[^。；]{{0,16}}(?:次|走访|回访|检查|汇报|报送|核对|拜访)|"
        rf"{_NUMBER}\s*个?{_PERIOD}(?:之?内|以内|前)|定期|及时|当日|次日"
    )),
    ("access", re.compile(r"保密|查阅|借阅|知悉|权限|不得泄露|脱敏|敏感")),
    ("consequence", re.compile(r"罚款|处罚|扣[发除减]|奖励|奖金|通报批评|追究|解除劳动合同|考核")),
    ("metric", re.compile(r"[满完回达合]\S{0,4}率|指标|目标值")),
    ("allocation", re.compile(r"分配|划分[^。；]{0,8}客户|公海|轮流")),
    ("roster", re.compile(r"值班|轮班|排班|营业时间|上下班")),
    ("checklist", re.compile(r"逐项|检查表|核对表|清单|检查内容")),
    ("form", re.compile(r"填[写报制]|登记表|申请表|填表")),
    ("document", re.compile(r"通知书|告知书|回执|函件|出具|证明")),
    ("record", re.compile(r"建立[^。；]{0,10}档案|建档|台账|登记[簿册]|客户资料")),
    ("role", re.compile(r"(?:部|处|科|中心|小组|经理|专员|主管)(?:负责|的?职责)")),
)  # fmt: skip


def suggestions(policy: Policy) -> tuple[Suggestion, ...]:
    """For every clause that has no control: each kind that its words point to, with the first such words."""
    return tuple(each for clause in policy.clauses if not _controlled(clause) for each in _of(clause))


def _controlled(clause: Clause) -> bool:
    return any(part.control is not None for part in clause.parts)


def _of(clause: Clause) -> Iterator[Suggestion]:
    text = "\n".join([clause.ref.title, *(part.prose for part in clause.parts)])
    for kind, pattern in _HINTS:
        if found := pattern.search(text):
            yield Suggestion(clause.ref, kind, found.group().strip())
