"""Large files at rest."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from keguan.runtime.keyring import sealed_stream
from keguan.runtime.keyring.sealed_stream import Damaged, SealedWriter, sealed_frames

if TYPE_CHECKING:
    from pathlib import Path

PLACE = "a test"


def written(path: Path, *parts: bytes) -> Path:
    """A sealed file of these parts."""
    with SealedWriter(path, "uploads", PLACE) as writer:
        for part in parts:
            writer.write(part)
    return path


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(parts=st.lists(st.binary(max_size=90), max_size=6))
def test_what_was_written_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, parts: list[bytes]) -> None:
    """Whatever the sizes of the parts, the whole comes back in frames of bounded size."""
    monkeypatch.setattr(sealed_stream, "FRAME", 32)
    path = tmp_path / "file"
    path.unlink(missing_ok=True)
    frames = list(sealed_frames(written(path, *parts), PLACE))
    assert b"".join(frames) == b"".join(parts)
    assert max(map(len, frames)) <= 32


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(data=st.data())
def test_any_changed_byte_or_cut_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, data: st.DataObject) -> None:
    """One byte changed anywhere, an end cut off anywhere, two frames exchanged: refused."""
    monkeypatch.setattr(sealed_stream, "FRAME", 32)
    path = tmp_path / "file"
    path.unlink(missing_ok=True)
    content = bytearray(written(path, bytes(range(100))).read_bytes())
    at = data.draw(st.integers(0, len(content) - 1))
    if data.draw(st.booleans()):
        content[at] ^= data.draw(st.integers(1, 255))
    else:
        del content[at:]
    path.write_bytes(content)
    with pytest.raises((Damaged, sealed_stream.keyring.KeyringError)):
        list(sealed_frames(path, PLACE))


def test_frames_cannot_change_places(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two frames of equal length exchanged do not open."""
    monkeypatch.setattr(sealed_stream, "FRAME", 32)
    path = written(tmp_path / "file", bytes(96))
    content, head, size = path.read_bytes(), 13, 4 + 32 + 16
    first, second = content[head : head + size], content[head + size : head + 2 * size]
    path.write_bytes(content[:head] + second + first + content[head + 2 * size :])
    with pytest.raises(Damaged, match="frame 0"):
        list(sealed_frames(path, PLACE))


def test_a_file_of_another_place_does_not_open(tmp_path: Path) -> None:
    """A backup is no upload."""
    path = written(tmp_path / "file", b"x")
    with pytest.raises(Damaged):
        list(sealed_frames(path, "another"))


def test_what_fails_half_way_leaves_nothing(tmp_path: Path) -> None:
    """An error while writing deletes what was begun; a file that is there is never overwritten."""
    path = tmp_path / "file"

    def failing() -> None:
        with SealedWriter(path, "uploads", PLACE) as writer:
            writer.write(b"x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        failing()
    assert not path.exists()
    path.write_bytes(b"mine")
    with pytest.raises(FileExistsError):
        SealedWriter(path, "uploads", PLACE)
    assert path.read_bytes() == b"mine"
