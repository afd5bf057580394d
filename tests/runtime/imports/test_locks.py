"""What takes seconds is done before the transaction: on SQLite it would keep every other writer waiting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from django.db import connection

from keguan.runtime.imports.actions import GiveBack, Remap, give_back, remap, upload
from tests.runtime.imports.journey import CUSTOMER, bring_in, customer, viewer
from tests.runtime.imports.journey import upload as upload_rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.cast import Cast

ROWS = [CUSTOMER, customer("林知远", 1), customer("林知近", 2, 手机="1390000")]


@pytest.fixture
def depth(monkeypatch: pytest.MonkeyPatch) -> Callable[[Any, str], list[int]]:
    """Watches a function of a module: how many transactions and savepoints are open at each of its calls."""

    def watch(module: Any, name: str) -> list[int]:
        found: list[int] = []
        work = getattr(module, name)

        def watched(*arguments: Any, **named: Any) -> Any:
            found.append(len(connection.atomic_blocks))
            return work(*arguments, **named)

        monkeypatch.setattr(module, name, watched)
        return found

    return watch


def test_a_file_is_read_before_the_lock(company: Cast, depth: Callable[[Any, str], list[int]]) -> None:
    """Uploading, and choosing another sheet, read the workbook outside the action's transaction, once."""
    outside = len(connection.atomic_blocks)
    reading, again = depth(upload, "open_workbook"), depth(remap, "open_workbook")
    import_id = upload_rows(company.xu_ke, ROWS)
    Remap(viewer=viewer(company.xu_ke), import_id=import_id, sheet="客户").run()
    assert (reading, again) == ([outside], [outside])


def test_the_error_file_is_made_before_the_lock(company: Cast, depth: Callable[[Any, str], list[int]]) -> None:
    """The rejected rows are opened and written down outside the transaction that logs it."""
    card = bring_in(company.xu_ke, ROWS)
    outside = len(connection.atomic_blocks)
    reading = depth(give_back, "rejected_rows")
    assert GiveBack(viewer=viewer(company.xu_ke), import_id=card.id).run().rows == 1
    assert reading == [outside]
