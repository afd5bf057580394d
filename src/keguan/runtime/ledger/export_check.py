"""Checks a ledger export of Keguan with nothing but the public key: no database, no secret, nobody's word.

    python check.py proofs.jsonl public-key.pem [anchor.jsonl]

needs Python 3.11 and the package ``cryptography``. Exit code 0: everything fits; 1: something does not, and is named.

What is checked: the receipt is signed with the key. The chain of blocks, followed from the first block in the file,
ends in what the receipt says; so these blocks are the ones that were sealed. Each entry lies in its block: its hash and
the hashes of its path give the block's root. A receipt that you were given earlier, of a block not older than those in
the file, may take the place of the file's own (third argument): then nobody can have remade the ledger since.

What cannot be checked: that no entry is missing from the file. Entries marked as not sealed are not proved.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path
from typing import Any
from zipfile import ZipFile, is_zipfile

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

FORMAT = "keguan-ledger-export/1"
HEADER = ("id", "first", "last", "count", "total", "root", "sealed_at")


class Broken(Exception):
    """The file cannot be an export, or its receipt does not hold: nothing in it is proved."""


def check(lines: list[str], pem: bytes, receipt: dict[str, Any] | None = None) -> tuple[int, int, list[str]]:
    """Entries that are proved, entries that are not sealed, and a sentence for each entry that does not fit.

    Raises ``Broken``.
    """
    try:
        first, *rest = (json.loads(line) for line in lines)
        if first["format"] != FORMAT:
            raise Broken("this is no ledger export")
        own = receipt or first["receipt"]
        _signed(own, pem)
        blocks = _blocks(first, own)
        proved, loose, wrong = 0, 0, []
        for entry in rest:
            if entry["block"] is None:
                loose += 1
            elif _root(entry) == blocks.get(entry["block"]):
                proved += 1
            else:
                wrong.append(f"entry {entry['row'][0]} is not what was sealed in block {entry['block']}")
        if len(rest) != first["entries"]:
            wrong.append(f"the file says it holds {first['entries']} entries; it holds {len(rest)}")
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise Broken(f"the file is damaged ({type(error).__name__})") from None
    return proved, loose, wrong


def _signed(receipt: dict[str, Any], pem: bytes) -> None:
    key = load_pem_public_key(pem)
    if not isinstance(key, Ed25519PublicKey):
        raise Broken("the key is no Ed25519 public key")
    stated = {name: value for name, value in receipt.items() if name != "signature"}
    text = json.dumps(stated, sort_keys=True, separators=(",", ":")).encode()
    try:
        key.verify(bytes.fromhex(receipt["signature"]), text)
    except InvalidSignature:
        raise Broken("the receipt is not signed with this key") from None


def _blocks(first: dict[str, Any], receipt: dict[str, Any]) -> dict[int, str]:
    """The root of each block in the file, once the chain has been followed to the receipt's."""
    chain, roots = first["chain"], {}
    reached = None
    for link in first["blocks"]:
        if "root" in link:
            header = json.dumps([link[name] for name in HEADER], ensure_ascii=False, separators=(",", ":"))
            roots[link["id"]] = link["root"]
            link_hash = hashlib.sha256(header.encode()).hexdigest()
        else:
            link_hash = link["hash"]
        chain = hashlib.sha256(f"{chain}{link_hash}".encode()).hexdigest()
        if link["id"] == receipt["block"]:
            reached = chain
            break
    if roots and reached != receipt["chain"]:
        raise Broken("the chain of blocks does not end in the receipt: a block was changed, left out or remade")
    return roots


def _root(entry: dict[str, Any]) -> str:
    """The root that follows from an entry and its path."""
    content = json.dumps(entry["row"], ensure_ascii=False, separators=(",", ":")).encode()
    found = hashlib.sha256(b"\2" + bytes.fromhex(entry["digest"]) + content).digest()
    for step in entry["path"]:
        beside = bytes.fromhex(step[1:])
        pair = beside + found if step[0] == "L" else found + beside
        found = hashlib.sha256(b"\1" + pair).digest()
    return found.hex()


def lines_of(path: Path) -> list[str]:
    """The lines of ``proofs.jsonl``, also when it lies in the zip that was exported. Raises ``OSError``, ``ValueError``
    and ``KeyError``.
    """
    if is_zipfile(path):
        with ZipFile(path) as whole:
            return whole.read("proofs.jsonl").decode().splitlines()
    return path.read_text(encoding="utf-8").splitlines()


def receipt_in(path: Path) -> dict[str, Any]:
    """The newest receipt in a file of anchors, one on each line. Raises ``OSError`` and ``ValueError``."""
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8").strip().splitlines()[-1])
    return found


def main(arguments: list[str]) -> int:
    """Check the named files and say what was found."""
    if len(arguments) not in (2, 3):
        sys.stdout.write(f"{__doc__}\n")
        return 2
    proofs, key, *anchor = (Path(argument) for argument in arguments)
    try:
        proved, loose, wrong = check(lines_of(proofs), key.read_bytes(), receipt_in(anchor[0]) if anchor else None)
    except Broken as broken:
        sys.stdout.write(f"NOT PROVED: {broken}\n")
        return 1
    sys.stdout.write("".join(f"WRONG: {sentence}\n" for sentence in wrong))
    sys.stdout.write(f"{proved} entries proved, {len(wrong)} wrong, {loose} not sealed when exported\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
