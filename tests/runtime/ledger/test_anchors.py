"""Anchors: signed receipts of the newest block in places that the database's administrator cannot reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings as configured
from django.db import connection

from keguan.runtime import clock
from keguan.runtime.ledger import anchors, receipts
from keguan.runtime.ledger.actions import seal
from keguan.runtime.ledger.models import Block, Entry
from keguan.runtime.ledger.queries import verify, watch
from tests.runtime.ledger.tampering import drop_triggers, execute, undone, write_entries

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django import DjangoAssertNumQueries
    from pytest_django.fixtures import SettingsWrapper

pytestmark = pytest.mark.django_db


@pytest.fixture
def witness(tmp_path: Path, settings: SettingsWrapper) -> Path:
    """A second folder that takes anchors."""
    settings.LEDGER_ANCHORS = (f"dir:{tmp_path}",)
    return tmp_path


def lines(folder: Path) -> list[receipts.Receipt]:
    """The receipts in a folder, as they came."""
    files = sorted(folder.glob("ledger-anchors-*.jsonl"))
    return [receipts.read(line) for path in files for line in path.read_text().splitlines()]


def test_every_target_takes_the_newest_block(witness: Path, afternoon: datetime) -> None:
    """The home folder and the second one hold the same signed receipt, which fits the ledger."""
    ids = write_entries(5)
    seal()
    assert anchors.publish() == 2
    (receipt,) = lines(witness)
    assert lines(Path(configured.HOME)) == [receipt]
    assert receipt.genuine
    assert receipt.key == receipts.public_keys()[0]
    assert (receipt.last, receipt.entries) == (ids[-1], Entry.objects.count())
    assert receipt.at == "2026-11-21T06:30:00+00:00"
    assert verify(anchors=lines(witness)).sound


def test_an_anchor_comes_once_an_hour_and_only_when_there_is_something_new(witness: Path, afternoon: datetime) -> None:
    """Nothing new, nothing anchored; something new waits for the hour."""
    write_entries(1)
    seal()
    assert anchors.publish() == 2
    clock.advance(timedelta(hours=2))
    assert anchors.publish() == 0
    write_entries(1)
    seal()
    assert anchors.publish() == 2
    write_entries(1)
    seal()
    clock.advance(timedelta(minutes=59))
    assert anchors.publish() == 0
    clock.advance(timedelta(minutes=1))
    assert anchors.publish() == 2
    assert [receipt.block for receipt in lines(witness)] == sorted({receipt.block for receipt in lines(witness)})
    assert len(lines(witness)) == 3


def test_a_target_that_fails_is_named_and_tried_again(
    tmp_path: Path, settings: SettingsWrapper, afternoon: datetime
) -> None:
    """The others take theirs; the failure is shown with its reason, and after five minutes it is tried again."""
    missing = tmp_path / "not mounted"
    settings.LEDGER_ANCHORS = (f"dir:{missing}", "carrier-pigeon:home")
    write_entries(1)
    seal()
    assert anchors.publish() == 1
    told = {target.name: target for target in watch().targets}
    assert "No such file" in told[f"dir:{missing}"].failure
    assert "carrier-pigeon" in told["carrier-pigeon:home"].failure
    assert not watch().fine
    missing.mkdir()
    assert anchors.publish() == 0
    clock.advance(timedelta(minutes=5))
    assert anchors.publish() == 1
    assert {target.name: target.failure for target in watch().targets}[f"dir:{missing}"] == ""


def test_an_older_database_put_back_is_found(witness: Path) -> None:
    """Entries, blocks and counters all as they once were: genuine, and yet not what was anchored since."""
    write_entries(3)
    seal()
    anchors.publish()
    with undone():
        write_entries(3)
        seal()
        anchors.publish(now=True)
    kept = lines(witness)
    report = verify(anchors=kept)
    assert len(kept) == 2
    assert [fault.block_id for fault in report.faults] == [kept[1].block]
    assert "没有这一块" in report.faults[0].sentence


def test_a_ledger_made_anew_with_all_keys_does_not_fit_its_anchors(witness: Path) -> None:
    """Who has the keys can write another history, but not the one that was anchored."""
    ids = write_entries(3)
    seal()
    anchors.publish()
    drop_triggers()
    last = Block.objects.order_by("-id")[0]
    execute("DELETE FROM ledger_block WHERE id = %s", last.pk)
    execute("DELETE FROM ledger_entry WHERE id = %s", ids[-1])
    seal()
    found = [fault.sentence for fault in verify(anchors=lines(witness)).faults]
    assert any("被重做过" in sentence for sentence in found)


def test_a_forged_receipt_is_no_proof(witness: Path) -> None:
    """A receipt with one figure changed, or signed by a stranger, is named as such."""
    write_entries(2)
    seal()
    anchors.publish()
    (receipt,) = lines(witness)
    forged = replace(receipt, entries=receipt.entries + 1)
    assert not forged.genuine
    assert "签名不对" in verify(anchors=[forged]).faults[0].sentence
    stranger = stranger_signs(receipt)
    assert stranger.genuine
    assert "不是本系统的" in verify(anchors=[stranger]).faults[0].sentence


def stranger_signs(receipt: receipts.Receipt) -> receipts.Receipt:
    """The same statement under somebody else's key."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    unsigned = replace(receipt, key=receipts._raw(key.public_key()), signature="")
    return replace(unsigned, signature=key.sign(receipts._signed(unsigned)).hex())


def test_whoever_stops_the_sealer_is_noticed(
    afternoon: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    """Entries that wait for ten minutes are an alarm; sealed ones are none; not to be anchored for two hours is one."""
    seal()
    anchors.publish()
    write_entries(1)
    assert watch().fine
    clock.advance(timedelta(minutes=11))
    with django_assert_num_queries(3):
        late = watch()
    assert (late.sealing_late, late.fine) == (True, False)
    seal()
    assert watch().fine
    clock.advance(timedelta(hours=2, minutes=1))
    assert [target.late for target in watch().targets] == [True]


def test_the_next_proof_goes_on_where_the_last_one_ended() -> None:
    """What was proved is not read again, what came since is; an older tampering is for the whole proof to find."""
    ids = write_entries(4)
    seal()
    assert verify().since == 0
    newest = Block.objects.order_by("-id")[0].pk
    later = write_entries(2)
    report = verify(onwards=True)
    assert (report.since, report.entries, report.sound) == (newest, 2, True)
    drop_triggers()
    execute("UPDATE ledger_entry SET via = 'x' WHERE id IN (%s, %s)", ids[0], later[0])
    assert [fault.entry_id for fault in verify(onwards=True).faults] == [later[0]]
    assert [fault.entry_id for fault in verify().faults] == [ids[0], later[0]]


def test_a_forged_checkpoint_is_not_believed() -> None:
    """A file that says that everything was proved is keyed; another one is none, and so is one of another database."""
    write_entries(4)
    seal()
    assert verify().sound
    path = Path(configured.HOME) / "ledger-verified.json"
    path.write_text(path.read_text().replace('"mac": "', '"mac": "0'))
    assert verify(onwards=True).since == 0


def test_a_ledger_from_before_there_were_lanes_still_holds() -> None:
    """Entries and blocks of the first format are proved as they were, and new blocks go on from them."""
    from keguan.runtime import keyring
    from keguan.runtime.ledger.digest import block_seal, entry_digest, first_leaf, leaf, merkle_levels
    from keguan.runtime.ledger.sealing import sealed_columns

    ids = write_entries(6)
    drop_triggers()
    Block.objects.all().delete()
    Entry.objects.exclude(pk__in=ids).delete()
    if connection.vendor == "postgresql":
        execute("UPDATE ledger_lane SET count = 0, last = 0, mac = ''")
    else:
        execute("UPDATE ledger_lane SET count = 0, last = 0, mac = X''")
    key_id, key = keyring.key("ledger")
    for entry in Entry.objects.all():
        row = (entry.id, entry.at, entry.actor_id, entry.actor_name, entry.via, entry.action)
        row += (entry.subject_type, entry.subject_id, entry.clause, entry.data, entry.key_id, None)
        Entry.objects.filter(pk=entry.id).update(before=None, digest=entry_digest(key, row))
    rows = list(Entry.objects.order_by("id").values_list("id", "digest"))
    old = Block(id=1, first=ids[0], last=ids[-1], count=6, leaves=b"".join(leaf(*row) for row in rows))
    old.previous, old.key_id, old.sealed_at = "", key_id, 0
    old.root = merkle_levels(first_leaf(row) for row in rows)[-1][0].hex()
    old.seal = block_seal(key, sealed_columns(old))
    old.save(force_insert=True)
    write_entries(3)
    seal()
    assert verify().sound
    assert Block.objects.get(pk=2).total == 9
    execute("UPDATE ledger_entry SET via = 'x' WHERE id = %s", ids[2])
    assert [fault.entry_id for fault in verify().faults] == [ids[2]]
