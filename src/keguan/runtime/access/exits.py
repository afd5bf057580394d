"""The ways by which a stored value can leave the runtime. The leak matrix walks all of them."""

from __future__ import annotations

from enum import StrEnum


class Exit(StrEnum):
    """One way out. A new one needs a driver in ``tests/leaks/`` or the leak matrix fails."""

    LIST = "list"
    FILTER = "filter"
    SORT = "sort"
    SEARCH = "search"
    DRAWER = "drawer"
    PROFILE = "profile"
    TIMELINE = "timeline"
    REVEAL = "reveal"
    DUPLICATE_HINT = "duplicate_hint"
    BULK_RESULTS = "bulk_results"
    IMPORT_ERRORS = "import_errors"
    EXPLANATION = "explanation"
    TRIAL = "trial"
    STATISTICS = "statistics"
    METRIC = "metric"
    QUOTA = "quota"
    DESK = "desk"
    CASE = "case"
    CASE_PRINT = "case_print"
    DOCUMENT = "document"
    DUTY = "duty"
    CONSEQUENCE = "consequence"
    SURVEY = "survey"
    EXPORT = "export"
    PRINT = "print"
    ATTACHMENT = "attachment"
    LEDGER = "ledger"
    API = "api"
    DISPOSAL = "disposal"
    POOL = "pool"
    ALLOCATION = "allocation"
    PORTAL = "portal"
    ERROR = "error"
    LOG = "log"


ORACLES = frozenset({Exit.FILTER, Exit.SORT, Exit.STATISTICS})
"""Exits that give no value but answer questions about it: closed to sensitive fields."""

SILENT = frozenset({Exit.ERROR, Exit.LOG})
"""Exits that never carry a stored value, whoever looks."""
