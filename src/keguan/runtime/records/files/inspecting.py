"""Received files held against the policy before a record takes them in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.runtime.attachments.checking import Unfit
from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from keguan.language.model.files import FileKind, FileRule
    from keguan.language.model.model import RecordType
    from keguan.runtime.attachments.received import Received


def inspected(rule: FileRule, files: Sequence[Received]) -> list[tuple[Received, FileKind]]:
    """The files with what they are. Raises ``Refused`` (``attachments.unfit``) with all that is wrong, by file name."""
    kinds, wrong = _judged(rule, files)
    if wrong:
        raise Refused("attachments.unfit", _("没有上传。%(told)s") % {"told": _told(wrong)}, wrong)
    return kinds


def inspected_by_field(
    declared: RecordType, files: Mapping[str, Sequence[Received]]
) -> dict[str, list[tuple[Received, FileKind]]]:
    """The files of a new record, by the code of their field. Raises ``Refused`` (``records.invalid``) with a sentence
    for each field.
    """
    rules = {each.code: each.files for each in declared.fields}
    found, errors = {}, {}
    for code, given in files.items():
        rule = rules.get(code)
        if rule is None:
            errors[code] = _("这一项不是附件。")
            continue
        found[code], wrong = _judged(rule, given)
        if len(given) > rule.number:
            errors[code] = too_many(rule.number, 0)
        elif wrong:
            errors[code] = _told(wrong)
    if errors:
        raise Refused("records.invalid", _("没有保存：有几项需要改正。"), errors)
    return found


def release(files: Iterable[Received]) -> None:
    """What an action has taken and not kept goes when its request is over."""
    for each in files:
        each.taken = False


def too_many(most: int, there: int) -> str:
    """How many files a field holds, and has."""
    return _("这一项最多放 %(most)s 个文件，已有 %(there)s 个。") % {"most": most, "there": there}


def _judged(rule: FileRule, files: Sequence[Received]) -> tuple[list[tuple[Received, FileKind]], dict[str, str]]:
    kinds, wrong = [], {}
    for each in files:
        try:
            kinds.append((each, each.inspect(rule)))
        except Unfit as unfit:
            wrong[each.name or ""] = unfit.sentence
    return kinds, wrong


def _told(wrong: Mapping[str, str]) -> str:
    return "".join(_("%(name)s：%(sentence)s") % {"name": name, "sentence": told} for name, told in wrong.items())
