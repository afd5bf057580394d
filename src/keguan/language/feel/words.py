"""What a type is called in a sentence, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.feel.types import (
    Attachment,
    Boolean,
    Date,
    DateTime,
    DayDuration,
    MonthDuration,
    Null,
    Number,
    Staff,
    Text,
    Time,
)

if TYPE_CHECKING:
    from keguan.language.feel.types import Type


def type_words(kind: Type) -> tuple[str, str]:  # noqa: PLR0911, C901 - one per type
    """The Chinese and the English words for a type."""
    match kind:
        case Text(choices=None):
            return "文字", "text"
        case Text():
            return "选项", "a choice"
        case Boolean():
            return "是或否", "a yes or no"
        case Date():
            return "日期", "a date"
        case Time():
            return "时间", "a time of day"
        case DateTime():
            return "日期时间", "a date and time"
        case DayDuration():
            return "时长", "a duration"
        case MonthDuration():
            return "按月计的时长", "a duration in months"
        case Staff():
            return "人员", "a member of staff"
        case Attachment():
            return "附件", "an attachment"
        case Number():
            return "数字", "a number"
        case Null():
            return "空值", "null"


def type_values(**kinds: Type) -> dict[str, str]:
    """The values ``<name>_zh`` and ``<name>_en`` of a diagnostic, for each named type."""
    values: dict[str, str] = {}
    for name, kind in kinds.items():
        values[f"{name}_zh"], values[f"{name}_en"] = type_words(kind)
    return values
