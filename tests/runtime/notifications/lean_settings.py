"""Settings of the processes that the kill test starts: what sending needs, and nothing that starts slowly."""

from __future__ import annotations

from tests.lean_settings import *  # noqa: F403 - the lean settings, with the few below changed
from tests.lean_settings import INSTALLED_APPS as LEAN

INSTALLED_APPS = [
    *LEAN,
    "keguan.runtime.policies",
    "keguan.runtime.access",
    "keguan.runtime.notifications",
    "keguan.connectors",
]
PRIVATE_RECEIVERS = True
