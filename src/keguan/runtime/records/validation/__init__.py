"""What a person typed (or a sheet holds) becomes a stored value, or a sentence that says what is wrong with it."""

from keguan.runtime.records.validation.invalid import Invalid, Typed
from keguan.runtime.records.validation.parse import parse
from keguan.runtime.records.validation.whole import Read, read, read_fields

__all__ = ["Invalid", "Read", "Typed", "parse", "read", "read_fields"]
