"""Asking for the policy in force costs next to nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.models import Publication
from keguan.runtime.policies.queries import at, current, pinned
from tests.runtime.policies.shelf import club

if TYPE_CHECKING:
    from pytest_django import DjangoAssertNumQueries

    from tests.cast import Cast


def test_asking_is_one_query(company: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Once compiled in this process, the policy in force is found with one query, and its model is the same object."""
    model = current().model
    with django_assert_num_queries(1):
        assert current().model is model


def test_a_request_asks_once(company: Cast, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    """Within a pinned block any number of questions cost one query together."""
    current()
    with django_assert_num_queries(1), pinned():
        assert current() is current() is current()


def test_a_publication_inside_a_request_is_noticed(company: Cast) -> None:
    """Whoever publishes sees the new policy in the same request, and the next request sees it too."""
    with pinned():
        before = current().publication_id
        Publish(actor=SYSTEM, packs=(club(),)).run()
        assert current().publication_id > before
    with pinned():
        assert "club" in current().model.policies


def test_an_earlier_publication_keeps_its_model(company: Cast) -> None:
    """The policy of a former day can be had by its id, unchanged by what came after."""
    Publish(actor=SYSTEM, packs=(club(threshold=100),)).run()
    first = current().publication_id
    Publish(actor=SYSTEM, packs=(club("2.0.0", threshold=50),)).run()
    assert at(first).model.policies["club"].version == "1.0.0"
    assert at(first).model.decisions["member_level"].rules[0].cells == (">= 100",)
    assert current().model.decisions["member_level"].rules[0].cells == (">= 50",)


def test_nothing_in_force_is_said(company: Cast) -> None:
    """Before anything is published, the sentence says what to do."""
    Publication.objects.all().delete()
    with pytest.raises(Refused, match=r"policies\.none") as refusal:
        current()
    assert "keguan setup" in refusal.value.message
