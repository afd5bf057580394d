"""The signature of Alibaba Cloud's RPC style requests, version 3 (ACS3-HMAC-SHA256).

https://help.aliyun.com/zh/sdk/product-overview/v3-request-structure-and-signature: the canonical request is method,
path, canonical query, canonical headers, signed header names and the hash of the body; the string to sign is the
algorithm's name and the hash of the canonical request; the signature is hex of HMAC-SHA256 with the key's secret.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

ALGORITHM = "ACS3-HMAC-SHA256"


@dataclass(frozen=True, slots=True)
class Call:
    """One call: which action of which version at which host, with its parameters in the query."""

    host: str
    action: str
    version: str
    parameters: Mapping[str, str]

    @property
    def query(self) -> str:
        """The parameters as the canonical query, which is also the one that is sent."""
        return "&".join(f"{_encoded(name)}={_encoded(value)}" for name, value in sorted(self.parameters.items()))


def headers(call: Call, key_id: str, secret: str, at: datetime, nonce: str) -> dict[str, str]:
    """The headers of a POST without a body, its signature among them. ``at`` is in UTC."""
    nothing = hashlib.sha256(b"").hexdigest()
    signed = {
        "host": call.host,
        "x-acs-action": call.action,
        "x-acs-content-sha256": nothing,
        "x-acs-date": f"{at:%Y-%m-%dT%H:%M:%SZ}",
        "x-acs-signature-nonce": nonce,
        "x-acs-version": call.version,
    }
    names = ";".join(sorted(signed))
    lines = "".join(f"{name}:{signed[name].strip()}\n" for name in sorted(signed))
    canonical = f"POST\n/\n{call.query}\n{lines}\n{names}\n{nothing}"
    to_sign = f"{ALGORITHM}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    signature = hmac.digest(secret.encode(), to_sign.encode(), "sha256").hex()
    return {
        **{name: value for name, value in signed.items() if name != "host"},
        "Authorization": f"{ALGORITHM} Credential={key_id},SignedHeaders={names},Signature={signature}",
    }


def _encoded(text: str) -> str:
    return quote(text, safe="~")
