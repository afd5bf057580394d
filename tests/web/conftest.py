"""A browser without a browser: the cast signed in, and the queries of a page counted."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from tests.cast import Member

SignedIn = Callable[[Member], Client]


@pytest.fixture
def signed_in() -> SignedIn:
    """A client in which this member of the cast has signed in."""

    def client_of(member: Member) -> Client:
        from keguan.runtime.org.models import Staff

        client = Client()
        client.force_login(Staff.objects.get(pk=member.id), backend="keguan.runtime.org.backend.StaffBackend")
        return client

    return client_of
