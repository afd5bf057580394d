"""A pattern's text to its parts."""

from __future__ import annotations

import re

from keguan.language.dmn.patterns import matching
from keguan.language.dmn.patterns.characters import Characters, any_case, category, escaped, one
from keguan.language.dmn.patterns.matching import Part

_PLAIN_ESCAPES = {"n": "\n", "r": "\r", "t": "\t"}
_LITERAL = frozenset("\\|.-^?*+{}()[]$")
_COUNTS = re.compile(r"\{([0-9]{1,4})(,([0-9]{1,4})?)?\}", re.ASCII)
_LARGEST_COUNT = 1000
_DEEPEST = 50


class BadPattern(ValueError):
    """The text is no regular expression."""


class Reader:
    """Reads one pattern. ``flags`` are ``s``, ``m``, ``i`` and ``x``."""

    def __init__(self, text: str, flags: frozenset[str]) -> None:
        self._text = text
        self._flags = flags
        self._at = 0
        self._depth = 0
        self._groups = 0
        self._closed: set[int] = set()

    def read(self) -> Part:
        """The whole pattern. Raises ``BadPattern``."""
        part = self._choice()
        if self._at < len(self._text):
            raise BadPattern(self._text)
        return part

    def _choice(self) -> Part:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise BadPattern(self._text)
        branches = [self._branch()]
        while self._take("|"):
            branches.append(self._branch())
        self._depth -= 1
        return branches[0] if len(branches) == 1 else matching.choice(branches)

    def _branch(self) -> Part:
        parts = []
        while self._peek() not in {"", "|", ")"}:
            parts.append(self._piece())
        return matching.sequence(parts)

    def _piece(self) -> Part:
        atom = self._atom()
        least, most = self._counts()
        greedy = True
        if (least, most) != (1, 1) or self._counted:
            greedy = not self._take("?")
        if isinstance(atom, _Set):
            if (least, most) == (1, 1):
                return matching.character(atom.characters)
            return matching.repeat_one(atom.characters, least, most, greedy=greedy)
        return atom if (least, most) == (1, 1) else matching.repeat(atom, least, most, greedy=greedy)

    def _counts(self) -> tuple[int, int | None]:
        self._counted = True
        for sign, counts in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self._take(sign):
                return counts
        if self._peek() == "{":
            match = _COUNTS.match(self._text, self._at)
            if match is None:
                raise BadPattern(self._text)
            self._at = match.end()
            least = int(match.group(1))
            most = least if match.group(2) is None else int(match.group(3)) if match.group(3) else None
            if max(least, most or 0) > _LARGEST_COUNT or (most is not None and most < least):
                raise BadPattern(self._text)
            return least, most
        self._counted = False
        return 1, 1

    def _atom(self) -> Part | _Set:
        character = self._next()
        if character == "(":
            return self._group()
        if character == "[":
            return self._set(self._class())
        if character == "\\":
            return self._escape()
        if character == ".":
            return self._set((lambda _each: True) if "s" in self._flags else lambda each: each not in "\n\r")
        if character in "^$":
            return _start("m" in self._flags) if character == "^" else _end("m" in self._flags)
        if character in "?*+{}]":
            raise BadPattern(self._text)
        return self._set(one(character))

    def _group(self) -> Part:
        if self._take("?"):
            if not self._take(":"):
                raise BadPattern(self._text)
            number = None
        else:
            self._groups += 1
            number = self._groups
        part = self._choice()
        if not self._take(")"):
            raise BadPattern(self._text)
        if number is None:
            return part
        self._closed.add(number)
        return matching.group(number, part)

    def _escape(self) -> Part | _Set:
        if self._peek() in set("123456789"):
            return matching.reference(self._reference())
        return self._set(self._escaped())

    def _reference(self) -> int:
        """A group's number: as many digits as name one that is closed already."""
        number = int(self._next())
        while self._peek().isdecimal() and number * 10 + int(self._peek()) in self._closed:
            number = number * 10 + int(self._next())
        if number not in self._closed:
            raise BadPattern(self._text)
        return number

    def _escaped(self) -> Characters:
        letter = self._next()
        if letter in {"p", "P"}:
            match = re.compile(r"\{([A-Za-z0-9-]+)\}").match(self._text, self._at)
            found = None if match is None else category(match.group(1))
            if match is None or found is None:
                raise BadPattern(self._text)
            self._at = match.end()
            return found if letter == "p" else lambda each: not found(each)
        if letter in _LITERAL or letter in _PLAIN_ESCAPES:
            return one(_PLAIN_ESCAPES.get(letter, letter))
        known = escaped(letter)
        if known is None:
            raise BadPattern(self._text)
        return known

    def _class(self) -> Characters:
        """What stands in square brackets, the first of them read already."""
        negative = self._take("^", in_class=True)
        members: list[Characters] = []
        removed: Characters | None = None
        while not self._take("]", in_class=True):
            if members and self._text.startswith("-[", self._at):
                self._at += 2
                removed = self._class()
                continue
            if removed is not None:
                raise BadPattern(self._text)
            members.append(self._member())
        if not members:
            raise BadPattern(self._text)
        return _class_of(members, removed, negative=negative)

    def _member(self) -> Characters:
        first = self._next(in_class=True)
        if first == "[":
            raise BadPattern(self._text)
        if first == "\\":
            letter = self._peek(in_class=True)
            found = self._escaped()
            if letter not in _LITERAL and letter not in _PLAIN_ESCAPES:
                return found
            first = _PLAIN_ESCAPES.get(letter, letter)
        ahead = self._text[self._at : self._at + 2]
        if not ahead.startswith("-") or ahead in {"-]", "-["} or len(ahead) < 2:
            return one(first)
        self._at += 1
        last = self._next(in_class=True)
        if last == "\\":
            last = self._next(in_class=True)
            if last not in _LITERAL and last not in _PLAIN_ESCAPES:
                raise BadPattern(self._text)
            last = _PLAIN_ESCAPES.get(last, last)
        if last < first:
            raise BadPattern(self._text)
        return lambda each: first <= each <= last

    def _set(self, characters: Characters) -> _Set:
        return _Set(any_case(characters) if "i" in self._flags else characters)

    def _skip(self) -> None:
        while "x" in self._flags and self._at < len(self._text) and self._text[self._at] in " \t\n\r":
            self._at += 1

    def _peek(self, *, in_class: bool = False) -> str:
        if not in_class:
            self._skip()
        return self._text[self._at : self._at + 1]

    def _next(self, *, in_class: bool = False) -> str:
        found = self._peek(in_class=in_class)
        if not found:
            raise BadPattern(self._text)
        self._at += 1
        return found

    def _take(self, character: str, *, in_class: bool = False) -> bool:
        if self._peek(in_class=in_class) != character:
            return False
        self._at += 1
        return True


class _Set:
    """An atom that is one character, so that repeating it is a loop."""

    def __init__(self, characters: Characters) -> None:
        self.characters = characters


def _class_of(members: list[Characters], removed: Characters | None, *, negative: bool) -> Characters:
    def contains(each: str) -> bool:
        found = any(member(each) for member in members) != negative
        return found and (removed is None or not removed(each))

    return contains


def _start(lines: bool) -> Part:
    return matching.place(lambda text, at: at == 0 or (lines and text[at - 1] == "\n" and at < len(text)))


def _end(lines: bool) -> Part:
    return matching.place(lambda text, at: at == len(text) or (lines and text[at] == "\n"))
