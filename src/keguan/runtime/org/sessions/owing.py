"""What whoever is signed in has to do before anything else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from keguan.runtime.org.factors.requirement import required
from keguan.runtime.org.models import Staff
from keguan.runtime.org.passwords.storing import has_to_change
from keguan.runtime.org.sessions.browser import is_strong

if TYPE_CHECKING:
    from django.http import HttpRequest


def owed(request: HttpRequest) -> Literal["password", "factor"] | None:
    """Another password, a second factor, or nothing. No query where nothing is owed and no factor is required."""
    person = request.user
    if not isinstance(person, Staff):
        return None
    if has_to_change(person):
        return "password"
    if required(person.pk) and not is_strong(request):
        return "factor"
    return None
