"""All addresses: the staff's pages, the customers', the API, and two for the machines that watch."""

from __future__ import annotations

from django.urls import include, path

from keguan.config import health

urlpatterns = [
    path("health/live", health.live, name="live"),
    path("health/ready", health.ready, name="ready"),
    path("api/", include("keguan.api.urls")),
    path("portal/", include("keguan.portal.urls")),
    path("", include("keguan.web.urls")),
]
handler400 = "keguan.config.problems.bad_request"
handler403 = "keguan.config.problems.forbidden"
handler404 = "keguan.config.problems.not_found"
handler500 = "keguan.config.problems.broken"
