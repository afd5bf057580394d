"""Physical names: ASCII codes from the policy become tables and columns. Both the SQL emitter and the runtime's
tables use these, so that they cannot part.
"""

from __future__ import annotations

import hashlib

LARGEST_ID = 2**63 - 1
"""The largest id that a column holds."""


def record_table(record_type: str) -> str:
    """The table that keeps the records of a type."""
    return f"rec_{record_type}"


def history_table(decision: str) -> str:
    """The table that keeps every changed outcome of a decision."""
    return f"his_{decision}"


def token_table(record_type: str) -> str:
    """The table of search tokens of a record type."""
    return f"tok_{record_type}"


def reference_column(field: str) -> str:
    """The column of a reference field: the referred record's id."""
    return f"{field}_id"


def blind_index_column(field: str) -> str:
    """The column with the keyed hash of a sensitive field, for equality only."""
    return f"{field}_bidx"


def rule_column(decision: str) -> str:
    """The column, on the record's table, with the rule(s) that gave the current outcome."""
    return f"{decision}_rule"


def condition_column(text: str) -> str:
    """The column, on the record's table, that says whether a row of an access block applies: its condition as written.

    Named by the text, so that a condition that was changed is unknown, and met by nobody, until it is computed.
    """
    return f"{CONDITION}{hashlib.sha256(text.encode()).hexdigest()[:12]}"


CONDITION = "access_if_"
"""What the columns of conditions begin with; no code of a policy may."""
