"""The addresses of the staff pages."""

from __future__ import annotations

from django.urls import include, path
from django.views.generic import RedirectView

from keguan.web.desk.views import desk, moved
from keguan.web.records.search import search
from keguan.web.sessions import elsewhere, questions
from keguan.web.sessions import views as sessions
from keguan.web.settings import away, heads
from keguan.web.settings.views import settings
from keguan.web.shell.icon import icon
from keguan.web.tokens import views as tokens

urlpatterns = [
    path("", RedirectView.as_view(pattern_name="desk"), name="home"),
    path("favicon.ico", icon, name="icon"),
    path("desk/", desk, name="desk"),
    path("desk/moved/<slug:decision>/", moved, name="moved"),
    path("sign-in", sessions.sign_in, name="sign-in"),
    path("sign-in/factor", sessions.factor, name="sign-in-factor"),
    path("sign-in/question", questions.proof, name="sign-in-question"),
    path("sign-in/with/<slug:door>", elsewhere.leave, name="sign-in-with"),
    path("sign-in/from/<slug:door>", elsewhere.back, name="sign-in-back"),
    path("sign-out", sessions.sign_out, name="sign-out"),
    path("account/", include("keguan.web.account.urls")),
    path("language", sessions.language, name="language"),
    path("search/", search, name="search"),
    path("settings/", settings, name="settings"),
    path("settings/away/", away.away, name="away"),
    path("settings/away/<int:deputyship>/end", away.end, name="end-away"),
    path("settings/heads/", heads.heads, name="heads"),
    path("settings/calendar/", include("keguan.web.calendars.urls")),
    path("settings/tokens/", tokens.listing, name="tokens"),
    path("settings/tokens/<int:token>/revoke", tokens.revoke, name="revoke-token"),
    path("records/", include("keguan.web.records.urls")),
    path("cases/", include("keguan.web.cases.urls")),
    path("statistics/", include("keguan.web.statistics.urls")),
    path("metrics/", include("keguan.web.metrics.urls")),
    path("quotas/", include("keguan.web.quotas.urls")),
    path("duties/", include("keguan.web.duties.urls")),
    path("consequences/", include("keguan.web.consequences.urls")),
    path("allocations/", include("keguan.web.allocations.urls")),
    path("pools/", include("keguan.web.allocations.pool_urls")),
    path("retention/", include("keguan.web.retention.urls")),
    path("people/", include("keguan.web.settings.people_urls")),
    path("departures/", include("keguan.web.departures.urls")),
    path("reviews/", include("keguan.web.reviews.urls")),
    path("surveys/", include("keguan.web.surveys.urls")),
    path("policies/information_classes/", include("keguan.web.access.urls")),  # no pack has an underscore in its name
    path("policies/", include("keguan.web.policies.urls")),
    path("imports/", include("keguan.web.imports.urls")),
    path("exports/", include("keguan.web.exports.urls")),
    path("ledger/", include("keguan.web.ledger.urls")),
    path("notifications/", include("keguan.web.notifications.urls")),
]
