"""Opening a record that the policy marks is written down."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType, SimpleNamespace

import pytest

from keguan.language.model.classes import Display, InformationClass
from keguan.runtime.access import traced
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from keguan.runtime.policies import queries as policies
from tests.cast import Cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def marked(company: Cast, monkeypatch: pytest.MonkeyPatch) -> str:
    """The class of the customer's phone, marked; its label."""
    model = policies.current().model
    customer = model.record_types["customer"]
    phone = customer.field("phone")
    information_class = InformationClass(
        code="C2",
        label=customer.label,
        level="C2",
        sensitive=True,
        display=Display.AS_GRANTED,
        responsible="",
        purposes=(),
        note="",
        clause=phone.clause,
        span=phone.span,
        traced=True,
    )
    classes = MappingProxyType({phone.information_class: information_class})
    monkeypatch.setattr(
        traced.policies, "current", lambda: SimpleNamespace(model=replace(model, information_classes=classes))
    )
    return str(phone.information_class)


def noted() -> list[tuple[int | None, str, dict[str, object]]]:
    """Entries about opening records."""
    entries = entries_page(filters=EntryFilters(action="ledger.read")).entries
    return [(entry.actor_id, entry.subject_id, dict(entry.data)) for entry in entries]


def test_a_marked_class_leaves_a_trace_once_a_day(company: Cast, marked: str) -> None:
    """Who opened which record, by which classes and through which door; the second time that day nothing."""
    viewer = viewer_for(company.lin_xiao.id, "web")
    assert traced.note_opened(viewer, "customer", (12,), Exit.PROFILE) == 1
    assert traced.note_opened(viewer, "customer", (12,), Exit.DRAWER) == 0
    assert noted() == [(company.lin_xiao.id, "12", {"classes": ["C2"], "count": 1, "through": "profile"})]
    assert entries_page().entries[0].clause.count("#") == 1


def test_who_does_not_see_the_class_leaves_no_trace(company: Cast, marked: str) -> None:
    """What was not shown was not read."""
    viewer = viewer_for(company.guan_li.id, "web")
    assert not any(grant.sees(marked) for grant in viewer.grants)
    assert traced.note_opened(viewer, "customer", (12,), Exit.PROFILE) == 0
    assert noted() == []


def test_without_a_mark_nothing_is_written(company: Cast) -> None:
    """A policy that marks nothing costs nothing."""
    assert traced.note_opened(viewer_for(company.lin_xiao.id, "web"), "customer", (12,), Exit.PROFILE) == 0
    assert noted() == []
