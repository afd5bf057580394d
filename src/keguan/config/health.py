"""Two answers for the machines that watch: the process lives; the database answers and is migrated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import DatabaseError, connection
from django.http import HttpResponse

if TYPE_CHECKING:
    from django.http import HttpRequest


def live(_request: HttpRequest) -> HttpResponse:
    """200 as long as requests are answered at all."""
    return HttpResponse("live\n", content_type="text/plain")


def ready(_request: HttpRequest) -> HttpResponse:
    """200 when the ledger's table can be read, else 503."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id FROM ledger_entry LIMIT 1")
    except DatabaseError:
        return HttpResponse("the database does not answer: run `keguan migrate`\n", "text/plain", status=503)
    return HttpResponse("ready\n", content_type="text/plain")
