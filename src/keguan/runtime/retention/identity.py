"""Who a destroyed record was: a keyed digest by which that can be proved later, though nothing of it is kept.

The digest is over the record's title and the fields by which duplicates are told. Whoever knows these can be shown that
this very record was destroyed; from the digest nobody learns anything without the key file.
"""

from __future__ import annotations

import hmac
import unicodedata
from typing import TYPE_CHECKING, Any

import orjson

from keguan.runtime import keyring
from keguan.runtime.access import crypto
from keguan.runtime.access.columns import columns
from keguan.runtime.access.normal import normalised
from keguan.runtime.access.sealed_values import as_text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Model

_LABEL = b"keguan destruction list"


def identity_codes(model: Model, record_type: str) -> tuple[str, ...]:
    """The fields that say which record it is: its title, then those by which duplicates are told."""
    declared = model.record_types[record_type]
    return tuple(dict.fromkeys((declared.title, *declared.duplicates)))


def identity_of(model: Model, record_type: str, row: Mapping[str, Any]) -> dict[str, str]:
    """The values of those fields in a stored row, as text; empty where nothing stands. Raises ``Unsealable``."""
    return {code: text_of(model, record_type, row, code) or "" for code in identity_codes(model, record_type)}


def text_of(model: Model, record_type: str, row: Mapping[str, Any], code: str) -> str | None:
    """One field of a stored row as text, opened where it is sealed; for what is never shown: digests and search tokens.

    Raises ``Unsealable``.
    """
    column = columns(model, record_type)[code]
    value = row[column.physical]
    if value is None or not column.sensitive:
        return None if value is None else as_text(value)
    return crypto.open_sealed(crypto.place(record_type, code), row["id"], value)


def digest(model: Model, record_type: str, values: Mapping[str, str], key_id: int) -> str:
    """HMAC-SHA256, in hex, over the normalised values by code. Raises ``KeyringError``."""
    known = columns(model, record_type)
    plain = {
        code: normalised(known[code].kind, text) if code in known else unicodedata.normalize("NFKC", text)
        for code, text in values.items()
    }
    content = orjson.dumps([record_type, plain], option=orjson.OPT_SORT_KEYS)
    return hmac.digest(_key(key_id), content, "sha256").hex()


def newest_key() -> int:
    """The id of the key for new digests: the ledger's, which is kept as long as the ledger."""
    return keyring.key("ledger")[0]


def _key(key_id: int) -> bytes:
    """Derived, so that no key serves two purposes."""
    return hmac.digest(keyring.key_by_id(key_id), _LABEL, "sha256")
