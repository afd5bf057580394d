"""The access app. It keeps no tables of its own."""

from __future__ import annotations

from django.apps import AppConfig


class AccessConfig(AppConfig):
    """Rights, masks and ciphers."""

    name = "keguan.runtime.access"
    label = "access"
    verbose_name = "权限"

    def ready(self) -> None:
        """Become the judge of who may do what, for every action with an operation, and of who needs two factors."""
        from keguan.runtime.access.guard import permits
        from keguan.runtime.access.strong_sign_in import needs_factor
        from keguan.runtime.ledger import permission
        from keguan.runtime.org.factors import requirement

        permission.install(permits)
        requirement.install(needs_factor)
