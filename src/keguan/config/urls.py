"""All addresses: the pages, the API, and two for the machines that watch."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from keguan.config import health

urlpatterns: list[URLPattern | URLResolver] = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
]
if find_spec("keguan.api.urls"):
    urlpatterns.append(path("api/", include("keguan.api.urls")))
if find_spec("keguan.web.urls"):
    urlpatterns.append(path("", include("keguan.web.urls")))
    handler400 = "keguan.web.shell.problems.bad_request"
    handler403 = "keguan.web.shell.problems.forbidden"
    handler404 = "keguan.web.shell.problems.not_found"
    handler500 = "keguan.web.shell.problems.broken"
