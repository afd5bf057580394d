"""Webhooks: notices as signed JSON to a system of the company's own."""

from __future__ import annotations

from keguan.connectors.webhook.webhook import Webhook

CHANNELS = (Webhook(),)
