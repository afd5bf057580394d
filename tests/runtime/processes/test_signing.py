"""Signatures on the steps of cases."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from keguan.runtime.keyring.file import rotate
from keguan.runtime.processes.models import Move, Share, Value
from keguan.runtime.processes.signing import Signature, verify_signature
from tests.runtime.processes.forming import apply, decide, publish_forms

if TYPE_CHECKING:
    from pytest_django.fixtures import SettingsWrapper

    from keguan.runtime.processes.models import Case
    from tests.runtime.processes.world import Office


@pytest.fixture
def case(office: Office) -> Case:
    """An application that 林晓 has completed and signed."""
    publish_forms()
    return apply(office, {"price_new": "700万"})


def signed(case: Case, step: str = "applying") -> Share:
    """The completed share of a step."""
    return Share.objects.get(case=case, task__step=step, state="done")


def test_a_completed_share_is_signed(case: Case) -> None:
    """The signature holds, and the form is as it was signed."""
    assert len(signed(case).signature) == 64
    assert verify_signature(signed(case)) == Signature(valid=True, current=True)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("opinion", "另一个意见"),
        ("outcome", "同意"),
        ("acted_by_id", 999),
        ("acted_by_name", "别人"),
        ("for_id", 7),
        ("signature", "0" * 64),
    ],
)
def test_what_was_signed_cannot_be_altered(case: Case, field: str, value: Any) -> None:
    """Another opinion, outcome, person or name makes the signature invalid."""
    Share.objects.filter(pk=signed(case).pk).update(**{field: value})
    assert verify_signature(signed(case)) == Signature(valid=False, current=False)


def test_the_moment_is_signed(case: Case) -> None:
    """So does another moment."""
    share = signed(case)
    assert share.acted_at is not None
    Share.objects.filter(pk=share.pk).update(acted_at=share.acted_at + timedelta(minutes=1))
    assert verify_signature(signed(case)) == Signature(valid=False, current=False)


def test_the_digest_of_the_values_is_signed(case: Case) -> None:
    """Another digest in the move makes the signature invalid."""
    move = Move.objects.get(case=case, kind="complete")
    move.data["values"] = "0" * 64
    move.save(update_fields=["data"])
    assert verify_signature(signed(case)) == Signature(valid=False, current=False)


def test_a_value_altered_behind_the_system_is_noticed(case: Case) -> None:
    """The signature still holds, and says that what stands in the form is no longer what was signed."""
    Value.objects.filter(case=case, field="price_new").update(plain="1")
    assert verify_signature(signed(case)) == Signature(valid=True, current=False)


def test_a_later_step_may_change_the_form(office: Office, case: Case) -> None:
    """What the second step fills in is signed with it; the first signature holds for what it was."""
    decide(office, case, {"verdict": "调整", "price_new": "650万"})
    assert verify_signature(signed(case, "deciding")) == Signature(valid=True, current=True)
    assert verify_signature(signed(case)) == Signature(valid=True, current=False)


def test_a_signature_outlives_its_key(case: Case, settings: SettingsWrapper, tmp_path: Path) -> None:
    """After a newer key, what was signed under the old one is still verified."""
    from shutil import copy2

    from keguan.runtime import keyring

    mine = tmp_path / "keyring.json"
    copy2(settings.KEYRING_PATH, mine)
    copy2(Path(settings.KEYRING_PATH).with_suffix(".kek"), mine.with_suffix(".kek"))
    settings.KEYRING_PATH = mine
    before = keyring.key("signature")
    rotate(mine, "signature")
    assert keyring.key("signature") != before
    assert verify_signature(signed(case)) == Signature(valid=True, current=True)


def test_an_open_share_has_nothing_to_verify(case: Case) -> None:
    """Nobody has signed the step that is open."""
    share = Share.objects.get(case=case, task__step="deciding")
    assert (share.signature, verify_signature(share)) == ("", None)
