"""Every kind of block is whole: whoever adds one is told what it still lacks."""

from __future__ import annotations

from datetime import date
from functools import cache
from io import BytesIO

import docx
import pytest

from keguan.language import api
from keguan.language.blocks import KINDS, kind_of
from keguan.language.blocks.block import Kind
from keguan.language.diagnostics.findings import Findings
from keguan.language.markdown.document import Block
from keguan.language.markdown.parse import parse_document
from keguan.language.reference.parts import PARTS
from keguan.language.source import PackSource
from keguan.web.policies.kinds import KIND_LABELS
from tests.house.source_tree import ROOT
from tests.language.golden import Golden, read_golden

LANGUAGE = ROOT / "src" / "keguan" / "language"
GOLDEN = ROOT / "tests" / "language"
SCENARIO = "scenario"
IN_A_POLICY = [kind for kind in KINDS if kind.code != SCENARIO]
EVERY = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
DECLARED = pytest.mark.parametrize("kind", IN_A_POLICY, ids=lambda kind: kind.code)


@cache
def golden(folder: str) -> tuple[Golden, ...]:
    """Every golden file of the folders ``good`` or ``bad``."""
    return tuple(read_golden(path) for path in sorted(GOLDEN.glob(f"*/{folder}/*.md")))


@cache
def golden_blocks(folder: str) -> tuple[tuple[Golden, tuple[Block, ...]], ...]:
    """Every golden file of the folder with its blocks."""
    return tuple((file, tuple(blocks(file))) for file in golden(folder))


def blocks(file: Golden) -> list[Block]:
    """Every block of a golden file, of its packs and its scenarios."""
    texts = {f"{pack.id}/{name}": text for pack in file.packs for name, text in pack.files.items()} | file.scenarios
    elements = [each for name, text in texts.items() for each in parse_document(name, text, Findings()).elements]
    return [each for each in elements if isinstance(each, Block)]


@cache
def complained_of() -> frozenset[str]:
    """The codes of the kinds in whose blocks the bad golden files have a finding."""
    found: set[str] = set()
    for file, its_blocks in golden_blocks("bad"):
        places = [diagnostic.span for diagnostic in file.diagnostics()]
        for block in its_blocks:
            kind, span = kind_of(block), block.span
            if kind and any(each.file == span.file and span.line <= each.line <= span.end_line for each in places):
                found.add(kind.code)
    return frozenset(found)


def only_pack(kind: Kind) -> tuple[PackSource, Block]:
    """The pack of the first good golden file of one pack and one file that has such a block, and the block."""
    for file, its_blocks in golden_blocks("good"):
        found = next((block for block in its_blocks if kind_of(block) is kind), None)
        if found is not None and len(file.packs) == 1 and list(file.packs[0].files) == ["policy.md"]:
            return file.packs[0], found
    raise AssertionError(kind.code)


@EVERY
def test_words_stand_in_both_languages(kind: Kind) -> None:
    """The keyword, the lines and the columns of a kind have a Chinese and an English name each, and a meaning."""
    words = (kind, *kind.headers, *kind.columns)
    assert [word for word in words if word.zh.isascii() or not word.en.isascii() or not word.meaning] == []
    for named in (kind.headers, kind.columns):
        names = [name for word in named for name in (word.zh, word.en)]
        assert len(set(names)) == len(names)
        assert [name for name in names if name != name.lower()] == []


@EVERY
def test_golden_files_are_good_and_bad(kind: Kind) -> None:
    """A good file shows every kind, and in a bad file a finding points into a block of it."""
    assert any(kind_of(block) is kind for _file, its_blocks in golden_blocks("good") for block in its_blocks)
    assert kind.code in complained_of()


@EVERY
def test_a_page_explains_it(kind: Kind) -> None:
    """Each kind has its reference page, and the page that tells which to choose leads there."""
    assert (ROOT / "docs" / "reference" / "blocks" / f"{kind.code}.md").is_file()
    chosen = (ROOT / "docs" / "howto" / "which-block.md").read_text(encoding="utf-8")
    assert kind.code == SCENARIO or f"(../reference/blocks/{kind.code}.md)" in chosen


@EVERY
def test_its_diagnostics_stand_under_its_name(kind: Kind) -> None:
    """Each kind has its part of the catalogue; what is wrong with a fact is wrong with its expression."""
    assert kind.code == "fact" or [part.title for part in PARTS if kind.code in part.kinds]


@DECLARED
def test_files_are_where_its_word_says(kind: Kind) -> None:
    """How it is written stands in ``blocks``; what it means in ``model``, where a scorecard is a decision."""
    assert (LANGUAGE / "blocks" / f"{kind.code}.py").is_file()
    meant = "decision" if kind.code == "scorecard" else kind.code
    assert (LANGUAGE / "model" / f"{meant}.py").is_file()


@DECLARED
def test_staff_read_its_name(kind: Kind) -> None:
    """The pages of a policy have the same word for the kind as the policy itself."""
    assert str(KIND_LABELS[kind.code]) == kind.zh


def test_pages_name_no_other_kinds() -> None:
    """No page names a kind that is not there."""
    assert set(KIND_LABELS) == {kind.code for kind in IN_A_POLICY}


@DECLARED
def test_a_change_of_it_is_told(kind: Kind) -> None:
    """A block of another name is a difference; keywords in the other language are none."""
    pack, block = only_pack(kind)
    old = api.check([pack]).model
    assert old is not None
    text = pack.files["policy.md"]
    line = text.split("\n")[block.span.line - 1]
    renamed = text.replace(line, line.replace(block.label.text, f"{block.label.text}甲", 1), 1)
    new = api.check([PackSource(pack.id, {"policy.md": renamed})]).model
    if new is not None:  # else the name is used elsewhere in the file
        told = [each for each in api.differences(old, new) if (each.kind, each.code) == (kind.code, block.code.text)]
        assert [(each.before, each.after) for each in told] == [(block.label.text, f"{block.label.text}甲")]
    for language in ("zh", "en"):
        same = api.check([PackSource(pack.id, {"policy.md": api.format_policy(text, language)})]).model
        assert same is not None
        assert api.differences(old, same) == ()


@DECLARED
def test_it_is_printed(kind: Kind) -> None:
    """A policy on paper shows the block: its name, its lines and the cells of its table."""
    pack, block = only_pack(kind)
    model = api.check([pack]).model
    assert model is not None
    printed = docx.Document(BytesIO(api.print_policy(model.policies[pack.id], "docx", date(2026, 11, 21))))
    cells = [cell.text for table in printed.tables for row in table.rows for cell in row.cells]
    shown = "\n".join([*(paragraph.text for paragraph in printed.paragraphs), *cells])
    assert block.label.text in shown
    assert [each.value.text for each in block.headers if each.value.text not in shown] == []
    rows = block.table.rows if block.table is not None else ()
    assert [cell.text for row in rows for cell in row.cells if cell.text not in shown] == []
