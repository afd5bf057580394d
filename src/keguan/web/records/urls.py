"""Addresses of the record pages; the same for every record type."""

from __future__ import annotations

from django.urls import path

from keguan.web.records import attaching, bulk, changing, handing, merging, revealing, suspects, views

app_name = "records"
urlpatterns = [
    path("-/people/", changing.people, name="people"),  # no record type is called “-”
    path("-/hand-overs/", handing.hand_overs, name="hand-overs"),
    path("-/hand-overs/<int:transfer_id>/", handing.settle, name="settle"),
    path("-/bulk/<int:edit_id>/", bulk.result, name="bulk-result"),
    path("-/bulk/<int:edit_id>/stop/", bulk.cancel, name="bulk-cancel"),
    path("-/bulk/<int:edit_id>/results.xlsx", bulk.download, name="bulk-download"),
    path("-/merges/<int:merge_id>/undo/", merging.undo, name="undo-merge"),
    path("<slug:record_type>/", views.listing_page, name="list"),
    path("<slug:record_type>/hand-over/", handing.hand_over, name="hand-over"),
    path("<slug:record_type>/bulk/", bulk.bulk, name="bulk"),
    path("<slug:record_type>/merge/", merging.merge, name="merge"),
    path("<slug:record_type>/duplicates/", suspects.suspects, name="suspects"),
    path("<slug:record_type>/duplicates/scan/", suspects.scan, name="scan"),
    path("<slug:record_type>/duplicates/<int:suspect_id>/dismiss/", suspects.dismiss, name="dismiss"),
    path("<slug:record_type>/new/", changing.new, name="new"),
    path("<slug:record_type>/options/", changing.options, name="options"),
    path("<slug:record_type>/views/", views.save_view, name="save-view"),
    path("<slug:record_type>/views/<int:view_id>/remove/", views.remove_view, name="remove-view"),
    path("<slug:record_type>/<int:record_id>/", views.record, name="record"),
    path("<slug:record_type>/<int:record_id>/files/", attaching.attach, name="attach"),
    path("<slug:record_type>/<int:record_id>/files/<int:attachment_id>/", attaching.fetch, name="file"),
    path("<slug:record_type>/<int:record_id>/files/<int:attachment_id>/replace/", attaching.replace, name="replace"),
    path("<slug:record_type>/<int:record_id>/files/<int:attachment_id>/remove/", attaching.remove, name="remove"),
    path("<slug:record_type>/<int:record_id>/drawer/", views.drawer, name="drawer"),
    path("<slug:record_type>/<int:record_id>/edit/", changing.edit, name="edit"),
    path("<slug:record_type>/<int:record_id>/verify/", changing.verify, name="verify"),
    path("<slug:record_type>/<int:record_id>/reveal/<slug:field>/", revealing.reveal, name="reveal"),
    path("<slug:record_type>/<int:record_id>/why/<slug:decision>/", views.why_page, name="why"),
]
