"""What a document says on a sheet that strangers may read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.language.model.model import FieldKind
from keguan.runtime.access.columns import columns
from keguan.runtime.access.document_text import DocumentText
from keguan.runtime.access.masks import Profile, on_paper
from keguan.runtime.policies.queries import current
from keguan.runtime.records.shown_rows import rows_by_id
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.mark.parametrize(
    ("kind", "text", "shown"),
    [
        (FieldKind.TEXT, "秦未央", "秦**"),
        (FieldKind.TEXT, "云岭市江南区江南大道一百号", "云岭市江南区******"),
        (FieldKind.TEXT, "SF1234567890123", "SF1234567890123"),
        (FieldKind.LONG_TEXT, "易碎物品，请轻拿轻放", "易碎物品，请轻拿轻放"),
        (FieldKind.PHONE, "13800135612", "138******12"),
        (FieldKind.MONEY, "1,000.00", "1,000.00"),
    ],
)
def test_ordinary_values(kind: FieldKind, text: str, shown: str) -> None:
    """Names, addresses and numbers of people are masked on a sheet, whatever else it says stays."""
    assert on_paper(kind, text) == shown


@pytest.mark.parametrize("discloses", [False, True])
def test_a_waybill_never_says_more(company: Cast, *, discloses: bool) -> None:
    """On a waybill six figures of the phone stay hidden even where the policy means sensitive values to stand; on a
    letter that discloses, the whole stands beside the mask.
    """
    made = customer(company.lin_xiao, "秦未央", "13912345678")
    model = current().model
    (row,) = rows_by_id(model, "customer", [made], ["phone", "name"])
    known = columns(model, "customer")

    def said(profile: Profile, code: str) -> tuple[str, str]:
        found = DocumentText(None, discloses, profile).of_record("customer", known[code], row)
        return found.masked, found.whole

    assert said(Profile.PAPER, "phone") == ("139******78", "139******78")
    assert said(Profile.PAPER, "name") == ("秦**", "秦**")
    assert said(Profile.SCREEN, "phone") == ("139****5678", "13912345678" if discloses else "139****5678")
