"""The initials and readings of Chinese names. Surnames have readings of their own, which dictionaries get wrong."""

from __future__ import annotations

from functools import lru_cache

SURNAMES = {
    "单": "shan", "曾": "zeng", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "翟": "zhai", "盖": "ge",
    "朴": "piao", "覃": "qin", "尉": "wei", "任": "ren", "乐": "yue", "华": "hua", "纪": "ji", "缪": "miao",
    "宁": "ning", "牟": "mu", "祭": "zhai", "召": "shao", "燕": "yan", "应": "ying", "於": "yu", "员": "yun",
    "贠": "yun", "秘": "bi", "冼": "xian", "洗": "xian", "种": "chong", "重": "chong", "折": "she", "黑": "he",
    "葛": "ge", "芮": "rui", "阚": "kan", "逄": "pang", "晁": "chao", "訾": "zi", "郇": "xun", "缴": "jiao",
}  # fmt: skip
"""Readings of single surnames whose common reading differs or is doubtful."""

COMPOUND = {
    "尉迟": ("yu", "chi"), "万俟": ("mo", "qi"), "长孙": ("zhang", "sun"), "单于": ("chan", "yu"),
    "澹台": ("tan", "tai"), "令狐": ("ling", "hu"), "欧阳": ("ou", "yang"), "上官": ("shang", "guan"),
    "司马": ("si", "ma"), "诸葛": ("zhu", "ge"), "皇甫": ("huang", "fu"), "慕容": ("mu", "rong"),
    "公孙": ("gong", "sun"), "夏侯": ("xia", "hou"), "东方": ("dong", "fang"), "独孤": ("du", "gu"),
    "鲜于": ("xian", "yu"), "宇文": ("yu", "wen"), "端木": ("duan", "mu"), "呼延": ("hu", "yan"),
}  # fmt: skip
"""Double surnames."""

_LONGEST_PERSON = 4


def initials(name: str) -> str:
    """First letters of a name, lower case: 张伟 → zw, 曾丽 → zl, 云岭ABC公司 → ylabcgs. Other signs are left out."""
    head = COMPOUND.get(name[:2])
    if head is not None:
        return "".join(each[0] for each in head) + _letters(name[2:])
    surname = SURNAMES.get(name[:1]) if len(name) <= _LONGEST_PERSON else None
    return surname[0] + _letters(name[1:]) if surname is not None else _letters(name)


def syllables(name: str) -> tuple[str, ...]:
    """The readings of a name, a syllable a sign, without tones: 曾丽 → zeng li. Letters and digits stand for
    themselves; other signs are left out.
    """
    head = COMPOUND.get(name[:2])
    if head is not None:
        return (*head, *_readings(name[2:]))
    surname = SURNAMES.get(name[:1]) if len(name) <= _LONGEST_PERSON else None
    return (surname, *_readings(name[1:])) if surname is not None else _readings(name)


def _readings(text: str) -> tuple[str, ...]:
    return tuple(each for each in map(_reading, text) if each)


@lru_cache(maxsize=32_768)
def _reading(sign: str) -> str:
    """One sign's reading, remembered."""
    if sign.isascii():
        return sign.lower() if sign.isalnum() else ""
    from pypinyin import lazy_pinyin  # as in _letter

    found = lazy_pinyin(sign, errors="ignore")
    return found[0] if found else ""


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
