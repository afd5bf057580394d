"""Sealed values and blind indexes."""

from __future__ import annotations

import pytest
from pytest_django import Settings

from keguan.language.model.model import FieldKind
from keguan.runtime.access import crypto

PHONE = "customer.phone"


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_a_sealed_value_opens_where_it_belongs(cipher: str, settings: Settings) -> None:
    """Either cipher gives back what was sealed, whichever is chosen when it is opened."""
    settings.KEGUAN_CIPHER = cipher
    sealed = crypto.seal(PHONE, 7, "13800135612")
    settings.KEGUAN_CIPHER = "aes-256-gcm"
    assert crypto.open_sealed(PHONE, 7, sealed) == "13800135612"
    assert b"13800135612" not in sealed


@pytest.mark.parametrize("cipher", ["aes-256-gcm", "sm4-gcm"])
def test_a_sealed_value_cannot_be_moved(cipher: str, settings: Settings) -> None:
    """Under another record or another field the value does not open."""
    settings.KEGUAN_CIPHER = cipher
    sealed = crypto.seal(PHONE, 7, "13800135612")
    for where, record_id in ((PHONE, 8), ("customer.email", 7)):
        with pytest.raises(crypto.Unsealable):
            crypto.open_sealed(where, record_id, sealed)


def test_every_damaged_byte_is_noticed() -> None:
    """Changing any one byte, the header included, makes the value unopenable."""
    sealed = crypto.seal(PHONE, 7, "13800135612")
    for at in (0, *range(3, len(sealed))):
        broken = bytearray(sealed)
        broken[at] ^= 0x40
        with pytest.raises(crypto.Unsealable):
            crypto.open_sealed(PHONE, 7, bytes(broken))
    with pytest.raises(crypto.Unsealable):
        crypto.open_sealed(PHONE, 7, sealed[:20])


def test_sealing_twice_gives_different_bytes() -> None:
    """Equal values cannot be told by their ciphertexts."""
    assert crypto.seal(PHONE, 7, "13800135612") != crypto.seal(PHONE, 7, "13800135612")


@pytest.mark.parametrize("written", ["138 0013 5612", "１３８００１３５６１２", "+86 138-0013-5612", "008613800135612"])
def test_equal_phones_have_equal_indexes(written: str) -> None:
    """However a phone is written, its blind index is the same."""
    assert crypto.blind_index(PHONE, FieldKind.PHONE, written) == crypto.blind_index(
        PHONE, FieldKind.PHONE, "13800135612"
    )


def test_indexes_of_different_fields_differ() -> None:
    """A phone in one field cannot be matched with the same phone in another."""
    index = crypto.blind_index(PHONE, FieldKind.PHONE, "13800135612")
    assert index != crypto.blind_index("contact.contact_phone", FieldKind.PHONE, "13800135612")
    assert 0 <= index < 2**63
