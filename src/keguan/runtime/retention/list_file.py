"""The list of destruction beside the database: what a restored backup brings back is destroyed again by it.

A backup from before a destruction holds what was destroyed, and a list that does not know of it. So every line is
written into a file of the home folder too, one JSON object a line with its own keyed hash: ids, digests and days, and
nothing of the records.
"""

from __future__ import annotations

import hmac
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.conf import settings

from keguan.runtime import keyring
from keguan.runtime.jobs.holding import held
from keguan.runtime.retention.models import Destroyed

if TYPE_CHECKING:
    from collections.abc import Iterator

NAME = "destruction-list.jsonl"
_LABEL = b"keguan destruction list file"
_FIELDS = (
    *("reference", "batch_id", "batch_number", "record_type", "record_label", "record_id", "information_class"),
    *("identity", "digest", "key_id", "basis", "clause", "requested_by", "approved_by", "witnessed_by"),
)


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the file. ``genuine``: its keyed hash fits."""

    id: int
    values: dict[str, Any]
    genuine: bool


def path() -> Path:
    """Where the file is."""
    return Path(settings.HOME) / NAME


def write_out() -> int:
    """Write the lines of the list that are not in the file yet; how many. Called after a destruction has committed, and
    again whenever the job runs: a process that died in between has lost nothing.
    """
    with held(1, "destruction-list") as free:
        if not free:
            return 0
        last = max((line.id for line in lines()), default=0)
        new = list(Destroyed.objects.filter(pk__gt=last).order_by("pk"))
        if not new:
            return 0
        path().parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path(), os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "wb") as stream:
            for each in new:
                stream.write(_written(each) + b"\n")
            stream.flush()
            os.fsync(stream.fileno())
        return len(new)


def lines(file: Path | None = None) -> Iterator[Line]:
    """The lines of the file, or of another one that was kept elsewhere. Half a last line is left out."""
    source = file or path()
    if not source.exists():
        return
    with source.open("rb") as stream:
        for raw in stream:
            try:
                found = orjson.loads(raw)
                mark = found.pop("mark")
                yield Line(
                    int(found.pop("id")), found, hmac.compare_digest(mark, _mark(raw_of(found), found["key_id"]))
                )
            except (orjson.JSONDecodeError, KeyError, TypeError, ValueError, keyring.KeyringError):
                continue


def raw_of(values: dict[str, Any]) -> bytes:
    """What a line's hash is over."""
    return orjson.dumps(values, option=orjson.OPT_SORT_KEYS)


def _written(each: Destroyed) -> bytes:
    values = {name: getattr(each, name) for name in _FIELDS}
    values["due_on"] = None if each.due_on is None else each.due_on.isoformat()
    values["destroyed_at"] = each.destroyed_at.isoformat()
    if each.files:
        values["files"] = each.files
    mark = _mark(raw_of(values), each.key_id)
    return orjson.dumps({"id": each.pk, **values, "mark": mark}, option=orjson.OPT_SORT_KEYS)


def _mark(content: bytes, key_id: int) -> str:
    key = hmac.digest(keyring.key_by_id(key_id), _LABEL, "sha256")
    return hmac.digest(key, content, "sha256").hex()
