"""A file as an answer."""

from __future__ import annotations

from django.http import HttpResponse

from keguan.runtime.exports.queries import MEDIA_TYPES, Form


def as_file(data: bytes, name: str, form: str) -> HttpResponse:
    """A file to be saved, which no cache keeps."""
    return HttpResponse(
        data,
        content_type=MEDIA_TYPES[Form(form)],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"},
    )
