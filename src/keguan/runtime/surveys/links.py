"""The secret of a link. It is kept nowhere: it follows from the invitation and a key; its hash finds the invitation.

So the table gives no link away, and whoever may hand the link on can still be shown it.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import urlsafe_b64encode
from typing import TYPE_CHECKING

from django.conf import settings

from keguan.runtime.keyring import key, secrets_for

if TYPE_CHECKING:
    from keguan.runtime.surveys.models import Invitation

PATH = "/portal/s/"
"""Where the customers' pages answer a link; short, since it goes out by SMS."""

_PURPOSE = "tokens"
_BYTES = 16


def secret_of(invitation: Invitation) -> str:
    """The secret of an invitation's link, 128 bits as 22 characters; empty when the key that made it is gone."""
    for each in secrets_for(_PURPOSE):
        made = _made(each, invitation)
        if digest(made) == invitation.digest:
            return made
    return ""


def new_digest(invitation: Invitation) -> str:
    """The hash under which a link that is made now is found. Raises ``KeyringError``."""
    return digest(_made(key(_PURPOSE)[1], invitation))


def digest(secret: str) -> str:
    """SHA-256 in hex. The secret has 128 bits that nobody can guess, so it needs no slow hash."""
    return hashlib.sha256(secret.encode()).hexdigest()


def path_of(invitation: Invitation) -> str:
    """The path of the page that the link opens; empty without a secret."""
    secret = secret_of(invitation)
    return f"{PATH}{secret}" if secret else ""


def address_of(invitation: Invitation) -> str:
    """The whole address; empty while this installation does not know its own (``KEGUAN_ADDRESS``)."""
    path = path_of(invitation)
    return f"{settings.PORTAL_ADDRESS.rstrip('/')}{path}" if settings.PORTAL_ADDRESS and path else ""


def _made(secret: bytes, invitation: Invitation) -> str:
    bound = f"surveys.link/{invitation.pk}/{invitation.serial}".encode()
    return urlsafe_b64encode(hmac.digest(secret, bound, "sha256")[:_BYTES]).rstrip(b"=").decode()
