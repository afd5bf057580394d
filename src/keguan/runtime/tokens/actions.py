"""Issue and revoke API tokens."""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.clock import now
from keguan.runtime.ledger.actions import Action, Record, Refused
from keguan.runtime.tokens.models import ApiToken
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Iterable

LONGEST_DAYS = 365
"""No token lives longer than this many days."""

LONGEST_LABEL = 80
"""Characters of what a token is for."""

PREFIX = "kg_"
"""Makes a leaked secret recognisable to scanners."""


def digest(secret: str) -> str:
    """The SHA-256 under which a secret is stored, in hex."""
    return hashlib.sha256(secret.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Issued:
    """A new token with its secret, which is shown this once."""

    id: int
    secret: str


@dataclass(frozen=True, kw_only=True)
class IssueToken(Action[Issued]):
    """Give a member of staff a token with some scopes for some days."""

    name: ClassVar[str] = "tokens.issue"
    staff_id: int
    label: str
    scopes: frozenset[str]
    days: int

    def check(self) -> None:
        """Refuse somebody else's token, a nameless one, an unknown or missing scope, a life outside 1…365 days."""
        if self.actor.staff_id != self.staff_id and self.actor.via != "cli":
            raise Refused("tokens.forbidden", _("令牌等于本人：只能为自己签发。"))
        fields: dict[str, str] = {}
        if not self.label.strip():
            fields["label"] = _("请写明这个令牌的用途，例如“每日报表”。")
        elif len(self.label.strip()) > LONGEST_LABEL:
            fields["label"] = _("用途最多写%(most)s个字。") % {"most": LONGEST_LABEL}
        if not self.scopes or not self.scopes <= set(Scope):
            fields["scopes"] = _("请至少选择一项权限，且只能选列出的权限。")
        if not 1 <= self.days <= LONGEST_DAYS:
            fields["days"] = _("有效期须在1天至%(most)s天之间。") % {"most": LONGEST_DAYS}
        if fields:
            raise Refused("tokens.invalid", _("令牌没有签发：有几项需要改正。"), fields=fields)

    def do(self) -> Issued:
        """Store the secret's hash and hand the secret out once."""
        secret = PREFIX + secrets.token_urlsafe(32)
        issued_at = now()
        token = ApiToken.objects.create(
            staff_id=self.staff_id,
            name=self.label.strip(),
            digest=digest(secret),
            scopes=sorted(self.scopes),
            issued_at=issued_at,
            expires_at=issued_at + timedelta(days=self.days),
        )
        return Issued(token.pk, secret)

    def log(self, result: Issued) -> Iterable[Record]:
        """Who got which scopes until when; never the secret."""
        yield Record(
            action=self.name,
            subject_type="token",
            subject_id=result.id,
            data={
                "staff": self.staff_id,
                "label": self.label.strip(),
                "scopes": sorted(self.scopes),
                "days": self.days,
            },
        )


@dataclass(frozen=True, kw_only=True)
class RevokeToken(Action[None]):
    """End a token at once. The owner may, and whoever manages tokens (``any_owner``)."""

    name: ClassVar[str] = "tokens.revoke"
    token_id: int
    any_owner: bool = False

    def check(self) -> None:
        """Refuse when there is no such live token that the actor may end."""
        live = ApiToken.objects.filter(pk=self.token_id, revoked_at=None)
        if not self.any_owner:
            live = live.filter(staff=self.actor.staff_id)
        if not live.exists():
            raise Refused("tokens.missing", _("没有这个令牌，或者它已经停用。"))

    def do(self) -> None:
        """Mark it revoked now."""
        ApiToken.objects.filter(pk=self.token_id, revoked_at=None).update(revoked_at=now())

    def log(self, result: None) -> Iterable[Record]:
        """Which token was ended."""
        del result
        yield Record(action=self.name, subject_type="token", subject_id=self.token_id, data={})
