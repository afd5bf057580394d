"""Django's session asks here who somebody is. Passwords are checked by the action ``SignIn``, nowhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.org.models import Staff

if TYPE_CHECKING:
    from django.http import HttpRequest


class StaffBackend:
    """The session's backend."""

    def authenticate(self, request: HttpRequest | None, **_credentials: object) -> None:
        """Nobody: there is one way in, and it counts failures and writes them down."""

    def get_user(self, user_id: int) -> Staff | None:
        """The person of a session; None, which ends the session, when the account is closed. One query."""
        return Staff.objects.select_related("unit").filter(pk=user_id, is_active=True).first()
