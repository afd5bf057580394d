"""The words of scenarios that are acted out: Chinese, English."""

from __future__ import annotations

from dataclasses import dataclass

from keguan.language.model.consequence import Measure
from keguan.language.testing.staged.events import Decided, DutyAct, Move, Where
from keguan.language.testing.staged.expectations import CaseState, Manner, ProposalState, Seen

Pair = tuple[str, str]

BY: Pair = ("由", "by")
OWNER: Pair = ("负责人", "owner")
REFUSED: Pair = ("拒绝", "refused")
RECORD: Pair = ("档案", "record")
CASE: Pair = ("案件", "case")
PROCESS: Pair = ("流程", "process")
STEP: Pair = ("步骤", "step")
TO: Pair = ("给", "to")
UNTIL: Pair = ("到", "until")
FILLED: Pair = ("填写", "filled")
OUTCOME: Pair = ("结论", "outcome")
OPINION: Pair = ("意见", "opinion")
REASON: Pair = ("理由", "reason")
CHECKED: Pair = ("检查", "checked")
COMPLETE: Pair = ("办完", "complete")
WHERE: Pair = ("位置", "where")
AMOUNT: Pair = ("金额", "amount")
MEASURE: Pair = ("措施", "measure")
ON: Pair = ("对", "on")
STATE: Pair = ("状态", "state")
COUNT: Pair = ("数", "count")
ITEM: Pair = ("事项", "task")
DUE: Pair = ("到期", "due")
LATE: Pair = ("逾期", "late")
NUMBER: Pair = ("编号", "number")
DUTY: Pair = ("职责", "duty")
CONSEQUENCE: Pair = ("奖惩", "consequence")
FIELD: Pair = ("字段", "field")
SEEN: Pair = ("为", "seen")
SORT: Pair = ("排序", "sort")
FILTER: Pair = ("筛选", "filter")
ACTION: Pair = ("动作", "action")
PROOF: Pair = ("凭证", "evidence")

OPEN_RECORD: Pair = ("查看", "open")
CHECK: Pair = ("核对", "check")
CHANGE: Pair = ("修改", "change")
PASS: Pair = ("过去", "pass")

# 人员
ROLES: Pair = ("角色", "roles")
UNIT: Pair = ("部门", "unit")
AREA: Pair = ("管辖", "area")
HEAD: Pair = ("负责", "head")
DEPUTY: Pair = ("代理", "deputy")

# 应为
TODOS: Pair = ("待办", "todo")
NOTICES: Pair = ("通知", "notices")
CASES_COUNT: Pair = ("案件数", "cases")
DUTIES_COUNT: Pair = ("待办数", "duties")
SIGHT: Pair = ("可见", "visible")
LIST: Pair = ("名单", "list")
TIMELINE: Pair = ("时间线", "timeline")
LEDGER: Pair = ("账本", "ledger")
STEPS: Pair = ("步骤", "steps")
STEPS_DUE: Pair = ("步骤到期", "steps due")
STEPS_LATE: Pair = ("步骤逾期", "steps late")
ROUND: Pair = ("轮次", "round")
TURNS: Pair = ("次数", "turns")
HANDLERS: Pair = ("办理人", "handlers")
ABLE: Pair = ("可办", "able")
OUTCOMES: Pair = ("结论", "outcomes")
PAUSED: Pair = ("暂停", "paused")
FORM: Pair = ("表单", "form")
EXISTS: Pair = ("存在", "exists")


@dataclass(frozen=True, slots=True)
class MoveWords:
    """A move: what it is called, what its value names, and which keys it may have beside those that all have."""

    names: Pair
    at: str  # "process", "step" or "case" (a step, a process or a number)
    keys: tuple[Pair, ...] = ()
    needs: tuple[Pair, ...] = ()


EVERY_MOVE = (BY, REFUSED, PROCESS, CASE, RECORD, OPINION)
MOVES: dict[Move, MoveWords] = {
    Move.START: MoveWords(("发起", "start"), "process", (FILLED, OUTCOME, CHECKED, COMPLETE), (RECORD,)),
    Move.COMPLETE: MoveWords(("办理", "complete"), "step", (FILLED, OUTCOME, CHECKED)),
    Move.SAVE: MoveWords(("暂存", "save"), "step", (FILLED,), (FILLED,)),
    Move.CLAIM: MoveWords(("领取", "claim"), "step"),
    Move.RELEASE: MoveWords(("放回", "release"), "step"),
    Move.TRANSFER: MoveWords(("转办", "transfer"), "step", (TO,), (TO,)),
    Move.CONSULT: MoveWords(("委派", "consult"), "step", (TO,), (TO,)),
    Move.ANSWER: MoveWords(("答复", "answer"), "step"),
    Move.RECALL_CONSULT: MoveWords(("收回委派", "recall consult"), "step"),
    Move.ADD_SIGNER: MoveWords(("加签", "add signer"), "step", (TO, WHERE), (TO,)),
    Move.REMOVE_SIGNER: MoveWords(("减签", "remove signer"), "step", (TO,), (TO,)),
    Move.RETURN: MoveWords(("退回", "return"), "step", (UNTIL,), (UNTIL,)),
    Move.RECALL: MoveWords(("撤回", "recall"), "step"),
    Move.URGE: MoveWords(("催办", "urge"), "case"),
    Move.COPY: MoveWords(("抄送", "copy"), "case", (TO,), (TO,)),
    Move.COMMENT: MoveWords(("附言", "comment"), "case"),
    Move.PAUSE: MoveWords(("暂停", "pause"), "case", (REASON,), (REASON,)),
    Move.RESUME: MoveWords(("恢复", "resume"), "case"),
    Move.EXTEND: MoveWords(("改期", "extend"), "case", (UNTIL,), (UNTIL,)),
    Move.WITHDRAW: MoveWords(("撤销", "withdraw"), "case"),
    Move.TERMINATE: MoveWords(("终止", "terminate"), "case"),
    Move.REOPEN: MoveWords(("重办", "reopen"), "step"),
    Move.MERGE: MoveWords(("并案", "merge"), "case", (UNTIL,), (UNTIL,)),
}

DUTY_ACTS: dict[DutyAct, Pair] = {
    DutyAct.DISCHARGE: ("办结待办", "discharge"),
    DutyAct.EXEMPT: ("免办", "exempt"),
    DutyAct.HAND_OVER: ("转交", "hand over"),
    DutyAct.CANCEL: ("取消待办", "cancel duty"),
    DutyAct.CLAIM: ("认领", "claim duty"),
    DutyAct.RELEASE: ("退领", "release duty"),
}
VERDICTS: dict[Decided, Pair] = {
    Decided.APPROVE: ("批准奖惩", "approve"),
    Decided.TURN_DOWN: ("否决奖惩", "turn down"),
    Decided.OBJECT: ("申诉", "object"),
}
CASE_STATES: dict[CaseState, tuple[str, ...]] = {
    CaseState.OPEN: ("办理中", "open"),
    CaseState.ARCHIVED: ("归档", "archived"),
    CaseState.COMPLETED: ("完成", "completed", "办结"),
    CaseState.ENDED: ("结束", "ended"),
    CaseState.CANCELLED: ("作废", "cancelled"),
    CaseState.WITHDRAWN: ("撤销", "withdrawn"),
    CaseState.TERMINATED: ("终止", "terminated"),
    CaseState.MERGED: ("已并案", "merged", "并案"),
}
SEEN_AS: dict[Seen, tuple[str, ...]] = {
    Seen.PLAIN: ("原文", "plain"),
    Seen.MASKED: ("遮盖", "masked"),
    Seen.HIDDEN: ("隐藏", "hidden"),
    Seen.EMPTY: ("空白", "empty"),
}
PROPOSAL_STATES: dict[ProposalState, tuple[str, ...]] = {
    ProposalState.PROPOSED: ("待批", "proposed"),
    ProposalState.IN_FORCE: ("生效", "in force"),
    ProposalState.TURNED_DOWN: ("否决", "turned down"),
    ProposalState.WITHDRAWN: ("撤回", "withdrawn"),
}
DUTY_STATES: dict[str, tuple[str, ...]] = {
    "open": ("未办", "open"),
    "late": ("逾期", "late"),
    "done": ("已办", "done"),
    "exempt": ("免办", "exempt"),
}
MEASURES: dict[Measure, tuple[str, ...]] = {
    Measure.DEDUCT_POINTS: ("扣分", "deduct points"),
    Measure.ADD_POINTS: ("加分", "add points"),
    Measure.FINE: ("罚款", "fine"),
    Measure.BONUS: ("奖金", "bonus"),
    Measure.COMPENSATE: ("补偿", "compensate"),
    Measure.DEMOTE: ("降级", "demote"),
    Measure.PROMOTE: ("晋级", "promote"),
    Measure.SUSPEND: ("暂停", "suspend"),
    Measure.TRAIN: ("培训", "train"),
    Measure.WARN: ("警告", "warn"),
    Measure.NOTICE: ("通报", "notice"),
    Measure.COMMEND: ("表彰", "commend"),
    Measure.DISMISS: ("解除", "dismiss"),
}
"""What is done, as consequences are written."""
WHERES: dict[Where, tuple[str, ...]] = {
    Where.BEFORE: ("前", "before"),
    Where.BESIDE: ("并", "beside"),
    Where.AFTER: ("后", "after"),
}
MANNERS: dict[Manner, Pair] = {
    Manner.EXACTLY: ("恰为", "exactly"),
    Manner.IN_ORDER: ("依次", "in order"),
    Manner.INCLUDING: ("包括", "including"),
    Manner.WITHOUT: ("不含", "without"),
}

NEW_EVENTS = frozenset(
    name
    for pair in (
        OPEN_RECORD,
        CHECK,
        *VERDICTS.values(),
        *DUTY_ACTS.values(),
        *(each.names for each in MOVES.values()),
    )
    for name in pair
)
"""What can only happen on a stage."""

NEW_EXPECTATIONS = frozenset(
    name
    for pair in (CASE, TODOS, NOTICES, CONSEQUENCE, CASES_COUNT, DUTIES_COUNT, SIGHT, LIST, TIMELINE, LEDGER)
    for name in pair
)
"""What can only be looked at on a stage."""
