"""A statement written on one day serves every other: only the values of its places differ."""

from __future__ import annotations

from datetime import date

import pytest

from keguan.language.plan import computation, cut_outputs, keeping, on_day, write_back
from keguan.language.plan.statement import DialectName
from tests.language.sources import model_of, pack

WRITTEN, ASKED = date(2026, 3, 31), date(2027, 8, 1)
PACKS = (
    ("core", "complaints", "protection", "enterprise-regulations"),
    ("core", "trade-credit"),
    ("group-insurance",),
    ("core", "complaints", "protection", "archive-and-secrecy"),
)


@pytest.mark.parametrize("dialect", ["sqlite", "postgresql"])
@pytest.mark.parametrize("names", PACKS, ids=lambda names: names[-1])
def test_what_was_written_for_one_day_is_what_is_written_for_another(
    names: tuple[str, ...], dialect: DialectName
) -> None:
    """All that stores what is computed and says how long it is kept: the same text, and the values of the day."""
    model = model_of(*pack(*names))
    compared = 0
    for code in model.record_types:
        if cut_outputs(model, code):
            continue
        for only in (False, True):
            kept, kept_then = (keeping(model, code, dialect, today=day, only=only) for day in (WRITTEN, ASKED))
            if kept is not None and kept_then is not None:
                assert kept.sql == kept_then.sql
                assert on_day(kept.parameters, model, dialect, ASKED) == kept_then.parameters
                compared += 1
            if not model.computations.get(code):
                continue
            made, then = (
                write_back(computation(model, code, dialect, today=day, only=only)) for day in (WRITTEN, ASKED)
            )
            assert made.parameters != then.parameters
            assert (made.stage, made.history, made.update) == (then.stage, then.history, then.update)
            assert on_day(made.parameters, model, dialect, ASKED) == then.parameters
            compared += 1
    assert compared > 4
