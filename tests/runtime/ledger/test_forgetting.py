"""Forgetting somebody does not break the ledger: entries stay, their proof holds, what they said is gone."""

from __future__ import annotations

import pytest

from keguan.runtime.ledger.actions import Actor, Record, append, forget, seal
from keguan.runtime.ledger.models import Entry, SubjectKey
from keguan.runtime.ledger.queries import EntryCard, entries_page, verify

pytestmark = pytest.mark.django_db

LIN_XIAO = Actor(4001, "林晓", "web")
CHANGES = {"city": ["江州", "云岭"], "name": ["苏晴", "苏晴晴"]}


def wrote(subject: int, **data: object) -> EntryCard:
    """Write an entry about a customer and read it again."""
    (entry_id,) = append(LIN_XIAO, [Record("records.update", "customer", subject, "core#a3", data)])
    return read(entry_id)


def read(entry_id: int) -> EntryCard:
    """An entry as pages get it."""
    (card,) = [card for card in entries_page(size=200).entries if card.id == entry_id]
    return card


def test_what_was_said_reads_as_it_was_written() -> None:
    """Old and new values and reasons come back; in the database there is ciphertext, besides codes and numbers."""
    card = wrote(901, changes=CHANGES, reason="客户来电更正", version=3)
    assert dict(card.data) == {"changes": CHANGES, "reason": "客户来电更正", "version": 3}
    assert not card.forgotten
    stored = Entry.objects.get(pk=card.id).data
    for secret in ("苏晴", "江州", "来电"):
        assert secret not in stored
    assert '"changes":["city","name"]' in stored


def test_the_forgotten_are_gone_and_the_proof_holds() -> None:
    """The subject's values cannot be read any more, sealed or not; who, when and which fields can; others stay."""
    first = wrote(902, changes=CHANGES, version=3)
    other = wrote(903, changes=CHANGES)
    seal()
    second = wrote(902, reason="再次更正")
    assert forget([("customer", "902"), ("customer", "none")]) == 1
    gone = read(first.id)
    assert gone.forgotten
    assert gone.data == {"changes": {"city": [], "name": []}, "version": 3}
    assert (gone.actor_name, gone.clause) == ("林晓", "core#a3")
    assert read(second.id).data == {}
    assert read(other.id).data == {"changes": CHANGES}
    seal()
    assert verify().sound
    assert forget([("customer", "902")]) == 0


def test_what_is_written_after_forgetting_brings_nothing_back() -> None:
    """The entry of the forgetting itself keeps its reason; values are not kept again."""
    wrote(904, changes=CHANGES)
    forget([("customer", "904")])
    card = wrote(904, changes=CHANGES, reason="保存期满，依规定销毁")
    assert card.data == {"changes": {"city": [], "name": []}, "reason": "保存期满，依规定销毁"}
    assert "苏晴" not in Entry.objects.get(pk=card.id).data


def test_a_key_that_was_tampered_with_is_not_called_forgetting() -> None:
    """Nobody makes a value unreadable and calls it the rule; writing goes on."""
    card = wrote(905, changes=CHANGES)
    SubjectKey.objects.filter(subject_type="customer", subject_id="905").update(sealed=b"x" * 60)
    assert (read(card.id).forgotten, read(card.id).data) == (False, {"changes": {"city": [], "name": []}})
    assert wrote(905, reason="再次更正").data == {"reason": "再次更正"}


def test_one_subjects_key_opens_nobody_elses() -> None:
    """A key row moved to another subject opens nothing."""
    one, other = wrote(906, changes=CHANGES), wrote(907, changes=CHANGES)
    sealed = SubjectKey.objects.get(subject_id="906").sealed
    SubjectKey.objects.filter(subject_id="907").update(sealed=sealed)
    assert read(other.id).data == {"changes": {"city": [], "name": []}}
    assert read(one.id).data == {"changes": CHANGES}


def test_staff_and_policies_are_not_sealed() -> None:
    """Entries about the company's own affairs are evidence and stay in clear."""
    (entry_id,) = append(LIN_XIAO, [Record("org.set_active", "staff", 7, data={"reason": "离职"})])
    assert Entry.objects.get(pk=entry_id).data == '{"reason":"离职"}'
    assert not SubjectKey.objects.filter(subject_type="staff").exists()


def test_an_entry_from_before_values_were_sealed_is_still_read() -> None:
    """Data in clear are data."""
    card = wrote(908, version=1)
    in_clear = '{"changes":{"city":["a","b"]}}'
    new = Entry.objects.filter(pk=card.id).values().get() | {"id": card.id + 1, "data": in_clear}
    Entry.objects.create(**new)
    assert read(card.id + 1).data == {"changes": {"city": ["a", "b"]}}
