"""One spelling for names, firms and addresses that people write in many; and how a name sounds."""

from __future__ import annotations

import re
from functools import lru_cache

from keguan.runtime.access.normal import half_width
from keguan.runtime.records.pinyin import syllables

_SIGNS = re.compile(r"[\s·•.．,，、;；:：/\\|_\-—–()（）\[\]【】<>《》'\"“”‘’]+")
_LEGAL = re.compile(
    r"(?:股份有限公司|有限责任公司|集团有限公司|集团股份有限公司|有限公司|总公司|分公司|子公司|公司|集团|"
    r"有限合伙|普通合伙|合伙企业|事务所|合作社|个体工商户|经营部|工作室|营业部|商行|co|ltd|inc|llc|corp)+$"
)
_FOLDED = (("zh", "z"), ("ch", "c"), ("sh", "s"))
_HOUSE = (("号楼", "栋"), ("#楼", "栋"), ("幢", "栋"), ("座", "栋"), ("号院", "院"), ("房", "室"), ("户", "室"))
_DIGITS = str.maketrans("零〇一二三四五六七八九", "00123456789")
_LONGEST_PERSON = 5
_REGION = re.compile(r"^(?:中国|中华人民共和国)?")


@lru_cache(maxsize=65_536)
def plain_name(text: str) -> str:
    """A name without blanks, signs, case and width: ``张 伟`` and ``张伟``, ``ＡＢＣ`` and ``abc`` are the same."""
    return _SIGNS.sub("", half_width(text).casefold())


@lru_cache(maxsize=65_536)
def firm_core(text: str) -> str:
    """The name of a firm without its legal form and the brackets around its place; empty for what is no firm's. A name
    too long for a person's is a firm's that somebody has shortened.
    """
    plain = plain_name(text)
    core = _LEGAL.sub("", plain)
    return core if core != plain or len(plain) > _LONGEST_PERSON else ""


@lru_cache(maxsize=65_536)
def sound(plain: str) -> str:
    """How a name sounds, its syllables in order of the alphabet: homophones, swapped signs and the sounds that many
    cannot tell apart (zh/z, n/l at the end of -ng/-n) are the same.
    """
    return " ".join(sorted(map(folded, syllables(plain))))


@lru_cache(maxsize=65_536)
def family(plain: str) -> str:
    """How a name begins to sound: a person's surname."""
    return next(map(folded, syllables(plain)), "")


@lru_cache(maxsize=4_096)
def folded(syllable: str) -> str:
    """A syllable as somebody hears it who does not tell zh from z or -ng from -n."""
    for long, short in _FOLDED:
        if syllable.startswith(long):
            syllable = short + syllable.removeprefix(long)
            break
    return syllable[:-1] if syllable.endswith("ng") else syllable


def plain_address(text: str) -> str:
    """An address without blanks and signs, with one word each for buildings and rooms and figures for numerals."""
    plain = _REGION.sub("", _SIGNS.sub("", half_width(text).casefold()))
    for written, meant in _HOUSE:
        plain = plain.replace(written, meant)
    return plain.translate(_DIGITS)
