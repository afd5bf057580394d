"""What stands in ``@"…"``."""

from __future__ import annotations

from keguan.language.dmn.values.dates import parse_date
from keguan.language.dmn.values.durations import parse_duration
from keguan.language.dmn.values.times import parse_moment, parse_time


def parse_temporal(text: str) -> object:
    """A date, a moment, a time or a duration; None when the text is none of them."""
    for parse in (parse_date, parse_moment, parse_time, parse_duration):
        found = parse(text)
        if found is not None:
            return found
    return None
