"""Ways of signing in, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from collections.abc import Sequence

MEANS = {
    "password": _("密码"),
    "ldap": _("公司目录"),
    "oidc": _("统一登录"),
    "totp": _("动态口令"),
    "recovery": _("恢复码"),
    "passkey": _("通行密钥"),
}


def means_words(means: Sequence[str]) -> str:
    """How somebody signed in, such as 密码、动态口令."""
    return gettext("、").join(str(MEANS.get(each, each)) for each in means)
