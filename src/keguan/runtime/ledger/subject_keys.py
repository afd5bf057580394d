"""What entries say of a subject is sealed under a key of the subject's own, which can be destroyed.

An entry may never change, and a person may have to be forgotten. So old and new values and words written about a
subject are kept as ciphertext; entries' digests are over the ciphertext. The subject's key lies in a table of its own,
itself sealed under a key that follows from the ledger's key. Once it is destroyed the entry still proves that something
happened, who did it, when and to which fields; what it said is gone from the database, whoever has all other keys.
"""

from __future__ import annotations

import hmac
import os
from base64 import b85decode, b85encode
from typing import TYPE_CHECKING, Any

import orjson
from django.db import connection
from django.db.models import OuterRef, Subquery

from keguan.runtime import clock, keyring
from keguan.runtime.keyring.sealing import Unopened, open_secret, seal_secret
from keguan.runtime.ledger.digest import microseconds
from keguan.runtime.ledger.models import SubjectKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.db.models import QuerySet

    from keguan.runtime.ledger.models import Entry

SEALED = "~"
"""Where an entry's data keep what is sealed."""

PRIVATE = frozenset({"changes", "comment", "note", "opinion", "reason", "text"})
"""What data may say of a subject in values or words. Codes, numbers and names of staff are not among them."""

IMPERSONAL = frozenset(
    {
        *("appointment", "calendar", "channel", "delivery", "duty_block", "import", "job", "ledger", "notification"),
        *("policy", "publication", "staff", "token", "transfer", "unit", "view"),
    }
)
"""Subjects that are nobody's; every other one, also one that comes later, is taken to be somebody's."""

Subject = tuple[str, str]
KEY_BYTES = 32
_PART = 400


def closed(things: Sequence[tuple[str, str, Mapping[str, object]]]) -> list[Mapping[str, object]]:
    """Data as an entry keeps them, of (subject type, subject id, data). At most three queries for every 400 subjects.

    Runs inside the transaction that writes the entries. Raises ``TypeError`` for what is not JSON-safe.
    """
    private = {
        (kind, subject)
        for kind, subject, data in things
        if subject and kind not in IMPERSONAL and not PRIVATE.isdisjoint(data)
    }
    keys = _keys(private) if private else {}
    return [
        _closed(data, (kind, subject), keys[kind, subject]) if (kind, subject) in keys else data
        for kind, subject, data in things
    ]


def with_keys(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The entries with ``wrapping`` and ``wrapped``: what :func:`opened` needs of each. No query of its own."""
    own = SubjectKey.objects.filter(subject_type=OuterRef("subject_type"), subject_id=OuterRef("subject_id"))
    return entries.annotate(wrapping=Subquery(own.values("key_id")[:1]), wrapped=Subquery(own.values("sealed")[:1]))


def opened(
    data: dict[str, Any], subject: Subject, wrapping: int | None, wrapped: bytes | None
) -> tuple[dict[str, Any], bool]:
    """Data as they were given, and whether they were forgotten: then fields that changed have no sides any more.

    What cannot be opened for another reason reads as if it were forgotten, and is not called so.
    """
    sealed = data.pop(SEALED, None)
    if isinstance(data.get("changes"), list):
        data["changes"] = {code: [] for code in data["changes"]}
    if sealed is None:
        return data, False
    try:
        key = _unwrapped(subject, wrapping or 0, bytes(wrapped or b""))
        return data | orjson.loads(open_secret(key, _place(subject), b85decode(sealed))), False
    except (Unopened, keyring.KeyringError, ValueError):
        return data, wrapping is not None and wrapped is None


def forget(subjects: Iterable[Subject]) -> int:
    """Destroy the keys of these subjects and return how many there were. Entries stay, and so does their proof.

    Runs inside the transaction of the action that has it done, which must also write its entry. Copies of the database
    made before still hold the keys: they must come to an end as well.
    """
    listed = sorted({(kind, str(subject)) for kind, subject in subjects})
    at = microseconds(clock.now())
    done = 0
    for kind in sorted({kind for kind, _subject in listed}):
        ids = [subject for of, subject in listed if of == kind]
        for first in range(0, len(ids), _PART):
            live = SubjectKey.objects.filter(subject_type=kind, subject_id__in=ids[first : first + _PART])
            done += live.filter(sealed__isnull=False).update(sealed=None, forgotten_at=at)
    return done


def _closed(data: Mapping[str, object], of: Subject, secret: bytes | None) -> Mapping[str, object]:
    private = {name: value for name, value in data.items() if name in PRIVATE}
    kept = {name: value for name, value in data.items() if name not in PRIVATE}
    changes = private.get("changes")
    codes = {"changes": sorted(changes)} if isinstance(changes, dict) else {}
    if secret is None:  # forgotten before: words about the forgetting stay, values do not come back
        return kept | {name: value for name, value in private.items() if name != "changes"} | codes
    text = orjson.dumps(private, option=orjson.OPT_SORT_KEYS)
    return kept | codes | {SEALED: b85encode(seal_secret(secret, _place(of), text)).decode()}


def _keys(subjects: set[Subject]) -> dict[Subject, bytes | None]:
    """The key of each subject, made where there is none yet; None where it was destroyed."""
    found: dict[Subject, bytes | None] = {}
    ordered = sorted(subjects)
    for first in range(0, len(ordered), _PART):
        part = ordered[first : first + _PART]
        found |= _stored(part)
        missing = [subject for subject in part if subject not in found]
        if missing:
            found |= _made(missing)
            others = [subject for subject in missing if subject not in found]
            found |= _stored(others) if others else {}  # somebody else made one at the same time
    return found


def _stored(subjects: Sequence[Subject]) -> dict[Subject, bytes | None]:
    wanted = set(subjects)
    kinds, ids = {kind for kind, _id in subjects}, {subject for _kind, subject in subjects}
    rows = SubjectKey.objects.filter(subject_type__in=kinds, subject_id__in=ids)
    found = {}
    for kind, subject, key_id, sealed in rows.values_list("subject_type", "subject_id", "key_id", "sealed"):
        if (kind, subject) in wanted:
            found[kind, subject] = _usable((kind, subject), key_id, None if sealed is None else bytes(sealed))
    return found


def _usable(subject: Subject, key_id: int, sealed: bytes | None) -> bytes | None:
    """None for a destroyed key, and for a damaged one: nobody may stop what is written by damaging a key."""
    try:
        return None if sealed is None else _unwrapped(subject, key_id, sealed)
    except (Unopened, keyring.KeyringError):
        return None


def _made(subjects: Sequence[Subject]) -> dict[Subject, bytes | None]:
    """Fresh keys, for those of the subjects that still have none."""
    key_id, _key = keyring.key("ledger")
    fresh = {subject: os.urandom(KEY_BYTES) for subject in subjects}
    wrapping = _wrapping(key_id)
    values = [(*of, key_id, seal_secret(wrapping, _place(of), secret)) for of, secret in fresh.items()]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ledger_subjectkey (subject_type, subject_id, key_id, sealed) "
            f"VALUES {', '.join(['(%s, %s, %s, %s)'] * len(values))} "
            "ON CONFLICT DO NOTHING RETURNING subject_type, subject_id",
            [each for row in values for each in row],
        )
        return {(kind, subject): fresh[kind, subject] for kind, subject in cursor.fetchall()}


def _unwrapped(subject: Subject, key_id: int, sealed: bytes) -> bytes:
    return open_secret(_wrapping(key_id), _place(subject), sealed)


def _wrapping(key_id: int) -> bytes:
    """Derived, so that no key serves two purposes."""
    return hmac.digest(keyring.key_by_id(key_id), b"keguan ledger subjects", "sha256")


def _place(subject: Subject) -> bytes:
    return "\0".join(subject).encode()
