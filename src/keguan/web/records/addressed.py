"""What an address names: a record type of the policy in force."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.model import RecordType


def declared(code: str) -> RecordType:
    """The record type with this code. Raises ``Http404``; whether the viewer may see it is for the queries to say."""
    try:
        return policies.current().model.record_types[code]
    except KeyError as error:
        raise Http404(code) from error
