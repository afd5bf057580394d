"""Why a decision came out as it did, and what changed between two versions."""

from __future__ import annotations

from keguan.language.explain.changes import differences
from keguan.language.explain.difference import Difference, Reach, What
from keguan.language.explain.explain import explain
from keguan.language.explain.explanation import Explanation, Line, Nearer

__all__ = ["Difference", "Explanation", "Line", "Nearer", "Reach", "What", "differences", "explain"]
