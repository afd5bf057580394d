"""Documents that cases write."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.processes.actions import RevealDocument
from keguan.runtime.processes.models import Document
from keguan.runtime.processes.queries import case_view
from keguan.runtime.records.actions import Update
from tests.runtime.processes.forming import apply, decide, publish_forms
from tests.runtime.processes.world import viewer
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import Office

WHOLE = """张伟（13800135612）：

您申请的价格由8,000,000.00元改为4,500,000.00元，请尽快签约。申请理由：老客户。

云岭置地　2026年3月2日　周敏　YH-2026-001　案件{number}　寄往滨海市望江路1号
"""


@pytest.fixture
def decided(office: Office) -> Case:
    """An application that 周敏 has granted."""
    publish_forms()
    Update(
        viewer=viewer(office.cast.lin_xiao),
        record_type="customer",
        id=office.customer,
        version=1,
        values={"price_limit": "800万"},
    ).run()
    case = apply(office, {"mail_to": "滨海市望江路1号"})
    decide(office, case, {"verdict": "调整", "price_new": "450万"})
    case.refresh_from_db()
    return case


def text(case: Case) -> str:
    """The whole letter."""
    return WHOLE.format(number=case.number)


def test_a_completed_step_writes_its_document(decided: Case) -> None:
    """It has a number, a title and a text with every place filled in; what is sensitive is masked in it."""
    letter = Document.objects.get(case=decided)
    assert (letter.number, letter.title, letter.written_by_name) == ("YH-2026-001", "关于张伟的通知", "周敏")
    masked = text(decided).replace("13800135612", "138****5612").replace("滨海市望江路1号", "滨海市望******")
    assert letter.text.strip() == masked.strip()


def test_the_whole_text_is_sealed_and_shown_for_a_reason(office: Office, decided: Case) -> None:
    """Who may see originals gets the letter as it is meant to go out; the ledger keeps the reason."""
    letter = Document.objects.get(case=decided)
    assert b"13800135612" not in bytes(letter.sealed)
    asked = {"case_id": decided.pk, "document_id": letter.pk}
    found = RevealDocument(viewer=viewer(office.cast.zhou_min), reason="寄给客户", **asked).run()
    assert found.strip() == text(decided).strip()
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="cases.reveal_document"), size=1).entries[0]
    assert entry.data == {"document": letter.pk, "reason": "寄给客户"}


def test_who_may_not_see_originals_does_not_get_the_whole_text(office: Office, decided: Case) -> None:
    """A supervisor reads it masked; somebody of another branch does not know of it; nobody without a reason."""
    letter = Document.objects.get(case=decided)
    for who, reason, code in (
        (office.cast.zhao_qi, "寄给客户", "reveal.scope"),
        (office.cast.fang_ming, "寄给客户", "cases.not_found"),
        (office.cast.zhou_min, "", "reveal.reason"),
    ):
        with pytest.raises(Refused) as caught:
            RevealDocument(viewer=viewer(who), case_id=decided.pk, document_id=letter.pk, reason=reason).run()
        assert caught.value.code == code
    assert not ledger.entries_page(filters=ledger.EntryFilters(action="cases.reveal_document"), size=1).entries


def test_documents_are_numbered_one_after_the_other(office: Office, decided: Case) -> None:
    """The next letter has the next number of the year."""
    office_two = type(office)(
        office.cast, customer(office.cast.lin_xiao, "李四", "13900001111"), office.sun, office.qian
    )
    case = apply(office_two, {"price_new": "450万"})
    decide(office_two, case, {"verdict": "调整"})
    assert list(Document.objects.order_by("id").values_list("number", flat=True)) == ["YH-2026-001", "YH-2026-002"]


def test_the_case_shows_its_documents(office: Office, decided: Case) -> None:
    """With its seal, its clause and whether there is more than is shown."""
    (letter,) = case_view(viewer(office.cast.lin_xiao), decided.pk).documents
    assert (letter.label, letter.number, letter.seal, letter.step) == ("通知", "YH-2026-001", "销售专用章", "审议")
    assert (letter.whole, letter.hidden, letter.clause.anchor) == (True, False, "relief")
    assert "138****5612" in letter.text


def test_a_document_is_in_the_ledger(decided: Case) -> None:
    """By its number; not by its text."""
    entry = ledger.entries_page(filters=ledger.EntryFilters(action="cases.write_document"), size=1).entries[0]
    assert (entry.subject_id, entry.clause) == (str(decided.pk), "form-tests#relief")
    assert entry.data["number"] == "YH-2026-001"
    assert "张伟" not in str(entry.data)
