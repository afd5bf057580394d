"""Signing in with a code as the second step."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import clock
from keguan.runtime.keyring.sealing import Unopened
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.ledger.events import listening
from keguan.runtime.ledger.models import Entry
from keguan.runtime.org import queries
from keguan.runtime.org.actions import SetActive, SetPassword
from keguan.runtime.org.events import DepartedAttempt, FactorChanged
from keguan.runtime.org.factors.enrolling import (
    BeginAuthenticator,
    ConfirmAuthenticator,
    NewRecoveryCodes,
    RemoveAuthenticator,
    ResetFactors,
)
from keguan.runtime.org.factors.presenting import PresentFactor
from keguan.runtime.org.factors.queries import factors_of
from keguan.runtime.org.models import Authenticator, RecoveryCode, Session, Staff
from tests.cast import PASSWORD
from tests.runtime.org.signing.factor_world import (
    NOBODY,
    code_now,
    enrol,
    first_step,
    logged,
    second_step,
)

if TYPE_CHECKING:
    from datetime import datetime

    from tests.cast import Cast


def test_a_code_is_asked_for_after_the_password(cast: Cast, afternoon: datetime) -> None:
    """The password alone begins no session; with the code of the next step she is in, on two factors."""
    secret, _codes = enrol(cast.lin_xiao)
    assert first_step("lin_xiao") == "pending"
    assert Session.objects.filter(staff=cast.lin_xiao.id).count() == 0
    assert second_step(cast.lin_xiao, code_now(secret, 1)) == "in"
    session = Session.objects.get(staff=cast.lin_xiao.id)
    assert (session.means, session.strong) == ("password+totp", True)
    assert first_step("zhao_qi") == "in"


def test_a_code_works_once(cast: Cast, afternoon: datetime) -> None:
    """The one that confirmed the app, and one that was used to sign in, are refused; the next one is taken."""
    secret, _codes = enrol(cast.lin_xiao)
    assert second_step(cast.lin_xiao, code_now(secret)) == "org.factor"
    assert second_step(cast.lin_xiao, code_now(secret, 1)) == "in"
    assert second_step(cast.lin_xiao, code_now(secret, 1)) == "org.factor"
    clock.advance(timedelta(seconds=60))
    assert second_step(cast.lin_xiao, code_now(secret)) == "in"


def test_an_old_code_is_refused(cast: Cast, afternoon: datetime) -> None:
    """What the telephone showed a minute ago is refused; half a minute ago is near enough."""
    secret, _codes = enrol(cast.lin_xiao)
    clock.advance(timedelta(minutes=5))
    assert second_step(cast.lin_xiao, code_now(secret, -2)) == "org.factor"
    assert second_step(cast.lin_xiao, code_now(secret, -1)) == "in"


def test_codes_cannot_be_tried_out(cast: Cast, afternoon: datetime) -> None:
    """Five wrong codes lock the account, and knowing the password in between does not begin the count anew."""
    secret, _codes = enrol(cast.lin_xiao)
    for _ in range(5):
        assert first_step("lin_xiao") == "pending"
        assert second_step(cast.lin_xiao, "000000") == "org.factor"
    found = queries.staff_by_id(cast.lin_xiao.id)
    assert found is not None
    assert found.locked_until == afternoon + timedelta(minutes=30)
    assert second_step(cast.lin_xiao, code_now(secret, 1)) == "org.factor"
    assert first_step("lin_xiao") == "org.sign_in"
    clock.advance(timedelta(minutes=30))
    assert first_step("lin_xiao") == "pending"
    assert second_step(cast.lin_xiao, code_now(secret)) == "in"


def test_a_recovery_code_works_once(cast: Cast, afternoon: datetime) -> None:
    """Without the telephone one of ten codes will do, once; nine are left."""
    _secret, codes = enrol(cast.lin_xiao)
    assert len(codes) == 10
    assert second_step(cast.lin_xiao, codes[3].lower()) == "in"
    assert second_step(cast.lin_xiao, codes[3]) == "org.factor"
    assert factors_of(cast.lin_xiao.id).recovery_left == 9
    assert Session.objects.get(staff=cast.lin_xiao.id).means == "password+recovery"


def test_somebody_elses_codes_are_worth_nothing(cast: Cast, afternoon: datetime) -> None:
    """Neither the code of 赵启's app nor his recovery code lets anybody into 林晓's account, and his stay."""
    enrol(cast.lin_xiao)
    secret, codes = enrol(cast.zhao_qi)
    assert second_step(cast.lin_xiao, code_now(secret, 1)) == "org.factor"
    assert second_step(cast.lin_xiao, codes[0]) == "org.factor"
    assert factors_of(cast.zhao_qi.id).recovery_left == 10


def test_new_recovery_codes_end_the_old_ones(cast: Cast, afternoon: datetime) -> None:
    """After fresh ones are made, an old one is refused and a new one is taken."""
    _secret, old = enrol(cast.lin_xiao)
    new = NewRecoveryCodes(actor=cast.lin_xiao.actor).run()
    assert second_step(cast.lin_xiao, old[0]) == "org.factor"
    assert second_step(cast.lin_xiao, new[0]) == "in"


def test_an_app_that_was_not_confirmed_is_not_asked_for(cast: Cast, afternoon: datetime) -> None:
    """Until a first code was right, signing in stays as it was; a wrong code changes nothing."""
    BeginAuthenticator(actor=cast.lin_xiao.actor).run()
    with pytest.raises(Refused, match=r"org\.wrong_code"):
        ConfirmAuthenticator(actor=cast.lin_xiao.actor, code="000000").run()
    assert Authenticator.objects.get(staff=cast.lin_xiao.id).confirmed_at is None
    assert RecoveryCode.objects.count() == 0
    assert first_step("lin_xiao") == "in"


def test_confirming_what_was_not_begun_is_refused(cast: Cast) -> None:
    """There is nothing to confirm, and nothing comes of it."""
    with pytest.raises(Refused, match=r"org\.no_authenticator"):
        ConfirmAuthenticator(actor=cast.lin_xiao.actor, code="123456").run()
    assert Authenticator.objects.count() == 0


def test_an_app_in_force_is_not_replaced_by_the_way(cast: Cast, afternoon: datetime) -> None:
    """A second secret is refused while one is in force: the first one stays."""
    secret, _codes = enrol(cast.lin_xiao)
    with pytest.raises(Refused, match=r"org\.authenticator_on"):
        BeginAuthenticator(actor=cast.lin_xiao.actor).run()
    assert second_step(cast.lin_xiao, code_now(secret, 1)) == "in"


def test_without_the_app_the_codes_go_too(cast: Cast, afternoon: datetime) -> None:
    """Recovery codes stand in for an app: when it is given up they are worth nothing, and none can be made."""
    enrol(cast.lin_xiao)
    RemoveAuthenticator(actor=cast.lin_xiao.actor).run()
    assert first_step("lin_xiao") == "in"
    assert RecoveryCode.objects.count() == 0
    with pytest.raises(Refused, match=r"org\.no_factor"):
        NewRecoveryCodes(actor=cast.lin_xiao.actor).run()


def test_the_secret_is_stored_sealed_and_for_her_alone(cast: Cast, afternoon: datetime) -> None:
    """Neither secret nor codes lie in the database or the ledger, and a sealed secret is no use on another row."""
    secret, codes = enrol(cast.lin_xiao)
    row = Authenticator.objects.get(staff=cast.lin_xiao.id)
    assert secret not in bytes(row.sealed)
    written = json.dumps([list(entry) for entry in Entry.objects.values_list("action", "data")])
    assert codes[0] not in written + json.dumps(list(RecoveryCode.objects.values_list("digest", flat=True)))
    enrol(cast.zhao_qi)
    Authenticator.objects.filter(staff=cast.zhao_qi.id).update(sealed=row.sealed, key_id=row.key_id, last_step=0)
    with pytest.raises(Unopened):
        second_step(cast.zhao_qi, code_now(secret, 1))


def test_a_changed_password_begins_anew(cast: Cast, afternoon: datetime) -> None:
    """Whoever knew the old password does not finish with a code after it was changed; nothing is counted."""
    secret, _codes = enrol(cast.lin_xiao)
    proven = Staff.objects.get(pk=cast.lin_xiao.id).get_session_auth_hash()
    SetPassword(actor=cast.lin_xiao.actor, staff_id=cast.lin_xiao.id, password="second-ridge-2027").run()
    with pytest.raises(Refused, match=r"org\.begin_anew"):
        PresentFactor(
            actor=NOBODY, staff_id=cast.lin_xiao.id, first="password", proven=proven, code=code_now(secret, 1)
        ).run()
    assert Session.objects.filter(staff=cast.lin_xiao.id).count() == 0
    assert Staff.objects.get(pk=cast.lin_xiao.id).failed_attempts == 0


def test_who_has_left_is_not_let_in_by_a_code(cast: Cast, afternoon: datetime) -> None:
    """An account that is closed between the two steps stays closed, and the attempt is announced."""
    secret, _codes = enrol(cast.lin_xiao)
    told: list[DepartedAttempt] = []
    SetActive(actor=SYSTEM, staff_id=cast.lin_xiao.id, active=False).run()
    with listening(DepartedAttempt, told.append):
        assert second_step(cast.lin_xiao, code_now(secret, 1)) == "org.factor"
        assert first_step("lin_xiao") == "org.sign_in"
    assert told == [DepartedAttempt(cast.lin_xiao.id, afternoon)] * 2
    assert [each["failure"] for each in logged("org.sign_in_failed")[:2]] == ["inactive", "inactive"]


def test_an_administrator_resets_others_and_never_himself(cast: Cast, afternoon: datetime) -> None:
    """After a reset she signs in with the password and her sessions have ended; he cannot reset his own."""
    secret, _codes = enrol(cast.lin_xiao)
    second_step(cast.lin_xiao, code_now(secret, 1))
    told: list[FactorChanged] = []
    with listening(FactorChanged, told.append):
        ResetFactors(actor=cast.guan_li.actor, staff_id=cast.lin_xiao.id).run()
    assert told == [FactorChanged(cast.lin_xiao.id, "reset", cast.guan_li.id)]
    assert not Session.objects.filter(ended_at=None).exists()
    assert first_step("lin_xiao") == "in"
    enrol(cast.guan_li)
    with pytest.raises(Refused, match=r"org\.own_factors"):
        ResetFactors(actor=cast.guan_li.actor, staff_id=cast.guan_li.id).run()
    assert factors_of(cast.guan_li.id).any


def test_nobody_else_resets(cast: Cast, afternoon: datetime) -> None:
    """赵启 supervises 林晓, but her factors are not his to take away."""
    enrol(cast.lin_xiao)
    with pytest.raises(Refused, match="not_permitted"):
        ResetFactors(actor=cast.zhao_qi.actor, staff_id=cast.lin_xiao.id).run()
    assert factors_of(cast.lin_xiao.id).any


def test_every_step_is_written_down_without_a_code(cast: Cast, afternoon: datetime) -> None:
    """First step, failure and success are entries; what was typed is not."""
    secret, _codes = enrol(cast.lin_xiao)
    first_step("lin_xiao")
    second_step(cast.lin_xiao, "987654")
    second_step(cast.lin_xiao, code_now(secret, 1))
    assert logged("org.first_step")[0] == {"means": "password"}
    assert logged("org.sign_in_failed")[0] == {"failure": "factor", "username": "lin_xiao"}
    assert logged("org.sign_in")[0]["means"] == "password+totp"
    written = json.dumps([list(entry) for entry in Entry.objects.values_list("action", "data")])
    assert "987654" not in written
    assert PASSWORD not in written
