"""The policies app."""

from __future__ import annotations

from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    """Registers the evidence that policies can give by themselves."""

    name = "keguan.runtime.policies"
    label = "policies"
    verbose_name = "制度"

    def ready(self) -> None:
        """Register the built-in evidence, and answer the organisation about roles and the figures of sign-in."""
        from keguan.runtime.org.passwords import figures
        from keguan.runtime.policies import role_rules, sign_in_figures, standing_evidence

        standing_evidence.register()
        role_rules.register()
        figures.install(sign_in_figures.said)
