"""The key file."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from keguan.runtime import keyring
from keguan.runtime.keyring.file import PURPOSES, ensure, read, rotate
from keguan.runtime.keyring.kms import KeyringError

if TYPE_CHECKING:
    from pathlib import Path

    from pytest_django.fixtures import SettingsWrapper


@pytest.fixture
def path(tmp_path: Path, settings: SettingsWrapper) -> Path:
    """A key file of its own, made."""
    settings.KEYRING_PATH = tmp_path / "keys" / "keyring.json"
    ensure(settings.KEYRING_PATH)
    return settings.KEYRING_PATH


def test_a_new_file_has_one_key_for_every_purpose(path: Path) -> None:
    """Set-up makes a different 32-byte key for each purpose, numbered from 1, readable by the owner alone."""
    keys = read(path)
    assert [(key.id, key.purpose) for key in keys] == list(enumerate(PURPOSES, start=1))
    assert {len(key.secret) for key in keys} == {32}
    assert len({key.secret for key in keys}) == len(PURPOSES)
    assert path.stat().st_mode & 0o777 == 0o600


def test_set_up_again_changes_nothing(path: Path) -> None:
    """Running set-up twice keeps every key."""
    before = path.read_bytes()
    ensure(path)
    assert path.read_bytes() == before


def test_a_purpose_of_a_newer_version_gets_its_key(path: Path) -> None:
    """A file from an older version keeps its keys and gains the missing one."""
    stored = json.loads(path.read_text())
    stored["keys"] = [item for item in stored["keys"] if item["purpose"] != "tokens"]
    path.write_text(json.dumps(stored))
    before = {key.id: key.secret for key in read(path)}
    after = {key.id: key.secret for key in ensure(path)}
    assert {key.purpose for key in read(path)} == set(PURPOSES)
    assert before.items() <= after.items()


def test_the_newest_key_is_used_and_the_older_ones_still_open(path: Path) -> None:
    """After a rotation new things are sealed with the new key; what the old one sealed is still read."""
    old_id, old = keyring.key("fields")
    added = rotate(path, "fields")
    assert keyring.key("fields") == (added.id, added.secret)
    assert added.id > old_id
    assert keyring.key_by_id(old_id) == old


@pytest.mark.parametrize("damage", ["", "not json", '{"keys": 3}', '{"keys": [{"id": "x"}]}'])
def test_a_damaged_file_says_so(path: Path, damage: str) -> None:
    """A damaged key file is an error that says what to do, and set-up does not overwrite it."""
    path.write_text(damage)
    with pytest.raises(KeyringError, match="restore it"):
        read(path)
    with pytest.raises(KeyringError, match="restore it"):
        ensure(path)
    assert path.read_text() == damage


def test_a_file_that_others_can_read_is_refused(path: Path) -> None:
    """Keys that lie open are not used until they are closed."""
    path.chmod(0o644)
    with pytest.raises(KeyringError, match="chmod 600"):
        read(path)


def test_a_missing_file_names_set_up(tmp_path: Path, settings: SettingsWrapper) -> None:
    """Without a key file the error names the command that makes one."""
    settings.KEYRING_PATH = tmp_path / "none.json"
    with pytest.raises(KeyringError, match="keguan setup"):
        keyring.key("ledger")


def test_an_unknown_key_is_an_error(path: Path) -> None:
    """A key id that the file does not have means that file and database do not belong together."""
    with pytest.raises(KeyringError, match="belongs to this database"):
        keyring.key_by_id(99)


def test_a_key_never_shows_its_secret(path: Path) -> None:
    """Neither the text of a key nor its representation holds its bytes."""
    key = read(path)[0]
    assert key.secret.hex() not in repr(key)
    assert repr(key.secret) not in f"{key} {key!r}"
