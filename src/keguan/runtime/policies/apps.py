"""The policies app."""

from __future__ import annotations

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers the evidence that policies can give by themselves."""

    name = "keguan.runtime.policies"
    label = "policies"
    verbose_name = "制度"

    def ready(self) -> None:
        """Register the built-in evidence."""
        from keguan.runtime.policies import standing_evidence

        standing_evidence.register()
