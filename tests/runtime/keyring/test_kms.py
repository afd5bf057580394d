"""Who holds the key over the keys."""

from __future__ import annotations

import json
import sys
from base64 import b64decode, b64encode
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import TYPE_CHECKING, ClassVar

import pytest

from keguan.runtime.keyring.file import ensure, held_by, read, retire, rotate, take_into_use, wrap
from keguan.runtime.keyring.kms import KeyringError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A new key file, held by the embedded default."""
    made = tmp_path / "keyring.json"
    ensure(made)
    return made


@pytest.fixture
def vault(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[str]:
    """A transit engine on this machine that knows one token; its key is the letter x."""
    (tmp_path / "token").write_text("s.right\n")
    monkeypatch.setenv("KEGUAN_KMS_TOKEN_FILE", str(tmp_path / "token"))
    server = HTTPServer(("127.0.0.1", 0), Transit)
    Transit.asked = []
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"vault:http://127.0.0.1:{server.server_port}/v1/transit#keguan"
    server.shutdown()
    server.server_close()


class Transit(BaseHTTPRequestHandler):
    """Answers like Vault's transit engine."""

    asked: ClassVar[list[str]] = []

    def do_POST(self) -> None:
        """Wrap or unwrap."""
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(self.path)
        if self.headers["X-Vault-Token"] != "s.right":
            self.send_error(403)
            return
        if self.path == "/v1/transit/encrypt/keguan":
            data = {"ciphertext": "vault:v1:" + turned(body["plaintext"])}
        else:
            data = {"plaintext": turned(body["ciphertext"].removeprefix("vault:v1:"))}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"data": data}).encode())

    def log_message(self, *_arguments: object) -> None:
        """Say nothing."""


def turned(text: str) -> str:
    """The transit engine's cipher, there and back."""
    return b64encode(bytes(byte ^ ord("x") for byte in b64decode(text))).decode()


def secrets_of(path: Path) -> list[bytes]:
    """The keys as they are used."""
    return [key.secret for key in read(path)]


def test_no_key_stands_in_the_file_in_clear(path: Path) -> None:
    """Neither the key file nor the file of the key over the keys holds a key that is used."""
    for secret in secrets_of(path):
        for file in (path, path.with_suffix(".kek")):
            text = file.read_text()
            assert secret.hex() not in text
            assert b64encode(secret).decode() not in text


def test_the_key_over_the_keys_is_the_owners_alone(path: Path) -> None:
    """The second file is closed to others, and refused when it is not."""
    kek = path.with_suffix(".kek")
    assert kek.stat().st_mode & 0o777 == 0o600
    kek.chmod(0o640)
    with pytest.raises(KeyringError, match="chmod 600"):
        read(path)


def test_without_the_key_over_the_keys_nothing_is_read(path: Path) -> None:
    """A key file alone, as a thief of one disk has it, gives nothing; the error says what to restore."""
    kek = path.with_suffix(".kek")
    kept = kek.read_text()
    kek.unlink()
    with pytest.raises(KeyringError, match="key over the keys: restore it"):
        read(path)
    kek.write_text("00" * 32)
    kek.chmod(0o600)
    with pytest.raises(KeyringError, match="restore the one that belongs"):
        read(path)
    kek.write_text(kept)
    assert len(read(path)) > 1


def test_it_may_live_on_another_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """KEGUAN_KEK_FILE says where the key over the keys is."""
    monkeypatch.setenv("KEGUAN_KEK_FILE", str(tmp_path / "usb" / "kek"))
    ensure(tmp_path / "keyring.json")
    assert (tmp_path / "usb" / "kek").exists()
    assert not (tmp_path / "keyring.kek").exists()


def test_a_file_of_before_is_read_and_wrapped_at_its_next_change(tmp_path: Path) -> None:
    """Keys that lay in clear keep their ids and bytes, and are sealed as soon as one is added."""
    path = tmp_path / "keyring.json"
    keys = ensure(path)
    clear = [{"id": key.id, "purpose": key.purpose, "secret": b64encode(key.secret).decode()} for key in keys]
    path.write_text(json.dumps({"keys": clear}))
    assert (read(path), held_by(path)) == (keys, "")
    added = rotate(path, "fields")
    assert read(path) == (*keys, added)
    assert (held_by(path), "secret" in path.read_text()) == ("file", False)


def test_sealed_keys_cannot_be_exchanged(path: Path) -> None:
    """A key moved to another purpose does not open."""
    stored = json.loads(path.read_text())
    stored["keys"][2]["sealed"], stored["keys"][3]["sealed"] = (
        stored["keys"][3]["sealed"],
        stored["keys"][2]["sealed"],
    )
    path.write_text(json.dumps(stored))
    with pytest.raises(KeyringError, match="restore it"):
        read(path)


def test_a_program_may_hold_it(path: Path, tmp_path: Path) -> None:
    """A program of the company's own wraps the ring key; without it, the keys stay shut."""
    program = tmp_path / "hsm"
    program.write_text(
        f"#!{sys.executable}\n"
        "import base64, sys\n"
        "given = base64.b64decode(sys.stdin.read())\n"
        "sys.stdout.write(base64.b64encode(bytes(each ^ 7 for each in given)).decode())\n"
    )
    program.chmod(0o700)
    before = secrets_of(path)
    wrap(path, f"command:{program}")
    assert (secrets_of(path), held_by(path)) == (before, f"command:{program}")
    path.with_suffix(".kek").unlink()
    assert secrets_of(path) == before
    program.unlink()
    with pytest.raises(KeyringError, match="see that it runs"):
        read(path)


def test_vault_may_hold_it(path: Path, vault: str, tmp_path: Path) -> None:
    """Vault's transit engine is asked once to wrap and once a reading; a wrong token is an error that says so."""
    before = secrets_of(path)
    wrap(path, vault)
    assert secrets_of(path) == before
    assert Transit.asked == ["/v1/transit/encrypt/keguan", "/v1/transit/decrypt/keguan"]
    (tmp_path / "token").write_text("s.wrong")
    with pytest.raises(KeyringError, match="valid token"):
        read(path)


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("cloud:x", "not known here"),
        ("vault:http://vault.example:8200/v1/transit#k", "over HTTPS"),
        ("vault:https://vault.example/v1/transit", "and its key"),
        ("command:", "name the program"),
    ],
)
def test_a_holder_that_cannot_be_is_refused(path: Path, named: str, said: str) -> None:
    """A name that leads nowhere is refused, and the file stays as it was."""
    before = path.read_bytes()
    with pytest.raises(KeyringError, match=said):
        wrap(path, named)
    assert path.read_bytes() == before


def test_a_waiting_key_is_used_when_it_is_taken_into_use(path: Path) -> None:
    """Until then it is known and not the newest."""
    key = rotate(path, "tokens", waiting=True)
    assert next(each for each in read(path) if each.id == key.id).waiting
    take_into_use(path, key.id)
    assert not next(each for each in read(path) if each.id == key.id).waiting


def test_a_key_in_use_is_not_destroyed(path: Path) -> None:
    """Only a key that a newer one in use has replaced can be retired; then it is gone."""
    old = next(key for key in read(path) if key.purpose == "fields")
    with pytest.raises(KeyringError, match="rotate first"):
        retire(path, old.id)
    waiting = rotate(path, "fields", waiting=True)
    with pytest.raises(KeyringError, match="rotate first"):
        retire(path, old.id)
    take_into_use(path, waiting.id)
    retire(path, old.id)
    assert old.id not in {key.id for key in read(path)}
    with pytest.raises(KeyringError, match="has no key 99"):
        retire(path, 99)
