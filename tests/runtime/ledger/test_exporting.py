"""An export proves itself to somebody who has only the public key."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from keguan.runtime.ledger import export_check, exporting
from keguan.runtime.ledger.actions import Actor, Record, Refused, append, seal
from keguan.runtime.ledger.auditing import ExportLedger
from keguan.runtime.ledger.export_check import Broken, check
from keguan.runtime.ledger.queries import EntryFilters, entries_page
from tests.runtime.ledger.tampering import write_entries

pytestmark = pytest.mark.django_db

AUDITOR = Actor(None, "root", "cli")
THINGS = EntryFilters(action="tests.wrote")


@pytest.fixture
def export() -> exporting.Export:
    """Entries in three blocks and two that are not sealed, exported."""
    for count in (7, 5, 9):
        write_entries(count)
        append(AUDITOR, [Record("tests.other")])
        seal()
    write_entries(2)
    return ExportLedger(actor=AUDITOR, filters=THINGS, asked={"action": "tests.wrote"}).run()


def lines(export: exporting.Export) -> list[str]:
    """The lines of the proofs."""
    return export.proofs.splitlines()


def test_every_sealed_entry_is_proved(export: exporting.Export) -> None:
    """Those in blocks are proved, those that are not sealed are counted, and the export stands in the ledger."""
    assert check(lines(export), export.public_key.encode()) == (21, 2, [])
    assert len(export.cards) == 23
    entry = entries_page().entries[0]
    asked = {"action": "tests.wrote"}
    assert (entry.action, entry.data) == ("ledger.export", {"asked": asked, "block": export.receipt.block, "count": 23})


def test_an_early_receipt_takes_the_place_of_the_files_own(export: exporting.Export) -> None:
    """A receipt that was kept elsewhere proves as well; a forged one, or another key, proves nothing."""
    receipt = json.loads(export.receipt.text)
    assert check(lines(export), export.public_key.encode(), receipt)[0] == 21
    with pytest.raises(Broken, match="not signed"):
        check(lines(export), export.public_key.encode(), receipt | {"entries": 1})
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    other = Ed25519PrivateKey.generate().public_key()
    pem = other.public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(Broken, match="not signed"):
        check(lines(export), pem)


def test_a_changed_entry_is_named(export: exporting.Export) -> None:
    """Any column of any entry, and no other is blamed."""
    for at in range(1, 22):
        for column in range(12):
            changed = lines(export)
            entry = json.loads(changed[at])
            entry["row"][column] = "x" if isinstance(entry["row"][column], str) else 4711
            changed[at] = json.dumps(entry, ensure_ascii=False)
            proved, _loose, wrong = check(changed, export.public_key.encode())
            assert (proved, len(wrong)) == (20, 1)


def test_a_changed_or_missing_block_proves_nothing(export: exporting.Export) -> None:
    """The chain of blocks must end in the receipt."""
    first, *rest = lines(export)
    for place in range(len(json.loads(first)["blocks"])):
        head = json.loads(first)
        head["blocks"][place]["count"] = 1
        with pytest.raises(Broken):
            check([json.dumps(head), *rest], export.public_key.encode())
        head = json.loads(first)
        del head["blocks"][place]
        with pytest.raises(Broken):
            check([json.dumps(head), *rest], export.public_key.encode())


def test_a_missing_line_is_noticed(export: exporting.Export) -> None:
    """The file says how many entries it holds; a damaged one is no export."""
    assert check(lines(export)[:-1], export.public_key.encode())[2] == [
        "the file says it holds 23 entries; it holds 22"
    ]
    with pytest.raises(Broken):
        check(["{}"], export.public_key.encode())
    with pytest.raises(Broken):
        check([], export.public_key.encode())


def test_blocks_between_are_told_by_their_hash() -> None:
    """Entries of the first block are proved against a receipt of the last, whatever lies between."""
    ids = write_entries(2)
    seal()
    for _ in range(4):
        append(AUDITOR, [Record("tests.other")])
        seal()
    found = exporting.gathered(THINGS, {})
    told = json.loads(found.proofs.splitlines()[0])["blocks"]
    assert ["hash" in link for link in told] == [False, True, True, True, True]
    assert check(found.proofs.splitlines(), found.public_key.encode())[0] == len(ids)


def test_no_value_leaves_with_an_export() -> None:
    """Old and new values and reasons are ciphertext in what is proved."""
    changes = {"city": ["江州", "云岭"]}
    append(AUDITOR, [Record("records.update", "customer", 931, data={"changes": changes, "reason": "来电更正"})])
    seal()
    found = exporting.gathered(EntryFilters(subject_type="customer", subject_id="931"), {})
    assert found.cards[0].data["changes"] == changes
    for secret in ("江州", "云岭", "来电"):
        assert secret not in found.proofs


def test_too_much_for_one_file_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """More entries than one file holds, or none: a sentence, and nothing exported."""
    write_entries(4)
    seal()
    monkeypatch.setattr(exporting, "MOST", 3)
    with pytest.raises(Refused) as refusal:
        exporting.gathered(THINGS, {})
    assert refusal.value.code == "ledger.export_many"
    with pytest.raises(Refused) as refusal:
        exporting.gathered(EntryFilters(action="tests.nothing"), {})
    assert refusal.value.code == "ledger.export_nothing"


def test_the_checker_runs_alone(export: exporting.Export, tmp_path: Path) -> None:
    """The file of the checker is a program without ours: it needs no installation of Keguan."""
    program = tmp_path / "check.py"
    program.write_bytes(Path(export_check.__file__).read_bytes())
    (tmp_path / "proofs.jsonl").write_text(export.proofs, encoding="utf-8")
    (tmp_path / "key.pem").write_text(export.public_key, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-I", str(program), str(tmp_path / "proofs.jsonl"), str(tmp_path / "key.pem")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.stdout, done.returncode) == ("21 entries proved, 0 wrong, 2 not sealed when exported\n", 0)
