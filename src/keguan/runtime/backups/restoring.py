"""Putting a backup back into an empty system, whole or not at all."""

from __future__ import annotations

import json
import zlib
from pathlib import Path
from shutil import rmtree
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from keguan.runtime.backups import tables
from keguan.runtime.backups.checksum import Summing, Sums
from keguan.runtime.backups.writing import FOLDERS, FORMAT, PLACE, migrations
from keguan.runtime.keyring.kms import KeyringError
from keguan.runtime.keyring.sealed_stream import Damaged, sealed_frames
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.queries import in_use

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WAITING = "restoring"
"""The folder in the home folder where files wait for the tables."""

_GZIP = 16 + zlib.MAX_WBITS


def restore(path: Path, watch: Callable[[str, int], None] | None = None) -> Sums:
    """Bring the database of a system that was never used to what the backup holds, and return its sums.

    All tables go in in one transaction, and sealed files wait in a folder of their own until they are in: a damaged
    backup leaves the system as empty as it was. Raises ``Refused`` with what is in the way.
    """
    if in_use():
        raise Refused("backups.in_use", _("这个系统已经有数据，不能在上面恢复。请在一个新的、空的系统里恢复。"))
    waiting = Path(settings.HOME) / WAITING
    rmtree(waiting, ignore_errors=True)  # of a restore that died
    try:
        with transaction.atomic():
            sums = _load(_lines(path), waiting, watch)
            tables.set_sequences()
        for folder in waiting.glob("*"):
            folder.replace(Path(settings.HOME) / folder.name)
    except (Damaged, KeyringError, OSError, ValueError, KeyError, zlib.error) as error:
        sentence = _("备份文件不能恢复（%(reason)s）。请换一份备份，或确认密钥文件是做这份备份时的那一份。")
        raise Refused("backups.damaged", sentence % {"reason": error}) from error
    finally:
        rmtree(waiting, ignore_errors=True)
    return sums


def _load(lines: Iterator[Any], waiting: Path, watch: Callable[[str, int], None] | None) -> Sums:
    first = next(lines)
    if first.get("keguan") != FORMAT or first["engine"] != connection.vendor:
        raise Refused(
            "backups.engine",
            _("这份备份来自 %(engine)s，请恢复到同一种数据库。") % {"engine": first.get("engine", "?")},
        )
    if first["program"] != migrations():
        raise Refused("backups.version", _("这份备份是另一版本的程序做的。请用当时的版本恢复，再升级。"))
    sums, file = Sums(), waiting
    for line in lines:
        if isinstance(line, str):
            _add(file, line)
        elif "table" in line:
            _load_table(line, lines, sums)
            if watch is not None:
                watch(line["table"], sums.tables[line["table"]].rows)
        elif "file" in line:
            file = _file(waiting, str(line["file"]))
        elif (line["rows"], line["digest"]) != (sums.rows, sums.digest):
            raise Damaged("the sums at its end are others")
        else:
            return sums
    raise Damaged("its end is missing")


def _load_table(header: dict[str, Any], lines: Iterator[Any], sums: Sums) -> None:
    name, summing = str(header["table"]), Summing()
    for statement in header["making"]:
        tables.run(statement)
    tables.empty(name)
    ended: list[dict[str, Any]] = []

    def rows() -> Iterator[str]:
        for line in lines:
            if not isinstance(line, str):
                ended.append(line)
                return
            summing.add(line)
            yield line

    tables.load(name, header["columns"], rows())
    if not ended or ended[0] != {"end": name, "rows": summing.sum.rows, "digest": summing.sum.digest}:
        raise Damaged(f"the rows of {name} do not match their sum")
    sums.tables[name] = summing.sum


def _lines(path: Path) -> Iterator[Any]:
    unpack, waiting = zlib.decompressobj(_GZIP), b""
    for frame in sealed_frames(path, PLACE):
        *whole, waiting = (waiting + unpack.decompress(frame)).split(b"\n")
        yield from map(json.loads, whole)
    yield from map(json.loads, filter(None, (waiting + unpack.flush()).split(b"\n")))


def _file(waiting: Path, name: str) -> Path:
    """Where a file waits: in one of the known folders, whatever the backup says."""
    path = (waiting / name).resolve()
    if not any(path.is_relative_to((waiting / folder).resolve()) for folder in FOLDERS):
        raise Damaged(f"{name} does not belong into a backup")
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    path.touch(mode=0o600)
    return path


def _add(path: Path, part: str) -> None:
    with path.open("ab") as stream:
        stream.write(bytes.fromhex(part))
