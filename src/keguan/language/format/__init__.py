"""One way to lay a policy out. Nothing that means something is changed, and laying it out twice changes nothing."""

from __future__ import annotations

from keguan.language.format.document import format_policy

__all__ = ["format_policy"]
