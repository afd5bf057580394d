"""A model comes from outside: it may be wrong or hostile, and must neither hang nor crash us."""

from __future__ import annotations

import time

import pytest

from keguan.language.dmn.xml.fault import Fault
from keguan.language.dmn.xml.reading import read_definitions
from keguan.language.dmn.xml.tree import LARGEST
from tests.language.dmn.models import DMN, decision, definitions, feel

BOMB = (
    '<?xml version="1.0"?><!DOCTYPE definitions [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    f'<definitions xmlns="{DMN}" namespace="n" name="&b;"/>'
)
FILE = '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd">]><d>&x;</d>'


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (BOMB.encode(), "document type"),
        (FILE.encode(), "document type"),
        (b"<definitions>", "not well-formed"),
        (b"", "not well-formed"),
        (b"\xff\xfe\x00", "not well-formed"),
        (b"<a>" * 300 + b"</a>" * 300, "nests them too deeply"),
        (b"<html/>", "not a model of DMN"),
        (definitions(version="https://www.omg.org/spec/DMN/20990101/MODEL/").encode(), "not a model of DMN"),
        (b"<a>" + b" " * LARGEST + b"</a>", "larger than"),
        (definitions(decision("it", "1 + " * 6000)).encode(), "more than 20000 characters"),
    ],
)
def test_a_file_is_refused_with_a_sentence(data: bytes, reason: str) -> None:
    """Document types, entities, what is malformed, too deep or too large is refused in both languages."""
    with pytest.raises(Fault) as caught:
        read_definitions(data, "ferry.dmn")
    assert reason in caught.value.message("en")
    assert caught.value.message("zh") != caught.value.message("en")


@pytest.mark.parametrize(
    "expression",
    [
        "for a in 1..100000000 return a",
        "count(for a in 1..5000, b in 1..5000 return 1)",
        "for a in 1..500000 return partial[-1]",
        "{f: function(x) f(x), r: f(1)}.r",
        'matches("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!", "(a+)+$")',
        '{a: "0123456789012345678901234567890123456789", '
        + "".join(
            f"{new}: {old}+{old}+{old}+{old}+{old}+{old}+{old}+{old}, "
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "z: 1}",
        "{a: [1,1,1,1,1,1,1,1], "
        + "".join(
            f"{new}: [{old},{old},{old},{old},{old},{old},{old},{old}], "
            for old, new in zip("abcdefgh", "bcdefghi", strict=True)
        )
        + "r: i = i}.r",
        "10 ** 100000",
        "string(for a in 1..300000 return [partial[-1]])",
    ],
)
def test_an_expression_that_wants_too_much_is_null(expression: str) -> None:
    """Endless loops, endless recursion and values that explode are given up, soon, as null."""
    start = time.perf_counter()
    assert feel(expression) == "null"
    assert time.perf_counter() - start < 30


def test_one_decision_that_wants_too_much_does_not_spoil_another_model() -> None:
    """Every run has steps of its own."""
    assert feel("for a in 1..100000000 return a") == "null"
    assert feel("count(for a in 1..100000 return a)") == "100000"
