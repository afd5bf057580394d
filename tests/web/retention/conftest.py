"""The pages are looked at in the archive of the runtime's tests."""

from __future__ import annotations

from tests.runtime.retention.conftest import archive, noon

__all__ = ["archive", "noon"]
