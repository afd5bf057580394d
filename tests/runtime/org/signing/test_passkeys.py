"""Passkeys, with one in software."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.org.actions import SetActive
from keguan.runtime.org.events import DepartedAttempt
from keguan.runtime.org.factors.keeping import AddPasskey, RemovePasskey, registration
from keguan.runtime.org.factors.passkeys import House
from keguan.runtime.org.factors.presenting import Assertion, SignInWithPasskey, proof_asked
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.models import Passkey, Session
from tests.runtime.org.signing.factor_world import NOBODY, enrol, first_step, logged, second_step
from tests.runtime.org.signing.soft_key import PRESENT, SoftKey

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from tests.cast import Cast, Member

HOUSE = House("crm.example.com", "https://crm.example.com")


def plain(options: Any) -> dict[str, Any]:
    """The options as they arrive in the browser."""
    return json.loads(json.dumps(options))


def add(member: Member, key: SoftKey, house: House = HOUSE) -> object:
    """Register a key for one of the cast."""
    options, kept = registration(house, member.id, member.username)
    return AddPasskey(
        actor=member.actor, house=house, kept=kept, answer=key.make(plain(options)), label="办公电脑"
    ).run()


def assertion(key: SoftKey, staff_id: int | None = None) -> Assertion:
    """The key's answer to a fresh question."""
    options, kept = proof_asked(HOUSE, staff_id)
    return Assertion(HOUSE, kept, key.sign(plain(options)))


def alone(with_what: Assertion) -> str:
    """Sign in with a passkey alone: the means, or the refusal's code."""
    try:
        return SignInWithPasskey(actor=NOBODY, assertion=with_what).run().means
    except Refused as refusal:
        return refusal.code


def test_a_passkey_is_a_second_factor(cast: Cast, afternoon: datetime) -> None:
    """The password is not enough any more; with the key's signature she is in, and recovery codes were given."""
    key = SoftKey()
    codes = add(cast.lin_xiao, key)
    assert len(codes) == 10  # type: ignore[arg-type]
    assert first_step("lin_xiao") == "pending"
    assert second_step(cast.lin_xiao, assertion=assertion(key, cast.lin_xiao.id)) == "in"
    assert Session.objects.get(staff=cast.lin_xiao.id).means == "password+passkey"
    card = factors_of(cast.lin_xiao.id).passkeys[0]
    assert (card.name, card.added_at, card.used_at) == ("办公电脑", afternoon, afternoon)


def test_a_passkey_alone_signs_in(cast: Cast, afternoon: datetime) -> None:
    """No name and no password: whose key it is says who it is, and the session rests on two factors."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    assert alone(assertion(key)) == "passkey"
    session = Session.objects.get()
    assert (session.staff_id, session.strong) == (cast.lin_xiao.id, True)
    assert logged("org.sign_in")[0]["means"] == "passkey"


def test_only_the_public_half_is_kept(cast: Cast) -> None:
    """What is stored can check a signature and cannot make one."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    secret = key.key.private_numbers().private_value.to_bytes(32, "big")
    row = Passkey.objects.get()
    assert secret not in bytes(row.credential)
    assert bytes(row.credential_id) == key.id


def _other_origin(key: SoftKey) -> None:
    key.origin = "https://crm.example.com.evil.example"


def _other_host(key: SoftKey) -> None:
    key.host = "evil.example"


def _not_verified(key: SoftKey) -> None:
    key.flags = PRESENT


def _other_key(key: SoftKey) -> None:
    key.key = SoftKey().key


def _unknown(key: SoftKey) -> None:
    key.id = SoftKey().id


def _other_person(key: SoftKey) -> None:
    key.handle = b"keguan.staff.999"


@pytest.mark.parametrize("spoil", [_other_origin, _other_host, _not_verified, _other_key, _unknown, _other_person])
def test_what_does_not_prove_it_is_refused(cast: Cast, afternoon: datetime, spoil: Callable[[SoftKey], None]) -> None:
    """Another origin or host, no check of the owner, another key, an unknown one, another's name: nobody comes in."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    spoil(key)
    assert alone(assertion(key)) == "org.passkey_sign_in"
    assert second_step(cast.lin_xiao, assertion=assertion(key, cast.lin_xiao.id)) == "org.factor"
    assert Session.objects.count() == 0
    assert Passkey.objects.get().used_at is None


def test_an_answer_to_another_question_is_refused(cast: Cast, afternoon: datetime) -> None:
    """A signature that was overheard does not answer the next question."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    overheard = assertion(key)
    _options, kept = proof_asked(HOUSE, None)
    assert alone(Assertion(HOUSE, kept, overheard.answer)) == "org.passkey_sign_in"
    assert Session.objects.count() == 0


def test_a_cloned_key_is_noticed(cast: Cast, afternoon: datetime) -> None:
    """A counter that does not go up tells of a copy: refused, and the ledger says why."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    assert alone(assertion(key)) == "passkey"
    key.counter = 0
    assert alone(assertion(key)) == "org.passkey_sign_in"
    assert logged("org.sign_in_failed")[0]["failure"] == "cloned"


def test_keys_without_a_counter_are_taken(cast: Cast, afternoon: datetime) -> None:
    """Keys that are synchronised between devices always count zero."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    for _ in range(2):
        key.counter = -1
        assert alone(assertion(key)) == "passkey"


@pytest.mark.parametrize("answer", [{}, {"id": 1}, {"rawId": "!!", "response": []}, {"response": {"signature": "x"}}])
def test_nonsense_is_refused_like_anything_else(cast: Cast, answer: dict[str, Any]) -> None:
    """Whatever is sent in place of an answer, it proves nothing and breaks nothing."""
    _options, kept = proof_asked(HOUSE, None)
    assert alone(Assertion(HOUSE, kept, answer)) == "org.passkey_sign_in"
    assert second_step(cast.lin_xiao, assertion=Assertion(HOUSE, kept, answer)) == "org.factor"


def test_somebody_elses_key_does_not_finish_her_sign_in(cast: Cast, afternoon: datetime) -> None:
    """赵启's key signs for 赵启 alone."""
    hers, his = SoftKey(), SoftKey()
    add(cast.lin_xiao, hers)
    add(cast.zhao_qi, his)
    assert second_step(cast.lin_xiao, assertion=assertion(his, cast.zhao_qi.id)) == "org.factor"
    assert Session.objects.count() == 0


def test_a_key_is_bound_to_one_person(cast: Cast) -> None:
    """The same key cannot be registered twice, by her or by anybody."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    for member in (cast.lin_xiao, cast.zhao_qi):
        with pytest.raises(Refused, match=r"org\.passkey_known"):
            add(member, key)
    assert Passkey.objects.count() == 1


def test_who_has_left_is_not_let_in_by_a_key(cast: Cast, afternoon: datetime) -> None:
    """The key still signs; the account stays closed, and the attempt is announced."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=False).run()
    told: list[DepartedAttempt] = []
    with listening(DepartedAttempt, told.append):
        assert alone(assertion(key)) == "org.passkey_sign_in"
    assert told == [DepartedAttempt(cast.lin_xiao.id, afternoon)]
    assert Session.objects.count() == 0


def test_a_lock_against_guessing_does_not_hold_up_a_key(cast: Cast, afternoon: datetime) -> None:
    """Whoever guesses at her password cannot keep her out: a signature cannot be guessed."""
    key = SoftKey()
    add(cast.lin_xiao, key)
    for _ in range(5):
        first_step("lin_xiao", "not-her-password")
    assert first_step("lin_xiao") == "org.sign_in"
    assert alone(assertion(key)) == "passkey"


def test_one_removes_ones_own_keys_only(cast: Cast) -> None:
    """赵启 cannot remove 林晓's key; she can, and her recovery codes go with the last factor."""
    add(cast.lin_xiao, SoftKey())
    key_id = Passkey.objects.get().pk
    with pytest.raises(Refused, match=r"org\.no_passkey"):
        RemovePasskey(actor=cast.zhao_qi.actor, passkey_id=key_id).run()
    assert Passkey.objects.count() == 1
    RemovePasskey(actor=cast.lin_xiao.actor, passkey_id=key_id).run()
    assert factors_of(cast.lin_xiao.id).recovery_left == 0
    assert first_step("lin_xiao") == "in"


def test_recovery_codes_stay_while_another_factor_is_there(cast: Cast, afternoon: datetime) -> None:
    """With an app beside it, giving up the key leaves the codes."""
    enrol(cast.lin_xiao)
    assert add(cast.lin_xiao, SoftKey()) == ()
    RemovePasskey(actor=cast.lin_xiao.actor, passkey_id=Passkey.objects.get().pk).run()
    assert factors_of(cast.lin_xiao.id).recovery_left == 10


@pytest.mark.parametrize(
    ("host", "origin", "fit"),
    [
        ("crm.example.com", "https://crm.example.com", True),
        ("localhost", "http://localhost:8000", True),
        ("crm.example.com", "http://crm.example.com", False),
        ("127.0.0.1", "https://127.0.0.1", False),
    ],
)
def test_where_browsers_let_us(host: str, origin: str, fit: bool) -> None:
    """Under a name and HTTPS, or on the very same machine; never under a bare number."""
    assert House(host, origin).fit is fit
