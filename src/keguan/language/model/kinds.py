"""What fields hold, and how long periods last."""

from __future__ import annotations

from enum import StrEnum


class FieldKind(StrEnum):
    """What a field holds; decides its column, its validation, its mask and its widget."""

    TEXT = "text"  # 文本
    LONG_TEXT = "long_text"  # 长文本
    INTEGER = "integer"  # 整数
    NUMBER = "number"  # 数字(小数位)
    MONEY = "money"  # 金额: integer fen
    PERCENT = "percent"  # 百分比: integer basis points
    BOOLEAN = "boolean"  # 是否
    DATE = "date"  # 日期
    TIME = "time"  # 时间: a time of day
    DATE_TIME = "date_time"  # 日期时间: a moment, in the company's local time
    DURATION = "duration"  # 时长: integer seconds
    CHOICE = "choice"  # 选项(甲, 乙)
    REFERENCE = "reference"  # 引用(客户)
    STAFF = "staff"  # 人员: the id of a member of staff
    PERIOD = "period"  # 期次(周报, 登记日期): filled by itself with the period record that the date falls into
    PHONE = "phone"  # 手机号
    ID_NUMBER = "id_number"  # 身份证号
    USCC = "uscc"  # 统一社会信用代码
    BANK_CARD = "bank_card"  # 银行卡号
    EMAIL = "email"  # 邮箱
    ATTACHMENT = "attachment"  # 附件(图片, pdf): the number of files that lie under it; the files are kept apart


class Cadence(StrEnum):
    """How long one record of a periodic type lasts (期次: 每日/每周/每月/每季度/每半年/每年)."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    HALF_YEAR = "half_year"
    YEAR = "year"
