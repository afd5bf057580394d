"""Old blocks copied to files: compressed, encrypted, and proved without the database's entries.

Entries stay in the database as well; nothing here deletes. A file holds fifty blocks, always the same, and has its name
once it is whole: killed at any line, archiving may be run again and makes what is missing.
"""

from __future__ import annotations

import hmac
import os
import zlib
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson
from django.utils.translation import gettext as _

from keguan.runtime import clock, keyring
from keguan.runtime.keyring.sealing import Unopened, open_secret, seal_secret
from keguan.runtime.ledger import reading
from keguan.runtime.ledger.append import Record, append
from keguan.runtime.ledger.digest import block_seal, content_of, entry_digest, microseconds
from keguan.runtime.ledger.models import Block
from keguan.runtime.ledger.refusal import Refused
from keguan.runtime.ledger.sealing import sealed_columns

if TYPE_CHECKING:
    from collections.abc import Callable

    from keguan.runtime.ledger.actor import Actor

BLOCKS = 50
SHORTEST_MONTHS = 6
"""网络安全法 第二十一条第三项: logs are kept for at least six months. The ledger keeps its entries for ever; a younger
one is not even copied away.
"""

MAGIC = b"KGL1"
_LEAVES = 4
_KEY_BYTES = 4


@dataclass(frozen=True, slots=True)
class Checked:
    """What an archive file holds, and a sentence for each thing that is not as it was sealed."""

    blocks: int
    entries: int
    faults: tuple[str, ...]


def archive(
    actor: Actor, folder: Path, months: int, progress: Callable[[int], None] = lambda _count: None
) -> tuple[Path, ...]:
    """Copy the blocks sealed more than so many months ago to files in the folder and return those newly made.

    ``progress`` is told the number of blocks copied. Raises ``Refused`` for less than six months and a folder that is
    none; ``KeyringError``.
    """
    if months < SHORTEST_MONTHS:
        raise Refused("ledger.archive_young", _("账本至少留存六个月（网络安全法第二十一条），不能归档更近的记录。"))
    if not folder.is_dir():
        raise Refused("ledger.archive_folder", _("没有文件夹 %(folder)s。") % {"folder": folder})
    until = microseconds(clock.now() - timedelta(days=months * 365 / 12))
    newest = Block.objects.filter(sealed_at__lt=until).order_by("-id").values_list("id", flat=True).first() or 0
    made = []
    for first in range(1, newest - BLOCKS + 2, BLOCKS):
        path = folder / f"ledger-{first:08}-{first + BLOCKS - 1:08}.kgl"
        if not path.exists():
            draft = _written(path, first)
            append(actor, [Record("ledger.archive", "ledger", None, data={"file": path.name, "blocks": BLOCKS})])
            draft.replace(path)  # last: no file without its entry
            made.append(path)
        progress(first + BLOCKS - 1)
    return tuple(made)


def check(path: Path) -> Checked:
    """Prove an archive file by itself and against the database's blocks. Raises ``Refused`` if it cannot be opened."""
    try:
        stored = path.read_bytes()
        key_id = int.from_bytes(stored[len(MAGIC) :][:_KEY_BYTES], "big")
        packed = open_secret(_key(key_id), stored[: len(MAGIC)] + path.name.encode(), stored[len(MAGIC) + _KEY_BYTES :])
        held: list[Any] = orjson.loads(zlib.decompress(packed))
    except (OSError, ValueError, zlib.error, Unopened, keyring.KeyringError) as error:
        message = _("归档文件 %(file)s 打不开：它被改动过、改了名字，或者没有它的密钥。")
        raise Refused("ledger.archive_unreadable", message % {"file": path.name}) from error
    faults, previous = [], None
    for columns, seal, rows in held:
        faults += _wrong(columns, seal, rows, previous)
        previous = seal
    return Checked(len(held), sum(len(rows) for _columns, _seal, rows in held), tuple(faults))


def _written(path: Path, first: int) -> Path:
    """The file beside its place, whole and on the disk."""
    held = []
    for block in Block.objects.filter(pk__gte=first, pk__lt=first + BLOCKS).order_by("id"):
        columns = list(sealed_columns(block))
        columns[_LEAVES] = bytes(block.leaves).hex()
        held.append((columns, block.seal, reading.entries_within(block.first, block.last)))
    key_id, _secret = keyring.key("ledger")
    packed = zlib.compress(orjson.dumps(held))
    draft = path.with_name(f"{path.name}.{os.getpid()}.new")
    with draft.open("wb") as stream:
        stream.write(
            MAGIC + key_id.to_bytes(_KEY_BYTES, "big") + seal_secret(_key(key_id), MAGIC + path.name.encode(), packed)
        )
        stream.flush()
        os.fsync(stream.fileno())
    return draft


def _wrong(columns: list[Any], seal: str, rows: list[list[Any]], previous: str | None) -> list[str]:
    block_id, about = columns[0], {"id": columns[0]}
    whole = [*columns[:_LEAVES], bytes.fromhex(columns[_LEAVES]), *columns[_LEAVES + 1 :]]
    faults = []
    if block_seal(keyring.key_by_id(columns[7]), whole) != seal or (previous is not None and columns[6] != previous):
        faults.append(_("封存块 %(id)s 被改动过。") % about)
    if columns[10] and content_of(rows) != columns[10]:
        faults.append(_("封存块 %(id)s 的校验根不符。") % about)
    if not columns[10]:
        damaged = [row[0] for row in rows if entry_digest(keyring.key_by_id(row[10]), row) != row[-1]]
        faults += [_("记录 %(id)s 的内容被改动过。") % {"id": entry_id} for entry_id in damaged]
    if Block.objects.filter(pk=block_id).values_list("seal", flat=True).first() != seal:
        faults.append(_("封存块 %(id)s 与数据库里的不同。") % about)
    return faults


def _key(key_id: int) -> bytes:
    """Derived, so that no key serves two purposes."""
    return hmac.digest(keyring.key_by_id(key_id), b"keguan ledger archive", "sha256")
