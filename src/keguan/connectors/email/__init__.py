"""E-mail over SMTP."""

from __future__ import annotations

from keguan.connectors.email.smtp import Email

CHANNELS = (Email(),)
