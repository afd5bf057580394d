"""Search tokens: what a record can be found by, each a keyed hash, so that the table gives no name or phone away.

A text gives its first character, its pairs of characters and the prefixes of its pinyin initials; a text in ASCII (a
contract number) its prefixes and its last four; a number such as a phone the whole and its last four.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from keguan.language.model.model import FieldKind
from keguan.runtime.access import keys
from keguan.runtime.access.crypto import keyed, place
from keguan.runtime.access.normal import half_width, normalised
from keguan.runtime.records.pinyin import initials

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.model.model import Field, RecordType

NUMBERS = frozenset({FieldKind.PHONE, FieldKind.ID_NUMBER, FieldKind.USCC, FieldKind.BANK_CARD})
_TAIL = 4
_INITIALS = 8
_PREFIX = 12
_TEXT = 60
"""Characters of a text that are indexed."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """One way to read what was typed into the search box: records of which ``field`` has all ``tokens``, and contains
    ``text`` where the tokens alone do not say so.
    """

    field: str
    tokens: tuple[int, ...]
    text: str | None = None


def tokens_of(record_type: RecordType, field: Field, text: str) -> frozenset[int]:
    """The tokens of one field's text as they are written: under the key in use, and one that is being prepared for."""
    return _under(keys.written("tokens"), record_type, field, text)


def tokens_ever(record_type: RecordType, field: Field, text: str) -> frozenset[int]:
    """The tokens that one field's text may have left behind, under every key that there still is."""
    return _under(keys.live("tokens"), record_type, field, text)


def _under(secrets: Iterable[bytes], record_type: RecordType, field: Field, text: str) -> frozenset[int]:
    where, words = place(record_type.code, field.code), tuple(words_of(field.kind, text))
    return frozenset(_token(key, f"{where}\0{word}") for key in secrets for word in words)


def hashed(where: str, words: Iterable[str]) -> frozenset[int]:
    """Words of one field as they are looked for in the token table."""
    _, key = keys.newest("tokens")
    return frozenset(_token(key, f"{where}\0{word}") for word in words)


def words_of(kind: FieldKind, text: str) -> Iterator[str]:
    """The words of a text before hashing; each begins with what it is."""
    if kind in NUMBERS:
        number = normalised(kind, text)
        yield f"whole {number}"
        yield f"tail {number[-_TAIL:]}"
        return
    plain = _plain(text)[:_TEXT]
    if not plain:
        return
    if plain.isascii():
        yield f"tail {plain[-_TAIL:]}"
        yield from (f"head {plain[:length]}" for length in range(1, min(len(plain), _PREFIX) + 1))
        return
    yield f"first {plain[0]}"
    yield from (f"pair {plain[at : at + 2]}" for at in range(len(plain) - 1))
    letters = initials(plain)[:_INITIALS]
    yield from (f"pinyin {letters[:length]}" for length in range(1, len(letters) + 1))


def alternatives(record_type: RecordType, codes: Iterable[str], typed: str) -> tuple[Alternative, ...]:
    """The ways to find what was typed by the fields with these codes; none when nothing could match."""
    plain = _plain(typed)[:_TEXT]
    if not plain:
        return ()
    found: list[Alternative] = []
    for code in codes:
        field = record_type.field(code)
        where = place(record_type.code, code)
        for words, text in _readings(field, plain, half_width(typed)):
            ordered = tuple(sorted(hashed(where, words)))
            found.append(Alternative(code, ordered, None if field.sensitive else text))
    return tuple(found)


def _readings(field: Field, plain: str, typed: str) -> Iterator[tuple[tuple[str, ...], str | None]]:
    if field.kind in NUMBERS:
        number = normalised(field.kind, plain)
        yield (f"tail {number}" if len(number) == _TAIL else f"whole {number}",), None
        return
    if len(plain) == 1:
        yield (f"first {plain}",), None
    else:
        pairs = tuple(f"pair {plain[at : at + 2]}" for at in range(len(plain) - 1))
        yield pairs, typed if len(plain) > 2 else None
    if not plain.isascii():
        return
    yield (f"head {plain[:_PREFIX]}",), typed if len(plain) > _PREFIX else None
    if len(plain) == _TAIL:
        yield (f"tail {plain}",), None
    if plain.isalpha():
        yield (f"pinyin {plain[:_INITIALS]}",), None


def _plain(text: str) -> str:
    return "".join(half_width(text).casefold().split())


@lru_cache(maxsize=131_072)
def _token(key: bytes, word: str) -> int:
    return keyed(key, word)
