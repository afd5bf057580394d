"""Passkeys (WebAuthn): what the browser is asked, and whether its answer holds. No row is read or written here."""

from __future__ import annotations

import hmac
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from fido2.server import Fido2Server
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.runtime.org.factors.models import Passkey

_CHECKS = frozenset(
    {
        "Incorrect type in CollectedClientData.",
        "Invalid origin in CollectedClientData.",
        "Wrong challenge in response.",
        "Wrong RP ID hash in response.",
        "User Present flag not set.",
        "User verification required, but User Verified flag not set.",
        "User verification required, but user verified flag not set.",
        "Invalid signature.",
        "Unknown credential ID.",
    }
)
_NUMBER = re.compile(r"\d+\.\d+\.\d+\.\d+")


class NotProven(Exception):
    """The browser's answer does not prove that a registered key is there. The text names the check."""


@dataclass(frozen=True, slots=True)
class House:
    """Where we are on the web: the host name that keys are bound to, and the one origin that answers come from."""

    host: str
    origin: str

    @property
    def fit(self) -> bool:
        """Whether browsers let us use passkeys here: under a name and HTTPS, or on the very same machine."""
        return not _NUMBER.fullmatch(self.host) and (self.origin.startswith("https://") or self.host == "localhost")


@dataclass(frozen=True, slots=True)
class Registered:
    """A new credential: its id, its attested data, its counter."""

    credential_id: bytes
    credential: bytes
    sign_count: int


def ask_to_register(house: House, staff_id: int, name: str, known: Iterable[Passkey]) -> tuple[Any, dict[str, Any]]:
    """What to ask the browser for a new key, and what to remember until it answers."""
    user = PublicKeyCredentialUserEntity(id=handle(staff_id), name=name, display_name=name)
    options, state = _server(house).register_begin(
        user,
        credentials=_credentials(known),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=UserVerificationRequirement.REQUIRED,
    )
    return dict(options), _kept(state)


def register(house: House, kept: Mapping[str, Any], answer: Mapping[str, Any]) -> Registered:
    """The new credential in the browser's answer. Raises ``NotProven``."""
    try:
        found = _server(house).register_complete(kept, answer)
    except Exception as error:  # noqa: BLE001 - the answer is anybody's: whatever it breaks, it proves nothing
        raise NotProven(_named(error)) from None
    data = found.credential_data
    if data is None:
        raise NotProven("no credential")
    return Registered(data.credential_id, bytes(data), found.counter)


def ask_to_prove(house: House, known: Iterable[Passkey]) -> tuple[Any, dict[str, Any]]:
    """What to ask the browser for a proof by one of these keys (none: by any key it has for us), and what to keep."""
    credentials = _credentials(known)
    options, state = _server(house).authenticate_begin(
        credentials or None, user_verification=UserVerificationRequirement.REQUIRED
    )
    return dict(options), _kept(state)


def prove(house: House, kept: Mapping[str, Any], key: Passkey, answer: Mapping[str, Any]) -> int:
    """Check that this key has signed; return its counter. Raises ``NotProven``."""
    try:
        _server(house).authenticate_complete(kept, _credentials([key]), answer)
        said = AuthenticationResponse.from_dict(answer)
    except Exception as error:  # noqa: BLE001 - the answer is anybody's: whatever it breaks, it proves nothing
        raise NotProven(_named(error)) from None
    whose = said.response.user_handle
    if whose is not None and not hmac.compare_digest(bytes(whose), handle(key.staff_id)):
        raise NotProven("another person's handle")
    counter = said.response.authenticator_data.counter
    if counter <= key.sign_count and (counter or key.sign_count):
        raise NotProven("cloned")
    return counter


def credential_id(answer: Mapping[str, Any]) -> bytes:
    """The id of the credential that an answer speaks of. Raises ``NotProven``."""
    try:
        return bytes(AuthenticationResponse.from_dict(answer).raw_id)
    except Exception as error:  # noqa: BLE001 - as above
        raise NotProven(_named(error)) from None


def handle(staff_id: int) -> bytes:
    """What a key knows its owner by: the same for ever, and no name."""
    return b"keguan.staff.%d" % staff_id


def _server(house: House) -> Fido2Server:
    entity = PublicKeyCredentialRpEntity(id=house.host, name="Keguan")
    return Fido2Server(entity, attestation=None, verify_origin=lambda origin: origin == house.origin)


def _credentials(keys: Iterable[Passkey]) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(key.credential)) for key in keys]


def _kept(state: Mapping[str, Any]) -> dict[str, Any]:
    return {"challenge": str(state["challenge"]), "user_verification": UserVerificationRequirement.REQUIRED.value}


def _named(error: Exception) -> str:
    """A failed check in the library's words where they are its own; nothing that was sent."""
    return str(error) if str(error) in _CHECKS else type(error).__name__
