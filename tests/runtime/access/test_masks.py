"""What is left visible of a sensitive value."""

from __future__ import annotations

import pytest

from keguan.language.model.model import FieldKind
from keguan.runtime.access.masks import mask


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (FieldKind.PHONE, "13800135612", "138****5612"),
        (FieldKind.ID_NUMBER, "110101199003074021", "110***********4021"),
        (FieldKind.BANK_CARD, "6222021234567890123", "6222***********0123"),
        (FieldKind.EMAIL, "lin.xiao@example.com", "l***@example.com"),
        (FieldKind.EMAIL, "l@example.com", "***@example.com"),
        (FieldKind.TEXT, "云岭市江南区江南大道一百号", "云岭市江南区******"),
        (FieldKind.TEXT, "江南", "江******"),
        (FieldKind.PHONE, "5612", "******"),
        (FieldKind.MONEY, "500000", "******"),
    ],
)
def test_mask(kind: FieldKind, text: str, shown: str) -> None:
    """The ends stay, the telling part does not, and nothing short shows through."""
    assert mask(kind, text) == shown


@pytest.mark.parametrize("kind", list(FieldKind))
@pytest.mark.parametrize("length", range(1, 20))
def test_a_mask_never_shows_the_whole(kind: FieldKind, length: int) -> None:
    """However short the value, its mask is not the value."""
    text = "1" * length
    assert mask(kind, text) != text
