"""An OpenID Connect provider in this very process: HTTP on a port of its own, with a real RSA key."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

from keguan.runtime import clock

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENT, SECRET = "keguan", "provider-secret-77"


@cache
def key_called(kid: str) -> RSAKey:
    """A key with this id; making one takes a while."""
    return RSAKey.generate_key(2048, {"kid": kid, "use": "sig"})


@dataclass
class FakeProvider:
    """What the provider says, and what it was asked. Tests change it to lie."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: key_called("one"))
    published: RSAKey | None = None
    subject: str = "u-1001"
    claims: dict[str, Any] = field(default_factory=dict)
    header: dict[str, Any] = field(default_factory=lambda: {"alg": "RS256", "kid": "one"})
    nonce: str = ""
    challenge: str = ""
    broken: bool = False
    forms: list[dict[str, str]] = field(default_factory=list)
    fetched: list[str] = field(default_factory=list)

    def description(self) -> dict[str, Any]:
        """``/.well-known/openid-configuration``."""
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/keys",
        }

    def authorise(self, address: str) -> dict[str, str]:
        """Somebody signs in there: what the browser brings back."""
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        self.nonce, self.challenge = asked["nonce"], asked["code_challenge"]
        assert asked["code_challenge_method"] == "S256"
        return {"code": "code-1", "state": asked["state"], "iss": self.issuer}

    def token(self, form: dict[str, str], authorization: str) -> dict[str, Any] | None:
        """The answer to a code, or nothing: a wrong secret, or a verifier that is not the challenge's."""
        self.forms.append(form)
        told = base64.b64decode(authorization.removeprefix("Basic ")).decode() if authorization else ""
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if told != f"{CLIENT}:{SECRET}" or base64.urlsafe_b64encode(digest).rstrip(b"=").decode() != self.challenge:
            return None
        return {"access_token": "x", "token_type": "Bearer", "id_token": self.id_token()}

    def id_token(self) -> str:
        """A signed token with these claims."""
        now = int(clock.machine_now().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": self.subject,
            "aud": CLIENT,
            "iat": now,
            "exp": now + 300,
            "nonce": self.nonce,
            **self.claims,
        }
        claims = {name: value for name, value in claims.items() if value is not None}
        if self.header["alg"] == "none":
            return f"{self._written(claims)}."
        if self.header["alg"] == "HS256":
            return self._signed_with_the_public_key(claims)
        return jwt.encode(self.header, claims, self.key)

    def _written(self, claims: dict[str, Any]) -> str:
        parts = (json.dumps(each, separators=(",", ":")).encode() for each in (self.header, claims))
        return ".".join(base64.urlsafe_b64encode(each).rstrip(b"=").decode() for each in parts)

    def _signed_with_the_public_key(self, claims: dict[str, Any]) -> str:
        """What everybody knows, taken for a shared secret."""
        written = self._written(claims)
        digest = hmac.digest(self.key.as_pem(private=False), written.encode(), "sha256")
        return f"{written}.{base64.urlsafe_b64encode(digest).rstrip(b'=').decode()}"

    def keys(self) -> dict[str, Any]:
        """The public keys."""
        return {"keys": [(self.published or self.key).as_dict(private=False)]}


@contextmanager
def serving(provider: FakeProvider) -> Iterator[FakeProvider]:
    """The provider, answering."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            provider.fetched.append(self.path)
            answers = {"/.well-known/openid-configuration": provider.description, "/keys": provider.keys}
            found = answers.get(self.path)
            self._answer(None if found is None or provider.broken else found())

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            form = {name: values[0] for name, values in parse_qs(body).items()}
            self._answer(provider.token(form, self.headers.get("Authorization", "")))

        def _answer(self, found: dict[str, Any] | None) -> None:
            body = json.dumps(found if found is not None else {"error": "invalid_grant"}).encode()
            self.send_response(200 if found is not None else 400)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_arguments: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    provider.issuer = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
