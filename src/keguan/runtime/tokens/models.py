"""API tokens. Only a hash of the secret is kept: the secret itself is shown once, when the token is issued."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class ApiToken(models.Model):
    """A secret with which a program acts as a member of staff, within scopes and until a day."""

    staff = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="api_tokens")
    name = models.CharField(max_length=80)
    digest = models.CharField(max_length=64, unique=True)
    """SHA-256 of the secret, in hex. The secret has 256 random bits, so it needs no salt and no slow hash."""
    scopes = models.JSONField()
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        """A member of staff lists their own."""

        ordering = ("-issued_at",)

    def __str__(self) -> str:
        return self.name
