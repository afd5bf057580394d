"""Addresses of the pages of exports."""

from __future__ import annotations

from django.urls import path

from keguan.web.exports import asking, permits, printing, register, tracing, views

app_name = "exports"
urlpatterns = [
    path("", views.listing, name="list"),
    path("new/<slug:record_type>/", asking.new, name="new"),
    path("<int:export_id>/", views.one, name="export"),
    path("<int:export_id>/state/", views.state, name="state"),
    path("<int:export_id>/cancel/", views.cancel, name="cancel"),
    path("<int:export_id>/file/", views.file, name="file"),
    path("permits/<int:permit_id>/", permits.one, name="permit"),
    path("permits/<int:permit_id>/export/", permits.export, name="permit-export"),
    path("permits/<int:permit_id>/use/", permits.use, name="permit-use"),
    path("permits/<int:permit_id>/withdraw/", permits.withdraw, name="permit-withdraw"),
    path("ask/<slug:record_type>/<int:record_id>/<slug:right>/", permits.ask, name="ask"),
    path("register/", register.register, name="register"),
    path("register/permits/", register.permits, name="register-permits"),
    path("trace/", tracing.trace, name="trace"),
    path("print/<slug:record_type>/<int:record_id>/", printing.record, name="print"),
]
