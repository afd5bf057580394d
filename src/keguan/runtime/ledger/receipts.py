"""Signed statements about the ledger's newest block, which anybody checks with a public key alone.

A receipt that lies where the database's administrator cannot reach is an anchor: whatever is in the blocks up to its
own can no longer be changed, cut off or rolled back without the ledger and the receipt contradicting each other.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from keguan.runtime import keyring
from keguan.runtime.ledger.digest import moment

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.runtime.ledger.models import Block

FORMAT = "keguan-anchor/1"


@dataclass(frozen=True, slots=True)
class Receipt:
    """The newest block: its id, its last entry, entries sealed so far, its seal, the chain of blocks up to it, when it
    was sealed (ISO 8601, UTC); the public key and its signature, in hex, both empty while there is no key to sign with.
    """

    block: int
    last: int
    entries: int
    seal: str
    chain: str
    at: str
    key: str = ""
    signature: str = ""
    format: str = FORMAT

    @property
    def text(self) -> str:
        """One line of JSON."""
        return json.dumps(asdict(self), sort_keys=True, separators=(",", ":"))

    @property
    def genuine(self) -> bool:
        """Whether the signature is the named key's. That the key is ours is for the reader to compare."""
        try:
            Ed25519PublicKey.from_public_bytes(bytes.fromhex(self.key)).verify(
                bytes.fromhex(self.signature), _signed(self)
            )
        except (InvalidSignature, ValueError):
            return False
        return True


def signed(block: Block) -> Receipt:
    """The receipt of a block; without a signature when the key file has no key for it yet."""
    receipt = Receipt(
        block.id,
        block.last,
        block.total or 0,
        block.seal,
        block.chain or "",
        moment(block.sealed_at).isoformat(),
    )
    try:
        _id, seed = keyring.key("anchors")
    except keyring.KeyringError:
        return receipt
    key = Ed25519PrivateKey.from_private_bytes(seed)
    receipt = replace(receipt, key=_raw(key.public_key()))
    return replace(receipt, signature=key.sign(_signed(receipt)).hex())


def read(line: str) -> Receipt:
    """The receipt in a line of JSON. Raises ``ValueError`` for anything else."""
    found: Any = json.loads(line)
    if not isinstance(found, dict) or found.get("format") != FORMAT:
        raise ValueError("no receipt")
    try:
        return Receipt(
            block=int(found["block"]),
            last=int(found["last"]),
            entries=int(found["entries"]),
            seal=str(found["seal"]),
            chain=str(found["chain"]),
            at=str(found["at"]),
            key=str(found["key"]),
            signature=str(found["signature"]),
        )
    except (KeyError, TypeError) as error:
        raise ValueError("no receipt") from error


def public_keys() -> tuple[str, ...]:
    """The public halves, in hex, of every key there has been for signing, newest first."""
    return tuple(
        _raw(Ed25519PrivateKey.from_private_bytes(seed).public_key()) for seed in keyring.secrets_for("anchors")
    )


def public_pem() -> str:
    """The newest public key as PEM, to be given to whoever keeps anchors. Raises ``KeyringError``."""
    public = Ed25519PrivateKey.from_private_bytes(keyring.key("anchors")[1]).public_key()
    return public.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo).decode()


def newest(receipts: Iterable[Receipt]) -> Receipt | None:
    """The one of the highest block."""
    return max(receipts, key=lambda receipt: receipt.block, default=None)


def _signed(receipt: Receipt) -> bytes:
    stated = {name: value for name, value in asdict(receipt).items() if name != "signature"}
    return json.dumps(stated, sort_keys=True, separators=(",", ":")).encode()


def _raw(key: Ed25519PublicKey) -> str:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw).hex()
