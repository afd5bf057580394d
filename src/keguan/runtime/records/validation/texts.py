"""Text, choices, yes and no, and references."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.feel.types import Text
from keguan.runtime.access.normal import half_width, visible_text
from keguan.runtime.records.validation.invalid import Invalid, Typed

if TYPE_CHECKING:
    from datetime import date

    from keguan.runtime.records.validation.holder import Holder

_BREAKS = re.compile(r"[\t\r\n\v\f]+")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")
LONGEST = 10_000
"""Characters of a long text, and of a text whose field names no limit."""

_YES = frozenset(["是", "有", "对", "真", "y", "yes", "true", "t", "1", "√", "✓", "on"])
_NO = frozenset(["否", "无", "没有", "错", "假", "n", "no", "false", "f", "0", "×", "x", "off"])


def text(field: Holder, typed: Typed, today: date) -> str:
    """One line of text within the field's length."""
    del today
    return _within(field, _BREAKS.sub(" ", _said(typed)))


def attachment(field: Holder, typed: Typed, today: date) -> int:
    """Files are uploaded: nothing that is typed is one."""
    del field, typed, today
    raise Invalid(_("附件要上传文件，不能填写，也不能按内容查找。"))


def long_text(field: Holder, typed: Typed, today: date) -> str:
    """Text with its line breaks."""
    del today
    return _within(field, _said(typed).replace("\r\n", "\n"))


def choice(field: Holder, typed: Typed, today: date) -> str:
    """One of the field's choices."""
    del today
    choices = (field.type.choices or ()) if isinstance(field.type, Text) else ()
    said = _said(typed)
    if said in choices:
        return said
    plain = {half_width(each).casefold(): each for each in choices}
    found = plain.get(half_width(said).casefold())
    if found is not None:
        return found
    listed = _("、").join(choices)
    near = difflib.get_close_matches(said, choices, n=1, cutoff=0.5)
    if near:
        raise Invalid(_("只能填：%(choices)s。您要填的是“%(near)s”吗？") % {"choices": listed, "near": near[0]})
    raise Invalid(_("只能填：%(choices)s。") % {"choices": listed})


def boolean(field: Holder, typed: Typed, today: date) -> bool:
    """Yes or no."""
    del field, today
    if isinstance(typed, bool):
        return typed
    said = half_width(str(int(typed)) if isinstance(typed, float) and typed in (0.0, 1.0) else str(typed)).lower()
    if said in _YES:
        return True
    if said in _NO:
        return False
    raise Invalid(_("这里应填“是”或“否”。"))


def reference(field: Holder, typed: Typed, today: date) -> int:
    """The id of another record. Whether it exists and may be referred to is checked when saving."""
    del field, today
    if isinstance(typed, int) and not isinstance(typed, bool) and 0 < typed < 2**63:
        return typed
    said = half_width(str(typed))
    if said.isascii() and said.isdigit() and 0 < int(said) < 2**63:
        return int(said)
    raise Invalid(_("请从列表里选择一份档案。"))


def _said(typed: Typed) -> str:
    if typed.__class__ is not str:
        typed = str(int(typed)) if isinstance(typed, float) and typed.is_integer() else str(typed)
    return visible_text(typed)


def _within(field: Holder, said: str) -> str:
    limit = field.max_length or LONGEST
    if len(said) > limit:
        raise Invalid(_("最多%(limit)s个字，这里有%(count)s个字。") % {"limit": limit, "count": len(said)})
    if not said.isprintable() and _CONTROL.search(said):
        raise Invalid(_("含有不可见的控制字符，请重新输入。"))
    return said
