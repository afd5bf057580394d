"""What a password must be."""

from __future__ import annotations

import re
from itertools import chain
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.org.models import FormerPassword, Staff, Unit
from keguan.runtime.org.passwords.figures import figures

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PLAIN_LENGTH = 12
"""From so many characters on any characters will do: length is worth more than variety (NIST SP 800-63B, 3.1.1.2)."""

LONGEST = 128
"""Characters that a password may have: nobody types more, and every one of them costs time."""

_KINDS = (re.compile(r"[a-z]"), re.compile(r"[A-Z]"), re.compile(r"\d"), re.compile(r"[^A-Za-z0-9]"))
_SHORTEST_WORD = 3
_COMMON = CommonPasswordValidator()


def require_strong(password: str, person: Staff) -> None:
    """Raise ``Refused`` (``org.weak_password``) with everything that is wrong with a password for this person."""
    wrong = list(complaints(password))
    if _names_somebody(password, person):
        wrong.append(_("密码里不能有本人的用户名、姓名或公司的名称。"))
    if wrong:
        sentence = " ".join(wrong)
        raise Refused("org.weak_password", sentence, {"password": sentence})


def require_fresh(password: str, person: Staff) -> None:
    """Raise ``Refused`` (``org.weak_password``) for one of the person's last passwords. Slow: a hash for each."""
    former = (
        FormerPassword.objects.filter(staff=person).order_by("-replaced_at", "-id").values_list("encoded", flat=True)
    )
    kept = settings.SIGN_IN_PASSWORD_HISTORY
    if any(check_password(password, encoded) for encoded in chain([person.password], former[: max(kept - 1, 0)])):
        sentence = _("不能用最近%(kept)s次用过的密码，请换一个。") % {"kept": kept}
        raise Refused("org.weak_password", sentence, {"password": sentence})


def complaints(password: str) -> Iterator[str]:
    """What is wrong with a password, whoever it is for."""
    least = figures().password_length
    if len(password) < least:
        yield _("密码至少%(least)s个字符。") % {"least": least}
    elif len(password) < PLAIN_LENGTH and not all(kind.search(password) for kind in _KINDS):
        yield _("不足%(plain)s个字符的密码，须有大写字母、小写字母、数字和符号。") % {"plain": PLAIN_LENGTH}
    if len(password) > LONGEST:
        yield _("密码最多%(most)s个字符。") % {"most": LONGEST}
    try:
        _COMMON.validate(password)
    except ValidationError:
        yield _("这个密码太常见，请换一个。")


def _names_somebody(password: str, person: Staff) -> bool:
    folded = _bare(password)
    companies = Unit.objects.filter(parent=None).values_list("name", flat=True)
    return any(word in folded for word in _words([person.username, person.name, *companies]))


def _words(names: Iterable[str]) -> Iterator[str]:
    """Each name as it is and in pinyin, where it is long enough to be no accident."""
    from pypinyin import lazy_pinyin  # its dictionaries are a tenth of a start: only who sets a password waits

    for name in names:
        for word in (_bare(name), _bare("".join(lazy_pinyin(name)))):
            if len(word) >= (_SHORTEST_WORD if word.isascii() else _SHORTEST_WORD - 1):
                yield word


def _bare(text: str) -> str:
    return re.sub(r"[\W_]", "", text.casefold())
