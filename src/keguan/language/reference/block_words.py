"""The words that may stand in the lines and cells of each kind of block, for its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.blocks.access import PERMISSIONS
from keguan.language.blocks.actors import MANNERS, PARTIES
from keguan.language.blocks.allocation import METHODS, SHARES_OF
from keguan.language.blocks.checklist import MODES
from keguan.language.blocks.classes import DISPLAYS
from keguan.language.blocks.consequence import EVENTS, MEASURES
from keguan.language.blocks.decision import HITS
from keguan.language.blocks.document import MASKS
from keguan.language.blocks.hours import DAYS
from keguan.language.blocks.numbering import PLACES
from keguan.language.blocks.overdue import MOVES, RIGHTS
from keguan.language.blocks.quota import ROUNDINGS
from keguan.language.blocks.record import CADENCES, SECRECY
from keguan.language.blocks.retention import DISPOSALS, STARTS
from keguan.language.blocks.role import SCOPES
from keguan.language.blocks.routing import ENDS
from keguan.language.link.places import STANDING
from keguan.language.model.operations import OPERATIONS

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPERATIONS = {word: code for code, words in OPERATIONS.items() for word in (words[0], code)}

BLOCK_WORDS: Mapping[str, tuple[tuple[str, Mapping[str, object]], ...]] = {
    "record": (("期次", CADENCES), ("密级", SECRECY)),
    "role": (("范围", SCOPES), ("可办事项", _OPERATIONS)),
    "decision": (("命中", HITS),),
    "quota": (("取整", ROUNDINGS),),
    "process": (
        ("办理角色之间", MANNERS),
        ("角色以外的办理人", PARTIES),
        ("结束", ENDS),
        ("超时", MOVES),
        ("字段权限", RIGHTS),
        ("编号里的位置", PLACES),
    ),
    "checklist": (("方式", MODES),),
    "classes": (("密级", SECRECY), ("显示", DISPLAYS)),
    "access": (("看、改、导出、打印、原文", PERMISSIONS), ("范围", SCOPES), ("密级", SECRECY)),
    "retention": (("起算", STARTS), ("到期", DISPOSALS)),
    "consequence": (("情形（事件）", EVENTS), ("措施", MEASURES)),
    "allocation": (("方法", METHODS), ("份额按", SHARES_OF)),
    "roster": (("适用日", DAYS),),
    "document": (("不取自档案的内容", STANDING), ("遮盖", MASKS), ("编号里的位置", PLACES)),
}
"""By kind of block: what each list is called, and its words with what they mean."""
