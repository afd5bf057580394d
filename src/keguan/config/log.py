"""Structured logs without values: a line says what happened and where in the code, never whose data it was."""

from __future__ import annotations

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any


class JsonLines(logging.Formatter):
    """One JSON object a line. The sentence is logged with its places unfilled and an exception without its message,
    because both carry personal data (a database error quotes the row). Facts that are safe travel as
    ``extra={"facts": {...}}``.
    """

    def format(self, record: logging.LogRecord) -> str:
        """The line for one record."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": _event(record),
            **_request(record),
            **getattr(record, "facts", {}),
        }
        if record.exc_info and record.exc_info[0]:
            line["exception"] = record.exc_info[0].__qualname__
            line["where"] = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in _frames(record.exc_info)]
        return json.dumps(line, ensure_ascii=False, default=str)


def _event(record: logging.LogRecord) -> str:
    """The sentence unfilled. django-q fills its own in before it logs: what a task failed with comes after the dash."""
    return str(record.msg).partition(" - ")[0] if record.name == "django-q" else str(record.msg)


def _request(record: logging.LogRecord) -> dict[str, str]:
    """The number of the request that Django's own loggers speak of."""
    request_id = getattr(getattr(record, "request", None), "request_id", "")
    return {"request_id": request_id} if request_id else {}


def _frames(exc_info: tuple[Any, Any, Any]) -> list[traceback.FrameSummary]:
    return list(traceback.extract_tb(exc_info[2]))[-12:]


LOGGING: dict[str, Any] = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"lines": {"()": "keguan.config.log.JsonLines"}},
    "handlers": {"standard_error": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["standard_error"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["standard_error"], "level": "WARNING", "propagate": False},
        "django-q": {"handlers": ["standard_error"], "level": "WARNING", "propagate": False},
        "keguan": {"handlers": ["standard_error"], "level": "INFO", "propagate": False},
    },
}
