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


def by_table_column(output: str) -> str:
    """The column, on the record's table, with the outcome by the table, where quotas cut what counts."""
    return f"{QUOTA}table_{output}"


def quota_group_column(quota: str) -> str:
    """The column, on the record's table, with what a quota groups the record by."""
    return f"{QUOTA_GROUP}{quota}"


def quota_order_column(quota: str) -> str:
    """The column, on the record's table, with what a quota puts the record in order by."""
    return f"{QUOTA}order_{quota}"


def waiting_column(quota: str) -> str:
    """The column, on the record's table, that says whether a quota leaves the record to a person: a fact."""
    return f"{quota}_waits"


def trail_column(quota: str) -> str:
    """The column, in a decision's history, with the bounds of a quota that the record came to: ``0:7/6,1:12/12``."""
    return f"trail_{quota}"


def condition_column(text: str) -> str:
    """The column, on the record's table, that says whether a row of an access block applies: its condition as written.

    Named by the text, so that a condition that was changed is unknown, and met by nobody, until it is computed.
    """
    return f"{CONDITION}{hashlib.sha256(text.encode()).hexdigest()[:12]}"


CONDITION = "access_if_"
"""What the columns of conditions begin with; no code of a policy may."""

QUOTA = "by_quota_"
"""What the columns begin with that quotas are cut by; no code of a policy may."""

QUOTA_GROUP = f"{QUOTA}group_"
"""What the columns begin with that quotas group by."""
