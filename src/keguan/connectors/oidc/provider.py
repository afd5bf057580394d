"""The authorization code flow with PKCE, state and nonce (OpenID Connect Core 1.0, RFC 7636, RFC 9207)."""

from __future__ import annotations

import hashlib
import hmac
import secrets
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from django.conf import settings
from django.utils.translation import gettext as _
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from keguan.connectors.oidc import fetching
from keguan.runtime import clock
from keguan.runtime.org.federation.doors import Journey, Unreachable, Untrusted, Vouched

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ALGORITHMS = ("RS256", "PS256", "ES256")
"""Signatures that are believed. Never ``none``, and never a shared secret: anybody who knows it could sign."""

FRESH = timedelta(hours=1)
"""So long the provider's description and keys are kept."""

LEEWAY_SECONDS = 60
_STRONG = frozenset({"mfa", "otp", "hwk", "swk", "sc", "fpt", "face", "pop"})
"""Methods (RFC 8176) that tell of more than a password."""


class OidcProvider:
    """The provider that ``settings.OIDC`` names."""

    code = "oidc"

    def __init__(self) -> None:
        self._kept: dict[str, tuple[datetime, dict[str, Any]]] = {}

    @property
    def label(self) -> str:
        """What people call it."""
        return settings.OIDC["label"] or _("公司统一登录")

    def configured(self) -> bool:
        """Whether an issuer and a client are named."""
        return bool(settings.OIDC["issuer"] and settings.OIDC["client"])

    def begin(self, back: str) -> Journey:
        """Send the browser to the provider. Raises ``Unreachable``."""
        kept = {name: secrets.token_urlsafe(32) for name in ("state", "nonce", "verifier")}
        asked = {
            "response_type": "code",
            "client_id": settings.OIDC["client"],
            "redirect_uri": back,
            "scope": "openid",
            "state": kept["state"],
            "nonce": kept["nonce"],
            "code_challenge": _challenge(kept["verifier"]),
            "code_challenge_method": "S256",
        }
        endpoint = fetching.trusted(str(self._description().get("authorization_endpoint", "")))
        return Journey(f"{endpoint}{'&' if '?' in endpoint else '?'}{urlencode(asked)}", kept)

    def finish(self, kept: Mapping[str, str], answer: Mapping[str, str], back: str) -> Vouched:
        """Whom the provider vouches for. Raises ``Untrusted`` and ``Unreachable``."""
        if not hmac.compare_digest(answer.get("state", "").encode(), kept["state"].encode()):
            raise Untrusted("state")
        if answer.get("iss", settings.OIDC["issuer"]) != settings.OIDC["issuer"]:
            raise Untrusted("iss")
        if "error" in answer or not answer.get("code"):
            raise Untrusted("refused")
        form = {
            "grant_type": "authorization_code",
            "code": answer["code"],
            "redirect_uri": back,
            "client_id": settings.OIDC["client"],
            "code_verifier": kept["verifier"],
        }
        secret = settings.OIDC["secret"]
        client = (settings.OIDC["client"], secret) if secret else None
        tokens = fetching.post(str(self._description().get("token_endpoint", "")), form, client)
        claims = self._claims(str(tokens.get("id_token", "")), kept["nonce"])
        methods = claims.get("amr")
        strong = isinstance(methods, list) and any(method in _STRONG for method in methods if isinstance(method, str))
        return Vouched(claims["sub"], strong)

    def _claims(self, token: str, nonce: str) -> dict[str, Any]:
        """What the signed token says of whom, for us, now and in answer to our question. Raises ``Untrusted``."""
        client = settings.OIDC["client"]
        try:
            claims = self._decoded(token)
            jwt.JWTClaimsRegistry(
                now=int(clock.machine_now().timestamp()),  # the provider knows no drill
                leeway=LEEWAY_SECONDS,
                iss={"essential": True, "value": settings.OIDC["issuer"]},
                sub={"essential": True},
                aud={"essential": True, "value": client},
                exp={"essential": True},
                iat={"essential": True},
                nonce={"essential": True, "value": nonce},
            ).validate(claims)
        except JoseError as error:
            raise Untrusted(getattr(error, "claim", None) or error.error or "token") from None
        except (ValueError, TypeError, KeyError):
            raise Untrusted("token") from None
        audience = claims["aud"]
        if isinstance(audience, list) and len(audience) > 1 and claims.get("azp") != client:
            raise Untrusted("azp")
        return claims

    def _decoded(self, token: str) -> dict[str, Any]:
        """The claims under a signature of one of the provider's keys; keys that are new there are fetched once."""
        where = str(self._description().get("jwks_uri", ""))
        try:
            return dict(jwt.decode(token, _keys(self._fetched(where)), algorithms=list(ALGORITHMS)).claims)
        except (JoseError, ValueError):
            self._kept.pop(where, None)
        return dict(jwt.decode(token, _keys(self._fetched(where)), algorithms=list(ALGORITHMS)).claims)

    def _description(self) -> dict[str, Any]:
        """What the provider says of itself. Raises ``Unreachable`` when it speaks for another issuer."""
        issuer = settings.OIDC["issuer"]
        found = self._fetched(f"{issuer.rstrip('/')}/.well-known/openid-configuration")
        if found.get("issuer") != issuer:
            raise Unreachable("issuer")
        return found

    def _fetched(self, url: str) -> dict[str, Any]:
        at, found = self._kept.get(url, (None, {}))
        now = clock.machine_now()
        if at is None or at + FRESH <= now:
            found = fetching.get(url)
            self._kept[url] = (now, found)
        return found


def _keys(described: Mapping[str, Any]) -> KeySet:
    """The provider's keys for signatures; others, and what is no key, are left out."""
    listed = described.get("keys")
    usable = [
        key
        for key in (listed if isinstance(listed, list) else [])
        if isinstance(key, dict) and key.get("kty") in {"RSA", "EC"} and key.get("use", "sig") == "sig"
    ]
    return KeySet.import_key_set({"keys": usable})


def _challenge(verifier: str) -> str:
    """``S256`` of RFC 7636, 4.2."""
    return urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest()).rstrip(b"=").decode()
