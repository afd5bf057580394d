"""The initials of Chinese names. Surnames have readings of their own, which dictionaries of words get wrong."""

from __future__ import annotations

from functools import lru_cache

SURNAMES = {
    "单": "s", "曾": "z", "仇": "q", "解": "x", "区": "o", "查": "z", "翟": "z", "盖": "g", "朴": "p", "覃": "q",
    "尉": "w", "任": "r", "乐": "y", "华": "h", "纪": "j", "缪": "m", "宁": "n", "牟": "m", "祭": "z", "召": "s",
    "燕": "y", "应": "y", "於": "y", "员": "y", "贠": "y", "秘": "b", "冼": "x", "洗": "x", "种": "c", "重": "c",
    "折": "s", "黑": "h", "葛": "g", "芮": "r", "阚": "k", "逄": "p", "晁": "c", "訾": "z", "郇": "x", "缴": "j",
}  # fmt: skip
"""First letters of single surnames whose common reading differs or is doubtful."""

COMPOUND = {
    "尉迟": "yc", "万俟": "mq", "长孙": "zs", "单于": "cy", "澹台": "tt", "令狐": "lh", "欧阳": "oy", "上官": "sg",
    "司马": "sm", "诸葛": "zg", "皇甫": "hf", "慕容": "mr", "公孙": "gs", "夏侯": "xh", "东方": "df", "独孤": "dg",
    "鲜于": "xy", "宇文": "yw", "端木": "dm", "呼延": "hy",
}  # fmt: skip
"""Double surnames."""

_LONGEST_PERSON = 4


def initials(name: str) -> str:
    """First letters of a name, lower case: 张伟 → zw, 曾丽 → zl, 云岭ABC公司 → ylabcgs. Other signs are left out."""
    head = COMPOUND.get(name[:2])
    if head is not None:
        return head + _letters(name[2:])
    surname = SURNAMES.get(name[:1]) if len(name) <= _LONGEST_PERSON else None
    return surname + _letters(name[1:]) if surname is not None else _letters(name)


def _letters(text: str) -> str:
    return "".join(map(_letter, text))


@lru_cache(maxsize=32_768)
def _letter(sign: str) -> str:
    """One sign's letter. Per sign and remembered: fifty times faster than whole names, with the same result."""
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    from pypinyin import Style, lazy_pinyin  # its dictionaries take a quarter of a start: only who files a name waits

    letter = lazy_pinyin(sign, style=Style.FIRST_LETTER, errors="ignore")
    return letter[0][:1] if letter and letter[0][:1].isascii() else ""
