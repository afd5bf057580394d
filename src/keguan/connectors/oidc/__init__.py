"""Signing in at an OpenID Connect provider."""

from __future__ import annotations

from keguan.connectors.oidc.provider import OidcProvider

PROVIDERS = (OidcProvider(),)
"""The doors that sign-in finds here."""
