"""Log lines are JSON and hold no values."""

from __future__ import annotations

import json
import logging
import sys

from keguan.config.log import JsonLines

PHONE = "13800138000"


def record(message: str, *values: object, facts: dict[str, object] | None = None, error: bool = False) -> str:
    """The line of one log record."""
    made = logging.LogRecord(
        "keguan.tests", logging.ERROR, __file__, 1, message, values, sys.exc_info() if error else None
    )
    if facts is not None:
        made.facts = facts
    return JsonLines().format(made)


def test_a_line_says_what_happened_where_and_when() -> None:
    """Level, logger, event and the facts that were named as safe."""
    line = json.loads(record("imported", facts={"import": 12, "rows": 1_000}))
    assert (line["level"], line["logger"], line["event"]) == ("error", "keguan.tests", "imported")
    assert (line["import"], line["rows"]) == (12, 1_000)
    assert line["at"].endswith("+00:00")


def test_values_of_a_sentence_are_left_out() -> None:
    """The sentence is logged with its places unfilled."""
    line = record("the phone %s is taken", PHONE)
    assert PHONE not in line
    assert json.loads(line)["event"] == "the phone %s is taken"


def test_the_message_of_an_exception_is_left_out() -> None:
    """A database error quotes the row: its kind and its place in the code are logged, not its text."""
    try:
        int(PHONE + "x")
    except ValueError:
        line = record("failed", error=True)
    assert PHONE not in line
    assert json.loads(line)["exception"] == "ValueError"
    assert "test_log.py" in json.loads(line)["where"][-1]


def test_what_a_task_failed_with_is_left_out() -> None:
    """django-q fills its sentences in before it logs them, with the error's text at the end."""
    made = logging.LogRecord(
        "django-q", logging.ERROR, __file__, 1, f"Failed 'daily' (quiet-moon) - DETAIL: {PHONE}", (), None
    )
    assert json.loads(JsonLines().format(made))["event"] == "Failed 'daily' (quiet-moon)"
