"""Every golden file and every pack, spoilt: what a tired author, a bad copy or a hostile one may hand in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import process_time
from typing import TYPE_CHECKING, TypeVar

from keguan.language import api
from keguan.language.model.invariants import broken
from keguan.language.source import PackSource, read_pack
from tests.language.golden import read_golden
from tests.language.sources import PACKS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from random import Random

    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model

HERE = Path(__file__).parent
Answer = TypeVar("Answer")
LONGEST = 20.0
"""Seconds of the processor after which one thing done with a spoilt policy counts as never answered, on any machine."""


@dataclass(frozen=True)
class Texts:
    """A policy with what goes with it: the files of its packs, and its scenarios."""

    name: str
    packs: tuple[PackSource, ...]
    scenarios: dict[str, str]

    def with_text(self, place: tuple[int, str], text: str) -> Texts:
        """The same with another text in one file; -1 is the scenarios."""
        at, file = place
        if at < 0:
            return Texts(self.name, self.packs, {**self.scenarios, file: text})
        changed = PackSource(self.packs[at].id, {**self.packs[at].files, file: text})
        return Texts(self.name, (*self.packs[:at], changed, *self.packs[at + 1 :]), self.scenarios)

    def places(self) -> list[tuple[int, str]]:
        """Where its files are."""
        found = [(at, file) for at, pack in enumerate(self.packs) for file in pack.files]
        return [*found, *((-1, file) for file in self.scenarios)]

    def text(self, place: tuple[int, str]) -> str:
        """One of its files."""
        at, file = place
        return self.scenarios[file] if at < 0 else self.packs[at].files[file]


def originals() -> Iterator[Texts]:
    """Every golden file, and every pack of the repository with the packs it uses."""
    for path in sorted((*HERE.glob("*/good/*.md"), *HERE.glob("*/bad/*.md"))):
        golden = read_golden(path)
        texts = Texts(str(path.relative_to(HERE)), golden.packs, golden.scenarios)
        if texts.places():
            yield texts
    core = read_pack(PACKS / "core")
    for folder in sorted(each for each in PACKS.iterdir() if (each / "policy.md").is_file()):
        used = (core,) if folder.name != "core" else ()
        scenarios = {
            f"scenarios/{path.name}": path.read_text(encoding="utf-8") for path in folder.glob("scenarios/*.md")
        }
        yield Texts(f"packs/{folder.name}", (*used, read_pack(folder)), scenarios)


# --- spoiling ---------------------------------------------------------------------------------------------------------

ODD = (
    "|", ":::", "```", "---", "#", "### ", ":", "：", "（", "）", "(", ")", "[", "]", "{", "}", "“", '"', "'", "\\",
    "→", "-", "—", "－", "、", ",", "，", "。", "=", ">=", "≥", "＞", "!", "%", "％", "@", '@"', "?", "*", "**", "..",
    "\t", "\r", "\r\n", "\0", "\ufeff", "\u200b", "\u2028", "\u3000", "\u00a0", "\u202e", "\ud7ff", "😀", "𠮷", "é",
    "e\u0301", "İ", "null", "true", "是", "否", "空", "0", "-1", "9" * 30, "1e9", "万", "3天", "6个月", "today()",
    "2026-02-30", "9999-12-31", "第", "条", "对象", "命中", "x in", "for i in 1..64 return ", "some c in ", "&a ",
    "*a", "!!python/name:os ", "<script>", "<!--", "-->", "{#grade}", "](", "$", "%%%", "item",
)  # fmt: skip
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})


def _lines(change: Callable[[Random, list[str]], list[str]]) -> Callable[[Random, str], str]:
    return lambda random, text: "\n".join(change(random, text.split("\n")))


def _delete(random: Random, lines: list[str]) -> list[str]:
    at = random.randrange(len(lines))
    return lines[:at] + lines[at + random.choice([1, 1, 1, 2, 5]) :]


def _double(random: Random, lines: list[str]) -> list[str]:
    at = random.randrange(len(lines))
    return lines[: at + 1] + lines[at : at + 1] * random.choice([1, 1, 1, 40]) + lines[at + 1 :]


def _swap(random: Random, lines: list[str]) -> list[str]:
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return lines


def _swap_cells(random: Random, lines: list[str]) -> list[str]:
    rows = [at for at, line in enumerate(lines) if line.startswith("|")]
    if rows:
        at, other = random.choice(rows), random.choice(rows)
        first, second = lines[at].split("|"), lines[other].split("|")
        one, two = random.randrange(len(first)), random.randrange(len(second))
        first[one], second[two] = second[two], first[one]
        lines[at], lines[other] = "|".join(first), "|".join(second)
    return lines


def _swap_words(random: Random, lines: list[str]) -> list[str]:
    """The value behind one heading line goes behind another."""
    heads = [at for at, line in enumerate(lines) if ":" in line and not line.startswith((":", "|", "#"))]
    if heads:
        at, other = random.choice(heads), random.choice(heads)
        lines[at] = f"{lines[at].partition(':')[0]}:{lines[other].partition(':')[2]}"
    return lines


def _in_line(random: Random, text: str, make: Callable[[str], str]) -> str:
    lines = text.split("\n")
    at = random.randrange(len(lines))
    lines[at] = make(lines[at])
    return "\n".join(lines)


def _put(random: Random, text: str) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at] + random.choice(ODD) + text[at + random.choice([0, 0, 1, 3]) :]


def _cut(random: Random, text: str) -> str:
    at = random.randrange(len(text) + 1)
    return text[:at]


def _wide(random: Random, text: str) -> str:
    return _in_line(random, text, lambda line: line.translate(WIDE))


def _nest(random: Random, text: str) -> str:
    opening, closing = random.choice(
        [("(", ")"), ("[", "]"), ("not(", ")"), ("（", "）"), ("if true then ", " else 1")]
    )
    depth = random.choice([5, 70, 3000])

    def make(line: str) -> str:
        cells = line.split("|")
        at = random.randrange(len(cells))
        cells[at] = opening * depth + cells[at] + closing * depth
        return "|".join(cells)

    return _in_line(random, text, make)


def _long(random: Random, text: str) -> str:
    piece, times = random.choice(["甲", "甲 ", "1 + ", '"a", ', "、乙", "(", "| "]), random.choice([300, 20_000])

    def make(line: str) -> str:
        at = random.randrange(len(line) + 1)
        return line[:at] + piece * times + line[at:]

    return _in_line(random, text, make)


SPOIL: tuple[Callable[[Random, str], str], ...] = (
    *map(_lines, (_delete, _double, _swap, _swap_cells, _swap_cells, _swap_words, _swap_words)),
    *(_put, _put, _put, _cut, _wide, _nest, _long),
)


def spoilt(random: Random, texts: Texts) -> Texts:
    """One file of it changed in one to three places."""
    place = random.choice(texts.places())
    text = texts.text(place)
    for _ in range(random.choice([1, 1, 2, 3])):
        text = random.choice(SPOIL)(random, text)
    return texts.with_text(place, text)


# --- what must hold ---------------------------------------------------------------------------------------------------


def assert_answered(texts: Texts, before: Model | None, keywords: str | None) -> None:
    """Everything that can be done with a policy gives an answer, in time: diagnostics where something is wrong.

    ``before`` is what it was before it was spoilt, ``keywords`` the language in which it is laid out.
    """
    checked = timed(lambda: api.check(texts.packs))
    for found in checked.diagnostics:
        assert_said(found)
    ids = [found.id for found in checked.diagnostics]
    _assert_laid_out(texts, ids, keywords)
    for at, file in texts.places():
        if at >= 0:
            text = texts.text((at, file))
            for name in ("paper.txt", "paper.docx"):
                _bring(name, text)
    if checked.model is None:
        assert any(found.severity == "error" for found in checked.diagnostics)
        return
    model = checked.model
    assert broken(model) == ()
    for result in timed(lambda: api.run_scenarios(model, texts.scenarios)):
        assert result.passed or result.waiting or result.diagnostics or result.failures
        for found in result.diagnostics:
            assert_said(found)
        for failure in result.failures:
            assert failure.sentence()
    assert timed(lambda: api.differences(model, model)) == ()
    if before is not None:
        for each in (*timed(lambda: api.differences(before, model)), *timed(lambda: api.differences(model, before))):
            assert each.sentence("zh")
            assert each.sentence("en")


def _assert_laid_out(texts: Texts, ids: list[str], keywords: str | None) -> None:
    laid_out = texts
    for at, file in texts.places():
        if at >= 0:
            text = texts.text((at, file))
            once = timed(lambda text=text: api.format_policy(text, keywords))
            assert api.format_policy(once, keywords) == once
            laid_out = laid_out.with_text((at, file), once)
    assert [found.id for found in api.check(laid_out.packs).diagnostics] == ids


def assert_said(found: Diagnostic) -> None:
    """A diagnostic can be read in both languages, and says where."""
    for language in ("zh", "en"):
        assert found.message(language)
        assert found.hint(language)
    assert found.span.line >= 1
    assert found.span.column >= 1
    assert (found.span.end_line, found.span.end_column) >= (found.span.line, found.span.column)


def _bring(name: str, text: str) -> None:
    try:
        brought = timed(lambda: api.bring_in(name, text.encode("utf-8"), "brought", date(2026, 11, 21)))
    except api.Unreadable:
        return
    checked = api.check([PackSource("brought", {"policy.md": brought.text})])
    assert [found.message() for found in checked.diagnostics if found.severity == "error"] == []


def timed(do: Callable[[], Answer]) -> Answer:
    """What ``do`` gives, if it does not take too long."""
    start = process_time()
    answer = do()
    assert process_time() - start < LONGEST
    return answer
