"""What people prove themselves with beside their password."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Authenticator(models.Model):
    """The app that shows somebody's one-time codes (RFC 6238). Not in force before it was confirmed with a code."""

    staff = models.OneToOneField("org.Staff", models.PROTECT, related_name="authenticator")
    sealed = models.BinaryField()
    """The shared secret, sealed under the key ``key_id`` of the key file and bound to the person."""
    key_id = models.IntegerField()
    begun_at = models.DateTimeField()
    confirmed_at = models.DateTimeField(null=True)
    last_step = models.BigIntegerField(default=0)
    """The 30-second step of the last code that was taken: it and earlier ones are not taken again."""


class RecoveryCode(models.Model):
    """A code on paper that works once. Only its SHA-256 is kept: the code has 120 random bits."""

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()


class Passkey(models.Model):
    """A WebAuthn credential: a key on somebody's device, of which we hold the public half."""

    staff = models.ForeignKey("org.Staff", models.PROTECT, related_name="passkeys")
    credential_id = models.BinaryField(max_length=1023, unique=True)
    credential = models.BinaryField()
    """The attested credential data: authenticator model, credential id, public key (COSE)."""
    sign_count = models.BigIntegerField(default=0)
    name = models.CharField(max_length=60)
    added_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["added_at", "id"]
