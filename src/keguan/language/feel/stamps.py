"""The moments that the system keeps of every record: when it was filed, and when a person last changed it.

They are read as local moments of the company's zone, cut to whole seconds. Their codes are no author's: a field of the
same label goes before them.
"""

from __future__ import annotations

from keguan.language.feel.scope import StampName

ZONE = "Asia/Shanghai"
"""Where the company is. Its clocks have stood the same since 1991, so that a moment is so many minutes ahead of UTC."""

AHEAD = 8 * 60
"""Minutes."""

CREATED, CHANGED = "created_at", "updated_at"
CODES = frozenset({CREATED, CHANGED})

_NAMES = (
    ("建档日", "created_on", StampName(CREATED, day=True)),
    ("录入时间", "entered_at", StampName(CREATED, day=False)),
    ("最后修改日", "last_changed_on", StampName(CHANGED, day=True)),
)
STAMPS: dict[str, StampName] = {name: stamp for zh, en, stamp in _NAMES for name in (zh, en)}
"""By the name that authors write, Chinese or English."""
