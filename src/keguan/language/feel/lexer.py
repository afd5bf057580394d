"""Text to tokens."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import fitting, writing
from keguan.language.diagnostics.diagnostic import Diagnostic
from keguan.language.feel import characters
from keguan.language.feel.foreign_ranges import DASHES, said_at
from keguan.language.feel.phrases import introduced, phrases
from keguan.language.feel.temporal import parse_date, show_months, show_seconds
from keguan.language.feel.tokens import (
    FOREIGN,
    KEYWORDS,
    MONTHS,
    SPANS_OF_TIME,
    SPELLINGS,
    SYMBOLS,
    UNITS,
    WORKING_TIME,
    Kind,
    Scaled,
    Token,
)

if TYPE_CHECKING:
    from datetime import date

    from keguan.language.diagnostics.diagnostic import Entry
    from keguan.language.source import Span

_CUT_SHORT = re.compile(r"\s|[%‰]|\.[0-9]")
"""What stands behind a word that said a range, when the range goes on."""
_NUMBER = re.compile(r"(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)(?:[eE][+-]?[0-9]+(?![0-9A-Za-z_]))?")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?![0-9])")
_ESCAPES = {'"': '"', "'": "'", "\\": "\\", "n": "\n", "t": "\t", "r": "\r"}
_UNICODE = re.compile(r"u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})")
_MOST_DIGITS = 40
_MOST_TIME_DIGITS = 7
_FOREIGN = tuple(sorted(FOREIGN, key=len, reverse=True))


class SyntaxFault(Exception):
    """Reading cannot go on; carries the one diagnostic that says why."""

    def __init__(self, diagnostic: Diagnostic) -> None:
        super().__init__(diagnostic.message())
        self.diagnostic = diagnostic


def tokens(text: str, span: Span, names: frozenset[str] = frozenset()) -> list[Token]:
    """The tokens of ``text`` (which starts where ``span`` does), closed by an END token.

    A name in ``names`` may hold spaces and operator characters; so may a name that the text itself introduces (an
    iteration variable, a parameter, an entry of a context). Such names, and FEEL's own of several words, are one token;
    where several fit, the longest does. Raises ``SyntaxFault`` at the first thing that cannot be read.
    """
    found = _Lexer(text, span, names).read()
    own = introduced(found, text)
    return _Lexer(text, span, names | own).read() if own else found


class _Lexer:
    def __init__(self, text: str, span: Span, names: frozenset[str]) -> None:
        self._raw = text
        self._text = characters.plain(text)
        self._phrases = phrases(names)
        self._span = span
        self._at = 0

    def read(self) -> list[Token]:
        found: list[Token] = []
        while True:
            self._skip()
            if self._at >= len(self._text):
                found.append(self._token(Kind.END, "", len(self._text)))
                return found
            found.append(self._next())

    def _skip(self) -> None:
        """Go past white space and comments."""
        while self._at < len(self._text):
            if self._text[self._at].isspace():
                self._at += 1
            elif self._text.startswith("//", self._at):
                end = self._text.find("\n", self._at)
                self._at = len(self._text) if end < 0 else end
            elif self._text.startswith("/*", self._at):
                end = self._text.find("*/", self._at + 2)
                if end < 0:
                    raise self._fault(writing.OPEN_COMMENT, self._at, len(self._text))
                self._at = end + 2
            else:
                return

    def _next(self) -> Token:
        raw, character = self._raw[self._at], self._text[self._at]
        if raw in characters.PLAIN_QUOTES:
            return self._quoted(characters.PLAIN_QUOTES, self._at)
        if raw in characters.CURLY_QUOTES:
            return self._quoted(characters.CURLY_QUOTES, self._at)
        if number := _NUMBER.match(self._text, self._at):
            self._refuse_words()
            return self._number(number)
        if characters.is_name_start(character):
            return self._word()
        return self._symbol()

    def _word(self) -> Token:
        if phrase := self._phrases.match(self._text, self._at):
            return self._token(Kind.NAME, *phrase)
        end = self._run(self._at)
        word = self._text[self._at : end]
        if keyword := KEYWORDS.get(word):
            return self._token(Kind.KEYWORD, keyword, end)
        if _CUT_SHORT.match(self._text, end):
            self._refuse_words()
        return self._token(Kind.NAME, word, end)

    def _refuse_words(self) -> None:
        """Report a range that is said in words; one that begins with a word and has no space may still be a name."""
        said = said_at(self._text, self._at)
        if said is not None:
            values = {"found": self._raw[self._at : said[1]], "instead": said[0]}
            raise self._fault(writing.RANGE_IN_WORDS, self._at, said[1], values)

    def _symbol(self) -> Token:
        for foreign in _FOREIGN:
            if self._text.startswith(foreign, self._at) and not self._text.startswith("!=", self._at):
                if foreign == "<>" and self._text[: self._at].endswith("function"):
                    break  # ``function<> -> Any``: a function without parameters
                values = {"found": foreign, "instead": FOREIGN[foreign]}
                raise self._fault(writing.FOREIGN_OPERATOR, self._at, self._at + len(foreign), values)
        for symbol in SYMBOLS:
            if self._text.startswith(symbol, self._at):
                end = self._at + len(symbol)
                if symbol == "@":
                    return self._at_literal(end)
                return self._token(Kind.SYMBOL, SPELLINGS.get(symbol, symbol), end)
        found = {"found": self._raw[self._at]}
        if found["found"] in DASHES:
            values = {**found, "instead": "[100万..500万]"}
            raise self._fault(writing.RANGE_IN_WORDS, self._at, self._at + 1, values)
        raise self._fault(writing.BAD_CHARACTER, self._at, self._at + 1, found)

    def _number(self, match: re.Match[str]) -> Token:
        start, end = match.span()
        grouped = _GROUPED.match(self._text, start)
        if grouped and grouped.end() > end:
            found = {"found": grouped.group()}
            raise self._fault(writing.DIGIT_GROUPS, start, grouped.end(), found)
        stop = end + 1 if self._text[end : end + 1] in {"%", "‰"} else self._run(end)
        unit = self._text[end:stop]
        if unit in SPANS_OF_TIME or unit in MONTHS or unit in WORKING_TIME:
            return self._duration(match, unit, stop)
        power = UNITS.get(unit, UNITS.get(unit.removesuffix("元")))
        if power is None or (unit.endswith("元") and power < 0):
            values = {"found": unit, "number": match.group()}
            raise self._fault(writing.BAD_NUMBER_UNIT, end, stop, values)
        if stop - start > _MOST_DIGITS:
            raise self._fault(fitting.NUMBER_TOO_LARGE, start, stop, {"value": self._raw[start:stop]})
        value = _scaled(*_decimal(match.group()), power)
        if value is None:
            raise self._fault(fitting.NUMBER_TOO_LARGE, start, stop, {"value": self._raw[start:stop]})
        return self._token(Kind.NUMBER, self._raw[start:stop], stop, value)

    def _duration(self, match: re.Match[str], unit: str, stop: int) -> Token:
        """``3天`` is short for ``@"P3D"``, and ``6个月`` for ``@"P6M"``."""
        start, written = match.start(), self._raw[match.start() : stop]
        if unit in WORKING_TIME:
            raise self._fault(writing.WORKING_TIME, start, stop, {"found": written})
        digits, places, exponent = _decimal(match.group())
        amount, rest = divmod(digits * (SPANS_OF_TIME.get(unit) or MONTHS[unit]), 10**places)
        if rest or exponent or len(match.group()) > _MOST_TIME_DIGITS:
            raise self._fault(writing.BAD_DURATION, start, stop, {"found": written})
        text = show_seconds(amount) if unit in SPANS_OF_TIME else show_months(amount)
        return self._token(Kind.AT, written, stop, text)

    def _at_literal(self, start: int) -> Token:
        """``@"…"``: a day at once; whatever else it may be is for typing to say."""
        begin = self._at
        quotes = characters.PLAIN_QUOTES | characters.CURLY_QUOTES
        if self._raw[start : start + 1] not in quotes or not self._raw[start : start + 1]:
            raise self._fault(writing.BAD_DATE, begin, start, {"found": "@"})
        self._at = start
        closing = characters.PLAIN_QUOTES if self._raw[start] in characters.PLAIN_QUOTES else characters.CURLY_QUOTES
        token = self._quoted(closing, start)
        written = characters.plain(str(token.value))
        day = parse_date(written)
        self._at = begin
        kind = Kind.AT if day is None else Kind.DATE
        return self._token(kind, self._raw[begin : token.end], token.end, written if day is None else day)

    def _quoted(self, closing: frozenset[str], start: int) -> Token:
        at, content = start + 1, list[str]()
        while at < len(self._raw):
            character = self._raw[at]
            if character in closing:
                return self._token(Kind.TEXT, self._raw[start : at + 1], at + 1, "".join(content))
            if character == "\\":
                character, at = self._escape(at)
            content.append(character)
            at += 1
        raise self._fault(writing.OPEN_TEXT, start, len(self._raw))

    def _escape(self, at: int) -> tuple[str, int]:
        """The character an escape stands for, and the offset of the escape's last character."""
        letter = self._raw[at + 1 : at + 2]
        if letter in _ESCAPES:
            return _ESCAPES[letter], at + 1
        if match := _UNICODE.match(self._raw, at + 1):
            code = int(match.group(1) or match.group(2), 16)
            if code < 0x110000 and not 0xD800 <= code < 0xE000 and code != 0:
                return chr(code), match.end() - 1
        raise self._fault(writing.BAD_ESCAPE, at, min(at + 2, len(self._raw)), {"found": self._raw[at : at + 2]})

    def _run(self, at: int) -> int:
        while at < len(self._text) and characters.is_name_part(self._text[at]):
            at += 1
        return at

    def _token(self, kind: Kind, text: str, end: int, value: Scaled | str | date | None = None) -> Token:
        start, self._at = self._at, end
        return Token(kind, text, start, end, self._span.within(start, end - start), value, self._raw[start:end])

    def _fault(self, entry: Entry, start: int, end: int, values: dict[str, str] | None = None) -> SyntaxFault:
        return SyntaxFault(Diagnostic(entry, self._span.within(start, end - start), values or {}))


def _decimal(text: str) -> tuple[int, int, int]:
    """The digits of a number, how many of them stand behind the point, and its exponent."""
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    return int(whole + fraction), len(fraction), int(exponent or 0)


def _scaled(units: int, places: int, exponent: int, power: int) -> Scaled | None:
    """An exact decimal without trailing zeros; a negative scale becomes whole units. None when it is far too large."""
    scale = places - exponent - power
    if units == 0:
        return Scaled(0, 0)
    if abs(scale) > _MOST_DIGITS:
        return None
    if scale < 0:
        return Scaled(units * 10**-scale, 0)
    while scale > 0 and units % 10 == 0:
        units, scale = units // 10, scale - 1
    return Scaled(units, scale)
