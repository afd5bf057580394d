"""What is left visible of a sensitive value."""

from __future__ import annotations

import pytest

from keguan.language.model.model import FieldKind
from keguan.runtime.access.masks import Profile, mask


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (FieldKind.PHONE, "13800135612", "138****5612"),
        (FieldKind.ID_NUMBER, "110101199003074021", "110***********4021"),
        (FieldKind.BANK_CARD, "6222021234567890123", "622202*********0123"),
        (FieldKind.EMAIL, "lin.xiao@example.com", "l***@example.com"),
        (FieldKind.EMAIL, "l@example.com", "***@example.com"),
        (FieldKind.TEXT, "云岭市江南区江南大道一百号", "云岭市江南区******"),
        (FieldKind.TEXT, "云岭市江南区", "云岭市******"),
        (FieldKind.TEXT, "张伟", "张*"),
        (FieldKind.TEXT, "欧阳明月", "欧***"),
        (FieldKind.TEXT, "HT-2026-0077", "******0077"),
        (FieldKind.PHONE, "5612", "******"),
        (FieldKind.MONEY, "500000", "******"),
    ],
)
def test_mask(kind: FieldKind, text: str, shown: str) -> None:
    """The ends stay, the telling part does not, and nothing short shows through."""
    assert mask(kind, text) == shown


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (FieldKind.PHONE, "13800135612", "138******12"),
        (FieldKind.ID_NUMBER, "110101199003074021", "1****************1"),
        (FieldKind.BANK_CARD, "6222021234567890123", "***************0123"),
        (FieldKind.TEXT, "张伟", "张*"),
        (FieldKind.TEXT, "云岭市江南区江南大道一百号", "云岭市江南区******"),
        (FieldKind.LONG_TEXT, "喜欢安静的座位", "******"),
    ],
)
def test_paper(kind: FieldKind, text: str, shown: str) -> None:
    """On a sheet at least six figures of a phone number are hidden, and of an address all below the district."""
    assert mask(kind, text, Profile.PAPER) == shown


@pytest.mark.parametrize("kind", list(FieldKind))
def test_what_is_never_shown(kind: FieldKind) -> None:
    """Of a class that nobody is shown not even the length is left."""
    assert mask(kind, "13800135612", Profile.NEVER) == "******"


@pytest.mark.parametrize("profile", list(Profile))
@pytest.mark.parametrize("kind", list(FieldKind))
def test_a_mask_never_shows_the_whole(kind: FieldKind, profile: Profile) -> None:
    """However short the value, its mask is not the value."""
    texts = [sign * length for sign in ("1", "张", "a@") for length in range(1, 20)]
    assert [text for text in texts if mask(kind, text, profile) == text] == []
