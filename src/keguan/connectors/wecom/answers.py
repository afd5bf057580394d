"""WeCom's answers: ``errcode`` 0 is success; what the others mean is listed under its global error codes.

https://developer.work.weixin.qq.com/document/path/90313
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from keguan.runtime.notifications.channel_kinds import NotSent

if TYPE_CHECKING:
    from collections.abc import Mapping

TOKEN_ENDED = frozenset({40001, 40014, 42001})
_BUSY = frozenset({-1, 45009, 45033})
_MINUTE = 60


def require(answer: Mapping[str, Any]) -> None:
    """Raise ``NotSent`` unless the answer is a success. What is too quick or busy may be tried again after a minute."""
    code = answer.get("errcode", 0)
    if code == 0:
        return
    told = {"code": code, "text": str(answer.get("errmsg", ""))[:120]}
    again = code in _BUSY or code in TOKEN_ENDED
    raise NotSent(_("企业微信不接受：%(text)s（%(code)s）") % told, again=again, after=_MINUTE if again else 0)
