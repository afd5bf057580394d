"""A customer at the portal, without a browser."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from tests.runtime.intake.world import PROCESS, SU_HE

if TYPE_CHECKING:
    from django.test import Client

BEGIN = f"/portal/begin/{PROCESS}/"
WORDS = {f"v-{code}": text for code, text in SU_HE.items()}
"""What 苏禾 types, by the names of the inputs."""


def mark_in(page: str) -> str:
    """The one-time mark of a form."""
    return re.findall('name="mark" value="([^"]+)"', page)[0]


def fill_in(client: Client, **changes: str) -> dict[str, str]:
    """Open the form and fill it in; what will be sent."""
    return {**WORDS, "mark": mark_in(client.get(BEGIN).content.decode()), **changes}


def receipt_of(page: str) -> tuple[str, str]:
    """The number and the code on a receipt."""
    number, code = re.findall("<dd>([^<]+)</dd>", page)
    return number, code


def begin(client: Client) -> tuple[str, str]:
    """Fill in the form and send it: the number and the code."""
    return receipt_of(client.post(BEGIN, fill_in(client)).content.decode())


def look_up(client: Client, number: str, code: str) -> str:
    """The page that answers a look-up."""
    return client.post("/portal/look-up/", {"number": number, "code": code}).content.decode()
