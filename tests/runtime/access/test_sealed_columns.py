"""Nobody keeps a sealed value where a rotated key does not find it."""

from __future__ import annotations

from django.apps import apps
from django.db import models

from keguan.runtime.access.sealed_columns import sealed_columns

OTHERWISE = {
    ("ledger_block", "leaves"): "digests of entries, nothing sealed",
    ("ledger_lane", "mac"): "a counter's proof, nothing sealed",
    ("ledger_subjectkey", "sealed"): "under the ledger's key of its day, which is kept as long as the ledger",
    ("imports_rejection", "payload"): "rows given back: sealed under the key for uploads and soon thrown away",
    ("org_authenticator", "sealed"): "a shared secret under the key for factors, which each row names",
    ("org_passkey", "credential"): "a public key",
    ("org_passkey", "credential_id"): "a public key's name",
}
"""Binary columns that hold nothing under a key for fields, and why."""


def test_every_binary_column_is_named(company: object) -> None:
    """A binary column is either a sealed one that somebody named, with a place that can be told, or said to be none."""
    known = {(each.table, each.column) for each in sealed_columns()}
    found = {
        (model._meta.db_table, field.column)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, models.BinaryField)
    }
    assert found - known - set(OTHERWISE) == set()
    assert {each for each in known if not each[0].startswith("rec_")} - found == set()
