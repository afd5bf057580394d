"""Calling the API as one of the cast."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

from keguan.runtime.tokens.actions import IssueToken
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast, Member


@dataclass(frozen=True)
class Program:
    """A program that holds somebody's token."""

    client: Client
    headers: dict[str, str]

    def get(self, path: str) -> Any:
        """GET under the API."""
        return self.client.get(f"/api/v1{path}", headers=self.headers)

    def send(self, method: str, path: str, body: object) -> Any:
        """Send JSON under the API."""
        return self.client.generic(
            method, f"/api/v1{path}", _json(body), content_type="application/json", headers=self.headers
        )

    def post(self, path: str, body: object) -> Any:
        """POST JSON under the API."""
        return self.send("POST", path, body)


def _json(body: object) -> str:
    import json

    return json.dumps(body)


@pytest.fixture
def program(company: Cast) -> Callable[..., Program]:
    """Makes a program that acts for one of the cast, with every scope unless some are named."""

    def holding(member: Member, *scopes: Scope) -> Program:
        issued = IssueToken(
            actor=member.actor, staff_id=member.id, label="测试", scopes=frozenset(scopes or Scope), days=1
        ).run()
        return Program(Client(), {"Authorization": f"Bearer {issued.secret}"})

    return holding
