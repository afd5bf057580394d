"""Why a decision came out as it did, and what changed between two versions."""

from __future__ import annotations

from keguan.language.explain.changes import Change, changes
from keguan.language.explain.explain import explain
from keguan.language.explain.explanation import Explanation, Line, Nearer

__all__ = ["Change", "Explanation", "Line", "Nearer", "changes", "explain"]
