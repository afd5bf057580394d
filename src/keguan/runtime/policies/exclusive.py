"""Publishing is done by one at a time."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import OperationalError, connection
from django.utils.translation import gettext_lazy as _

from keguan.runtime.ledger.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUBLISHING = 0x6B67_7001  # the advisory lock's number on PostgreSQL: ours alone


@contextmanager
def busy_told() -> Iterator[None]:
    """On SQLite, say in a sentence that another writer was in the way for too long."""
    try:
        yield
    except OperationalError as error:
        if "locked" in str(error):
            raise _busy() from error
        raise


def claim() -> None:
    """Be the only one publishing until the transaction ends. Raises ``Refused`` when someone else is.

    On SQLite a transaction that writes is alone already.
    """
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_PUBLISHING])
        if not cursor.fetchone()[0]:
            raise _busy()


def _busy() -> Refused:
    return Refused("policies.busy", _("另一项发布正在进行，本次没有发布。请待它结束后刷新，看过新版再发布。"))
