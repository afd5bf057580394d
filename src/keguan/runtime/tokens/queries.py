"""Look up API tokens."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from keguan.runtime.clock import now
from keguan.runtime.tokens.actions import digest
from keguan.runtime.tokens.models import ApiToken


@dataclass(frozen=True, slots=True)
class Token:
    """A token as its owner sees it; the secret is not kept."""

    id: int
    staff_id: int
    label: str
    scopes: frozenset[str]
    issued_at: datetime
    expires_at: datetime
    live: bool


def _token(row: ApiToken) -> Token:
    live = row.revoked_at is None and row.expires_at > now()
    return Token(row.pk, row.staff_id, row.name, frozenset(row.scopes), row.issued_at, row.expires_at, live)


def by_secret(secret: str) -> Token | None:
    """The live token with this secret, of a member of staff who may still sign in, or None."""
    row = ApiToken.objects.filter(digest=digest(secret), staff__is_active=True).first()
    token = _token(row) if row else None
    return token if token and token.live else None


def tokens_of(staff_id: int) -> list[Token]:
    """A member of staff's tokens, newest first, at most 100."""
    return [_token(row) for row in ApiToken.objects.filter(staff_id=staff_id)[:100]]
