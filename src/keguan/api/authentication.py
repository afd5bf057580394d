"""Who calls the API: a bearer token narrows what its owner may do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import translation
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.tokens import queries as tokens

if TYPE_CHECKING:
    from django.http import HttpRequest

    from keguan.runtime.tokens.scopes import Scope


@dataclass(frozen=True, slots=True)
class Caller:
    """The member of staff behind a token, and the token's scopes."""

    viewer: Viewer
    scopes: frozenset[str]


class TokenAuth(HttpBearer):
    """``Authorization: Bearer kg_…``"""

    openapi_description = (
        "A token issued on the settings page or with `keguan token`. It never reaches further than its owner."
    )

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        """The caller, or None for an unknown, expired or revoked token."""
        del request
        found = tokens.by_secret(token)
        if found is None:
            return None
        caller = viewer_for(found.staff_id, via="api")
        translation.activate("en" if caller.language == "en" else "zh-hans")
        return Caller(caller, found.scopes)


def viewer(request: HttpRequest, scope: Scope) -> Viewer:
    """The viewer behind a request whose token has ``scope``. Raises ``Refused`` otherwise."""
    caller: Caller = request.auth  # type: ignore[attr-defined]
    if scope not in caller.scopes:
        raise Refused("api.scope", _("这个令牌没有“%(scope)s”权限。请换一个令牌，或重新签发。") % {"scope": scope})
    return caller.viewer
