"""Whether one pack's new text is a new version of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies.models import PolicyVersion
from keguan.runtime.policies.texts import text_digest, version_number

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.language.source import PackSource


def admitted(pack: PackSource, model: Model) -> None:
    """Refuse a text that is not new, or whose number is not larger than every published one's."""
    policy = model.policies.get(pack.id)
    if policy is None:
        raise Refused(
            "policies.misnamed",
            _("制度包的文件夹名“%(folder)s”与正文开头的 id 不一致。请把两者改成同一个名字。") % {"folder": pack.id},
        )
    newest = PolicyVersion.objects.filter(pack=pack.id).order_by("-id").first()
    if newest is None:
        _numbered(policy.title, policy.version)
        return
    if newest.digest == text_digest(pack.files):
        raise Refused(
            "policies.unchanged",
            _("“%(title)s”与已发布的第 %(version)s 版内容相同，不必再发布。")
            % {"title": policy.title, "version": newest.version},
        )
    if _numbered(policy.title, policy.version) <= version_number(newest.version):
        raise Refused(
            "policies.version",
            _("“%(title)s”的版本号 %(version)s 应大于已发布的 %(newest)s。请在正文开头改大 version。")
            % {"title": policy.title, "version": policy.version, "newest": newest.version},
        )


def _numbered(title: str, version: str) -> tuple[int, ...]:
    try:
        return version_number(version)
    except ValueError:
        raise Refused(
            "policies.version",
            _("“%(title)s”的版本号“%(version)s”不是数字加点的写法。请写成 1.2.0 这样。")
            % {"title": title, "version": version},
        ) from None
