"""How much one uploaded file may hold. Beyond these the file is refused with a sentence before it is unpacked."""

from __future__ import annotations

MAX_BYTES = 50 * 1024 * 1024
"""The file as uploaded, in bytes."""

MAX_UNPACKED = 400 * 1024 * 1024
"""All parts of an .xlsx together after unpacking, in bytes."""

MAX_RATIO = 200
"""How many times larger than packed an .xlsx may be; office programs stay well below 50."""

RATIO_FLOOR = 8 * 1024 * 1024
"""Files that unpack to less than this, in bytes, are harmless whatever their ratio."""

MAX_PARTS = 2_000
"""How many parts an .xlsx may have."""

MAX_COLUMNS = 100
"""Columns in use on a sheet."""

MAX_ROWS = 199_999
"""The last row in use on a sheet (the reader keeps a whole sheet in memory, about 1 kB a row)."""

HEADING_ROWS = 10
"""The row of headings is looked for in this many first rows."""
