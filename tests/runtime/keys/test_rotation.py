"""Keys rotated while people work."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.db import connection

from keguan.runtime import keyring
from keguan.runtime.access import crypto, resealing
from keguan.runtime.access.actions import Reveal
from keguan.runtime.access.sealed_columns import sealed_columns
from keguan.runtime.access.viewer import viewer_for
from keguan.runtime.jobs.actions import Cancelled, run_now
from keguan.runtime.jobs.queries import State, job
from keguan.runtime.keys import rotating
from keguan.runtime.keys.actions import HoldKeys, RetireKey, RotateKey
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.org.factors.enrolling import BeginAuthenticator, ConfirmAuthenticator
from keguan.runtime.org.factors.models import Authenticator
from keguan.runtime.org.factors.sealing import opened
from keguan.runtime.org.factors.totp import code_at
from keguan.runtime.records import queries as records
from keguan.runtime.records import reindexing
from keguan.runtime.records.actions import Create, SaveView, Update
from keguan.runtime.records.queries import ListQuery
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from datetime import datetime

    from pytest_django.fixtures import SettingsWrapper

    from tests.cast import Cast


@pytest.fixture(autouse=True)
def keys_of_its_own(settings: SettingsWrapper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A copy of the key file, so that other tests keep theirs; and no waiting for other processes."""
    for suffix in (".json", ".kek"):
        shutil.copy(Path(settings.KEYRING_PATH).with_suffix(suffix), tmp_path / f"keyring{suffix}")
    settings.KEYRING_PATH = tmp_path / "keyring.json"
    monkeypatch.setattr(rotating, "HELD_SECONDS", -rotating._A_LITTLE_LONGER)
    monkeypatch.setattr("keguan.runtime.access.keys.HELD_SECONDS", -1.0)


def rotate(purpose: str) -> str:
    """Rotate and let the job run; its sentence."""
    job_id = RotateKey(actor=SYSTEM, purpose=purpose, wake=False).run()
    run_now(job_id)
    done = job(job_id)
    assert done is not None
    assert (done.state, done.error) == (State.DONE, "")
    return done.message


def named(purpose: str) -> int:
    """The number of the key in use."""
    return keyring.key(purpose)[0]


def headers() -> set[int]:
    """The numbers of the keys that the sealed values of all tables name."""
    found: set[int] = set()
    with connection.cursor() as cursor:
        for column in sealed_columns():
            cursor.execute(f'SELECT "{column.column}" FROM "{column.table}" WHERE "{column.column}" IS NOT NULL')
            found |= {crypto.key_of(bytes(row[0])) for row in cursor.fetchall()}
    return found


def original(cast: Cast, record_id: int) -> str:
    """A customer's phone as the law lets 林晓 see it."""
    viewer = viewer_for(cast.lin_xiao.id)
    return Reveal(viewer=viewer, record_type="customer", id=record_id, field="phone", reason="核对来电").run()


def found(cast: Cast, typed: str) -> list[int]:
    """Whom 林晓 finds."""
    page = records.page(viewer_for(cast.lin_xiao.id), "customer", ListQuery(search=typed))
    return [row.id for row in page.rows]


def test_every_sealed_value_comes_under_the_new_key(company: Cast) -> None:
    """After a rotation no value names the old key, originals are the same, and the old key can be destroyed."""
    record_id = customer(company.lin_xiao)
    SaveView(
        viewer=viewer_for(company.lin_xiao.id), record_type="customer", title="我的", query=ListQuery(search="5612")
    ).run()
    before = original(company, record_id)
    old = named("fields")
    said = rotate("fields")
    assert headers() == {named("fields")}
    assert named("fields") > old
    assert said.endswith("无法打开的0项。")
    assert original(company, record_id) == before
    RetireKey(actor=SYSTEM, key_id=old).run()
    assert old not in {key.id for key in keyring.all_keys()}
    assert original(company, record_id) == before


def test_a_key_that_something_needs_is_not_destroyed(company: Cast) -> None:
    """While one value is still sealed with it, or it is in use, a key stays."""
    customer(company.lin_xiao)
    old = named("fields")
    with pytest.raises(Refused, match="正在使用"):
        RetireKey(actor=SYSTEM, key_id=old).run()
    keyring.file.rotate(keyring_path(), "fields")
    with pytest.raises(Refused, match="还有信息是用这把密钥加密的"):
        RetireKey(actor=SYSTEM, key_id=old).run()
    assert old in {key.id for key in keyring.all_keys()}


def keyring_path() -> Path:
    """The key file in use."""
    from django.conf import settings

    return Path(settings.KEYRING_PATH)


def test_secrets_of_authenticator_apps_come_under_the_new_key(company: Cast, afternoon: datetime) -> None:
    """After a rotation of their key an app's codes still sign in, and the old key can be destroyed; not before."""
    actor = company.lin_xiao.actor
    secret = BeginAuthenticator(actor=actor).run()
    old = named("factors")
    keyring.file.rotate(keyring_path(), "factors")
    with pytest.raises(Refused, match="还有信息是用这把密钥加密的"):
        RetireKey(actor=SYSTEM, key_id=old).run()
    said = rotate("factors")
    assert said.startswith("已用新密钥重新加密1项")
    RetireKey(actor=SYSTEM, key_id=old).run()
    row = Authenticator.objects.get(staff=company.lin_xiao.id)
    assert (row.key_id, opened(company.lin_xiao.id, row.key_id, row.sealed)) == (named("factors"), secret)
    ConfirmAuthenticator(actor=actor, code=code_at(secret, int(afternoon.timestamp()) // 30)).run()
    assert Authenticator.objects.get().confirmed_at == afternoon


def test_a_damaged_secret_is_counted_and_keeps_its_key(company: Cast) -> None:
    """A secret that no key opens stays as it is, is told of, and keeps its key from being destroyed."""
    BeginAuthenticator(actor=company.lin_xiao.actor).run()
    row = Authenticator.objects.get()
    damaged = bytes(row.sealed)[:-1] + bytes([bytes(row.sealed)[-1] ^ 1])
    Authenticator.objects.update(sealed=damaged)
    assert rotate("factors").endswith("无法打开的1项。")
    assert bytes(Authenticator.objects.get().sealed) == damaged
    with pytest.raises(Refused, match="还有信息"):
        RetireKey(actor=SYSTEM, key_id=row.key_id).run()


def test_a_value_changed_meanwhile_keeps_the_change(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody writes between reading and writing of the rotation: what they wrote stands."""
    record_id = customer(company.lin_xiao)
    write = resealing._write

    def overtaken(*arguments: object) -> None:
        monkeypatch.setattr(resealing, "_write", write)
        Update(
            viewer=viewer_for(company.lin_xiao.id),
            record_type="customer",
            id=record_id,
            version=1,
            values={"phone": "13900009999"},
        ).run()
        write(*arguments)

    monkeypatch.setattr(resealing, "_write", overtaken)
    rotate("fields")
    assert original(company, record_id) == "13900009999"


def test_a_damaged_value_is_counted_and_left(company: Cast) -> None:
    """A value that no key opens stays as it is, is told of, and keeps its key from being destroyed."""
    record_id = customer(company.lin_xiao)
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM rec_customer WHERE id = %s", [record_id])
        kept = bytes(cursor.fetchone()[0])
        damaged = kept[:-1] + bytes([kept[-1] ^ 1])
        cursor.execute("UPDATE rec_customer SET phone = %s WHERE id = %s", [damaged, record_id])
    old = named("fields")
    assert rotate("fields").endswith("无法打开的1项。")
    with connection.cursor() as cursor:
        cursor.execute("SELECT phone FROM rec_customer WHERE id = %s", [record_id])
        assert bytes(cursor.fetchone()[0]) == damaged
    with pytest.raises(Refused, match="还有信息"):
        RetireKey(actor=SYSTEM, key_id=old).run()


def test_it_goes_on_where_it_was_killed(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Stopped after the first transaction, a second run finds the rest and touches nothing twice."""
    for number in range(3):
        customer(company.lin_xiao, phone=f"1380000000{number}")
    monkeypatch.setattr(resealing, "BATCH", 1)
    keyring.file.rotate(keyring_path(), "fields")
    write, times = resealing._write, []

    def once(*arguments: object) -> None:
        if times:
            raise Cancelled
        times.append(1)
        write(*arguments)

    monkeypatch.setattr(resealing, "_write", once)
    with pytest.raises(Cancelled):
        resealing.reseal()
    assert len(headers()) == 2
    monkeypatch.setattr(resealing, "_write", write)
    resealing.reseal()
    assert headers() == {named("fields")}
    assert resealing.reseal().values == 0


def test_duplicates_are_found_at_every_moment_of_a_rotation(company: Cast) -> None:
    """The same phone is a duplicate before, during and after the key for blind indexes is rotated."""
    customer(company.lin_xiao, phone="13800000001")
    keyring.file.rotate(keyring_path(), "indexes")
    again = {"name": "另一个", "customer_kind": "个人", "phone": "13800000001"}
    with pytest.raises(Refused) as during:
        Create(viewer=viewer_for(company.lin_xiao.id), record_type="customer", values=again).run()
    customer(company.lin_xiao, phone="13800000002")
    said = rotate("indexes")
    assert "重做" in said
    with pytest.raises(Refused) as after:
        Create(viewer=viewer_for(company.lin_xiao.id), record_type="customer", values=again).run()
    assert (during.value.code, after.value.code) == ("records.duplicate", "records.duplicate")
    for key in [key for key in keyring.all_keys() if key.purpose == "indexes"][:-1]:
        RetireKey(actor=SYSTEM, key_id=key.id).run()
    with pytest.raises(Refused):
        Create(viewer=viewer_for(company.lin_xiao.id), record_type="customer", values=again).run()


def test_people_are_found_at_every_moment_of_a_rotation(company: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """Search finds everybody while tokens are made again, and nobody by what they were called before."""
    old = customer(company.lin_xiao, name="张伟", phone="13812345612")
    keyring.file.rotate(keyring_path(), "tokens", waiting=True)
    new = customer(company.lin_xiao, name="张莉", phone="13812345613")
    assert sorted(found(company, "张")) == [old, new]
    reindexing.reindex(reindexing.Part.NEW_TOKENS)
    assert sorted(found(company, "张")) == [old, new]
    rotate("tokens")
    assert sorted(found(company, "张")) == [old, new]
    assert found(company, "5612") == [old]
    Update(
        viewer=viewer_for(company.lin_xiao.id), record_type="customer", id=old, version=1, values={"name": "李娜"}
    ).run()
    assert (found(company, "张"), found(company, "李")) == ([new], [old])


def test_old_tokens_go(company: Cast) -> None:
    """After a rotation there are as many tokens as before, and none of the old ones."""
    customer(company.lin_xiao)
    before = tokens()
    rotate("tokens")
    assert len(tokens()) == len(before)
    assert tokens() & before == set()


def tokens() -> set[tuple[int, int]]:
    """The search tokens of customers."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT token, record_id FROM tok_customer")
        return set(cursor.fetchall())


@pytest.mark.parametrize("purpose", ["ledger", "signature", "session", "nothing"])
def test_what_must_stay_provable_is_not_rotated_here(company: Cast, purpose: str) -> None:
    """Keys of proofs are refused, and the key file stays as it was."""
    before = keyring_path().read_bytes()
    with pytest.raises(Refused, match="不能更换"):
        RotateKey(actor=SYSTEM, purpose=purpose).run()
    assert keyring_path().read_bytes() == before


def test_who_may_rotate(company: Cast) -> None:
    """Nobody without the operation rotates or destroys a key."""
    before = keyring_path().read_bytes()
    with pytest.raises(Refused, match="权限"):
        RotateKey(actor=company.zhou_min.actor, purpose="fields").run()
    with pytest.raises(Refused, match="权限"):
        RetireKey(actor=company.zhou_min.actor, key_id=1).run()
    assert keyring_path().read_bytes() == before


def test_one_rotation_at_a_time(company: Cast) -> None:
    """A second one is refused until the first is done."""
    RotateKey(actor=SYSTEM, purpose="fields", wake=False).run()
    before = keyring_path().read_bytes()
    with pytest.raises(Refused, match="还没有办完"):
        RotateKey(actor=SYSTEM, purpose="indexes").run()
    assert keyring_path().read_bytes() == before


def test_the_ledger_says_that_and_never_what(company: Cast) -> None:
    """A rotation and a destruction are entries with purpose and number."""
    old = named("fields")
    rotate("fields")
    RetireKey(actor=SYSTEM, key_id=old).run()
    entries = ledger.entries_page().entries[:2]
    assert [(entry.action, entry.subject_id) for entry in entries] == [("keys.retire", str(old)), ("keys.rotate", "")]
    assert entries[1].data["purpose"] == "fields"


def test_who_holds_the_keys_is_an_entry(company: Cast) -> None:
    """Handing keys over is written down without the address; a holder that cannot be is refused, nothing changed."""
    keys = keyring.all_keys()
    HoldKeys(actor=SYSTEM, holder="file").run()
    assert keyring.all_keys() == keys
    before = keyring_path().read_bytes()
    with pytest.raises(Refused, match="仍由原来的保管"):
        HoldKeys(actor=SYSTEM, holder="command:/nowhere/hsm").run()
    with pytest.raises(Refused, match="权限"):
        HoldKeys(actor=company.zhou_min.actor, holder="file").run()
    assert keyring_path().read_bytes() == before
    entries = ledger.entries_page(filters=ledger.EntryFilters(action="keys.hold")).entries
    assert [entry.data for entry in entries] == [{"holder": "file"}]
