"""ID numbers, unified social credit codes and bank cards, with their check digits."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.records.validation.digits import long_number
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from keguan.runtime.records.validation.holder import Holder

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_PROVINCES = (*range(11, 16), *range(21, 24), *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66))
_REGIONS = frozenset(map(str, (*_PROVINCES, 71, 81, 82, 83)))
_FOREIGNER = "9"  # the permanent-residence card of 2023
_OLDEST = 1900
_USCC_SIGNS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_USCC_VALUES = {sign: value for value, sign in enumerate(_USCC_SIGNS)}
_USCC_WEIGHTS = tuple(pow(3, place, 31) for place in range(17))


def id_number(field: Holder, typed: Typed, today: date) -> str:
    """A resident's ID number, a residence permit of Hong Kong, Macau or Taiwan residents (81, 82, 83), or a foreigner's
    permanent-residence card.
    """
    del field
    text = long_number(typed).upper()
    if len(text) == 15 and text.isdigit():
        raise Invalid(_("这是15位的旧身份证号。请填写18位的新号码。"))
    if len(text) != 18:
        raise Invalid(_("身份证号应为18位，这里是%(count)s位。") % {"count": len(text)})
    if not (text[:17].isdigit() and text.isascii() and text[17] in "0123456789X"):
        raise Invalid(_("身份证号应为17位数字加一位数字或X。"))
    if text[:2] not in _REGIONS and text[0] != _FOREIGNER:
        raise Invalid(_("身份证号的前两位不是有效的地区代码。"))
    _born(text, today)
    if _CHECKS[sum(map(int.__mul__, map(int, text[:17]), _WEIGHTS)) % 11] != text[17]:
        raise Invalid(_("身份证号的最后一位校验码不对，请与证件核对。"))
    return text


def _born(text: str, today: date) -> None:
    try:
        born = date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        raise Invalid(_("身份证号中的出生日期不存在。")) from None
    if not born.year >= _OLDEST or born > today:
        raise Invalid(_("身份证号中的出生日期不合理。"))


def uscc(field: Holder, typed: Typed, today: date) -> str:
    """A unified social credit code (GB 32100)."""
    del field, today
    text = long_number(typed).upper()
    if len(text) != 18:
        raise Invalid(_("统一社会信用代码应为18位，这里是%(count)s位。") % {"count": len(text)})
    values = [_USCC_VALUES.get(sign) for sign in text]
    if None in values:
        raise Invalid(_("统一社会信用代码只含数字和大写字母，不含I、O、S、V、Z。"))
    total = sum(value * weight for value, weight in zip(values, _USCC_WEIGHTS, strict=False) if value is not None)
    if (31 - total % 31) % 31 != values[17]:
        raise Invalid(_("统一社会信用代码的最后一位校验码不对，请与执照核对。"))
    return text


def bank_card(field: Holder, typed: Typed, today: date) -> str:
    """A bank card number, 12 to 19 digits with the Luhn check digit."""
    del field, today
    text = long_number(typed)
    if not (text.isascii() and text.isdigit() and 12 <= len(text) <= 19):
        raise Invalid(_("银行卡号应为12至19位数字。"))
    doubled = (int(sign) * (1 + place % 2) for place, sign in enumerate(reversed(text)))
    if sum(value - 9 if value > 9 else value for value in doubled) % 10:
        raise Invalid(_("银行卡号的校验位不对，请与卡面核对。"))
    return text
