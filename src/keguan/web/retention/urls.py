"""Addresses of the pages of retention."""

from __future__ import annotations

from django.urls import path

from keguan.web.retention import batches, holding, listed, overview, stored_only

app_name = "retention"
urlpatterns = [
    path("", overview.overview, name="overview"),
    path("batches/", batches.listing, name="batches"),
    path("batches/<int:batch_id>/", batches.batch, name="batch"),
    path("holds/", holding.listing, name="holds"),
    path("records/<slug:record_type>/<int:record_id>/", holding.record, name="record"),
    path("stored/", stored_only.listing, name="stored"),
    path("stored/<slug:record_type>/<int:record_id>/", stored_only.one, name="stored-one"),
    path("list/", listed.listing, name="list"),
    path("list/proof/", listed.proof, name="proof"),
]
