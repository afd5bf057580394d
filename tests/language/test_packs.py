"""The packs in the repository: clean, whole, and every scenario of theirs passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from keguan.cli.folders import with_bases
from keguan.language import api
from keguan.language.diagnostics.diagnostic import Severity
from keguan.language.model.invariants import broken
from tests.language.sources import PACKS, model_of, pack

TOGETHER = [
    ("core",),
    ("core", "property-developer"),
    ("template",),
    ("core", "property-developer", "template"),
    ("core", "trade-credit"),
    ("core", "prosthetics"),
    ("group-insurance",),
    ("core", "property-developer", "complaints", "property-management", "protection", "yunling"),
    ("core", "protection"),
    ("core", "verification"),
    ("core", "protection", "bank"),
    ("core", "protection", "postal-privacy"),
    ("core", "complaints", "protection", "archive-and-secrecy"),
    ("core", "complaints", "protection", "insurance-intermediary"),
    ("core", "complaints", "protection", "enterprise-regulations"),
    ("core", "complaints", "protection", "education"),
]
WITH_SCENARIOS = [
    ("core", "verification"),
    ("core", "property-developer"),
    ("template",),
    ("core", "trade-credit"),
    ("core", "prosthetics"),
    ("group-insurance",),
    ("core", "protection"),
    ("core", "protection", "bank"),
    ("core", "protection", "postal-privacy"),
    ("core", "complaints", "protection", "archive-and-secrecy"),
    ("core", "complaints", "protection", "insurance-intermediary"),
]


@pytest.mark.parametrize("names", TOGETHER, ids="+".join)
def test_packs_have_nothing_to_report(names: tuple[str, ...]) -> None:
    """Checking the packs, alone and together, finds neither errors nor warnings."""
    found = [each for each in api.check(pack(*names)).diagnostics if each.severity is not Severity.NOTE]
    assert [(str(each.span), each.message()) for each in found] == []


@pytest.mark.parametrize(
    "folder", sorted(path.parent for path in PACKS.glob("*/policy.md")), ids=lambda path: path.name
)
def test_every_pack_with_its_bases_has_nothing_to_report(folder: Path) -> None:
    """No error and no warning in any pack that lies in the repository, and every invariant is kept."""
    packs = with_bases([folder])
    found = [each for each in api.check(packs).diagnostics if each.severity is not Severity.NOTE]
    assert [(str(each.span), each.message()) for each in found] == []
    assert broken(model_of(*packs)) == ()


@pytest.mark.parametrize("names", TOGETHER, ids="+".join)
def test_packs_keep_every_invariant(names: tuple[str, ...]) -> None:
    """Everything that is promised of a model is true of the packs' models."""
    assert broken(model_of(*pack(*names))) == ()


@pytest.mark.parametrize("names", WITH_SCENARIOS, ids="+".join)
def test_scenarios_pass(names: tuple[str, ...]) -> None:
    """Every scenario of the pack that needs no stage is as its author expects, and the others can be read."""
    model = model_of(*pack(*names))
    files = {path.name: path.read_text(encoding="utf-8") for path in (PACKS / names[-1] / "scenarios").glob("*.md")}
    results = api.run_scenarios(model, files)
    wrong = [
        (
            result.name,
            *(found.message() for found in result.diagnostics),
            *(each.sentence() for each in result.failures),
        )
        for result in results
        if not result.passed and not result.waiting
    ]
    assert results
    assert wrong == []


def test_every_check_of_s25_has_several_scenarios() -> None:
    """Each of S25's five checks is shown by at least four scenarios."""
    model = model_of(*pack("core", "property-developer"))
    text = (PACKS / "property-developer" / "scenarios" / "s25.md").read_text(encoding="utf-8")
    ids = [result.id for result in api.run_scenarios(model, {"s25.md": text})]
    assert set(ids) == {f"S25-{number}" for number in range(1, 6)}
    assert min(ids.count(id_) for id_ in set(ids)) >= 4


def test_packs_that_are_used_come_first_whatever_the_order() -> None:
    """Packs may be given in any order: what is used is linked before what uses it."""
    forwards = model_of(*pack("core", "property-developer"))
    backwards = model_of(*pack("property-developer", "core"))
    assert forwards.record_types == backwards.record_types
    assert forwards.decisions == backwards.decisions


def test_no_pack_names_a_real_company() -> None:
    """The packs speak of invented companies only."""
    for name in sorted(path.name for path in PACKS.iterdir() if path.is_dir()):
        for source in pack(name):
            for text in source.files.values():
                assert not any(word in text for word in ("\u7f8e\u7684", "\u660e\u6e90", "Midea", "Mingyuan"))
