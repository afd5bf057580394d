"""The words of scenarios about protected information: Chinese, English."""

from __future__ import annotations

from keguan.language.model.access import Permission, Right

Pair = tuple[str, str]

REVEAL: Pair = ("查看原文", "reveal")
ASK_PERMIT: Pair = ("申请准予", "ask permit")
EXPORT: Pair = ("导出", "export")
PRINT: Pair = ("打印", "print")
LEAVE: Pair = ("离职", "leave")
HAND_OVER_RECORDS: Pair = ("移交", "hand over records")
SIGN_IN: Pair = ("登录", "sign in")
APPOINT: Pair = ("任命", "appoint")
SUBMIT_DISPOSAL: Pair = ("送审处置", "submit disposal")
WITNESS_DISPOSAL: Pair = ("监销处置", "witness disposal")

READ: Pair = ("得到", "read")
COLUMNS: Pair = ("栏目", "columns")
PURPOSE: Pair = ("用途", "purpose")
RECIPIENT: Pair = ("接收方", "recipient")
PLACE: Pair = ("地点", "place")
PERMITTED: Pair = ("凭准予", "permitted")
ROWS: Pair = ("行数", "rows")
DAY: Pair = ("日", "day")
ROLE: Pair = ("角色", "role")

FIELD_IS: Pair = ("字段", "field")
CLASS_IS: Pair = ("信息类别", "class")
LEVEL: Pair = ("级别", "level")
RESPONSIBLE: Pair = ("责任部门", "responsible")
SECRECY: Pair = ("密级", "secrecy")
CHOICES: Pair = ("选项", "choices")
SOURCES: Pair = ("来源", "sources")

RIGHTS_ARE: Pair = ("权限", "rights")
OPERATIONS_ARE: Pair = ("可办事项", "operations")
LEFT_BEHIND: Pair = ("待移交", "left behind")
LETTER: Pair = ("文件", "document")
CONTENT: Pair = ("内容", "content")

RIGHT_NAMES: dict[Right, Pair] = {
    Right.SEE: ("看", "see"),
    Right.CHANGE: ("改", "change"),
    Right.EXPORT: ("导出", "export"),
    Right.PRINT: ("打印", "print"),
    Right.REVEAL: ("原文", "reveal"),
}
PERMISSION_NAMES: dict[Permission, Pair] = {
    Permission.YES: ("是", "yes"),
    Permission.MASKED: ("遮盖", "masked"),
    Permission.APPROVAL: ("审批", "approval"),
    Permission.NO: ("否", "no"),
}
SECRECIES: dict[bool, Pair] = {True: ("敏感", "sensitive"), False: ("一般", "ordinary")}

EVENTS = frozenset(
    name
    for pair in (
        REVEAL,
        ASK_PERMIT,
        EXPORT,
        PRINT,
        LEAVE,
        HAND_OVER_RECORDS,
        SIGN_IN,
        APPOINT,
        SUBMIT_DISPOSAL,
        WITNESS_DISPOSAL,
    )
    for name in pair
)
"""What can only happen on a stage."""

EXPECTATIONS = frozenset(name for pair in (FIELD_IS, CLASS_IS, RIGHTS_ARE, LEFT_BEHIND, LETTER) for name in pair)
"""What can only be looked at on a stage."""
