"""The documents as staff read them, with what carries each clause out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import SYSTEM
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import clause_status, coverage, document, documents, evidence, published_packs
from tests.runtime.decisions.filing import as_seen_by, customer
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries

    from keguan.language.model.model import Control
    from tests.cast import Cast


def control(pack: str, kind: str) -> Control:
    """The first control of a kind in a document in force."""
    parts = (part for clause in document(pack).policy.clauses for part in clause.parts)
    return next(part.control for part in parts if part.control is not None and part.control.kind == kind)


def test_every_document_in_force_is_there(company: Cast) -> None:
    """A pack comes after those it builds on, with its text and its coverage."""
    found = documents()
    assert [each.policy.id for each in found] == ["core", "property-developer"]
    assert found[1].policy.title == "客户信息管理办法"
    assert "第四条" in found[1].files["policy.md"]
    assert published_packs() == {"core", "property-developer"}


def test_reading_them_costs_three_queries(company: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """However many documents and versions there are."""
    documents()
    with django_assert_num_queries(3):
        documents()


def test_coverage_counts_every_clause_once(company: Cast) -> None:
    """The counts by status add up to the clauses; 目的 is only told, 五级分类 is enforced."""
    found = coverage("property-developer")
    assert sum(found.by_status.values()) == found.clauses == 7
    clauses = {clause.ref.anchor: clause for clause in document("property-developer").policy.clauses}
    assert clause_status(clauses["purpose"]) == "narrative"
    assert clause_status(clauses["grade"]) == "enforced"


def test_versions_say_where_they_stand(company: Cast, afternoon: datetime) -> None:
    """One version is in force, one waits, one is past; the newest comes first."""
    for version, day, threshold in (
        ("1.0.0", "2026-01-01", 100),
        ("1.1.0", "2026-02-01", 90),
        ("2.0.0", "2026-12-01", 80),
    ):
        Publish(actor=SYSTEM, packs=(club(version, day, threshold=threshold),)).run()
    found = [(each.version, each.in_force, each.waiting) for each in document("club").versions]
    assert found == [("2.0.0", False, True), ("1.1.0", True, False), ("1.0.0", False, False)]


def test_a_version_overtaken_while_it_waited_waits_no_more(company: Cast, afternoon: datetime) -> None:
    """A waiting version whose place a newer one has taken is past."""
    for version, day, threshold in (
        ("1.0.0", "2026-01-01", 100),
        ("2.0.0", "2026-12-01", 80),
        ("2.0.1", "2026-11-21", 70),
    ):
        Publish(actor=SYSTEM, packs=(club(version, day, threshold=threshold),)).run()
    found = [(each.version, each.in_force, each.waiting) for each in document("club").versions]
    assert found == [("2.0.1", True, False), ("2.0.0", False, False), ("1.0.0", False, False)]


def test_an_unknown_document_is_a_key_error(company: Cast) -> None:
    """Nothing is made up for a pack that is not in force."""
    with pytest.raises(KeyError):
        document("club")


@pytest.mark.usefixtures("afternoon")
class TestEvidence:
    """Each control shows its own evidence."""

    def test_records_are_counted(self, company: Cast) -> None:
        """The clause of the customer file says how many there are."""
        for name in ("林知远", "程安"):
            customer(as_seen_by(company.xu_ke.id), name)
        (found,) = evidence(control("core", "record"))
        assert (found.sentence, found.count, found.capped) == ("在册 2 条", 2, False)

    def test_a_large_table_is_not_counted(self, company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond the cap the sentence says so and the count stays at the cap."""
        from keguan.runtime.policies import standing_evidence, stored

        for module in (stored, standing_evidence):
            monkeypatch.setattr(module, "CAP", 1)
        for name in ("林知远", "程安"):
            customer(as_seen_by(company.xu_ke.id), name)
        (found,) = evidence(control("core", "record"))
        assert (found.sentence, found.count, found.capped) == ("在册 1 条以上", 1, True)

    @pytest.mark.usefixtures("company")
    def test_people_in_post_are_counted(self) -> None:
        """The clause of the posts says how many there are and how many people hold one."""
        (found,) = evidence(control("property-developer", "role"))
        assert (found.sentence, found.count) == ("10 个岗位，7 人在岗", 7)

    def test_decisions_of_the_month_are_counted(self, company: Cast) -> None:
        """Two customers filed are two decisions and two changed outcomes this month."""
        before = evidence(control("property-developer", "decision"))[0].count
        for name in ("林知远", "程安"):
            customer(as_seen_by(company.xu_ke.id), name)
        (found,) = evidence(control("property-developer", "decision"))
        assert found.count == before + 2
        assert found.sentence.endswith("，2 次改变结果")
