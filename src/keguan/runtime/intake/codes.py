"""The one-time mark of a form, and the query code that is made from it.

The mark is a random number that the page hands out with the form and gets back with it. The code is a hash of it: so
whoever sends the same form twice is shown the same code twice, and yet neither is stored, only hashes of both.
"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""No 0 and O, no 1, I and L: a code is read from a screen and typed in again."""

LENGTH, GROUP = 12, 4
"""Signs of a code (59 bits), and of one of its groups."""

_MARK = re.compile("[A-Za-z0-9_-]{43}")


def new_mark() -> str:
    """A mark for one form: 256 random bits."""
    return secrets.token_urlsafe(32)


def is_mark(text: str) -> bool:
    """Whether this could be one of ours."""
    return _MARK.fullmatch(text) is not None


def code_of(mark: str) -> str:
    """The query code that belongs to a mark: ``7KQM-2XWD-94TA``."""
    number = int(_hash("keguan query code", mark), 16)
    signs = []
    for _ in range(LENGTH):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    text = "".join(signs)
    return "-".join(text[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def stored_mark(mark: str) -> str:
    """A mark as it is stored."""
    return _hash("keguan form mark", mark)


def stored_code(number: str, code: str) -> str:
    """The query code of a case as it is stored."""
    return _hash("keguan stored code", f"{number}\0{plain(code)}")


def same(stored: str, number: str, code: str) -> bool:
    """Whether the code is the one that is stored, in a time that does not tell how much of it is right."""
    return hmac.compare_digest(stored, stored_code(number, code))


def plain(code: str) -> str:
    """A code as typed, without the signs between its groups, in capitals."""
    return "".join(sign for sign in code.upper() if sign.isalnum())


def _hash(purpose: str, text: str) -> str:
    return hashlib.sha256(f"{purpose}\0{text}".encode()).hexdigest()
