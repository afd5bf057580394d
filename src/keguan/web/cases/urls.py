"""Addresses of the case pages."""

from __future__ import annotations

from django.urls import path

from keguan.web.cases import boards, boxes, details, letters, revealing, starting

app_name = "cases"
urlpatterns = [
    path("", boxes.boxes, name="boxes"),
    path("new/<slug:process>/<int:record_id>/", starting.new, name="new"),
    path("board/<slug:process>/", boards.board, name="board"),
    path("<int:case_id>/", details.case, name="case"),
    path("<int:case_id>/print/", details.sheet, name="print"),
    path("<int:case_id>/moves/<slug:kind>/", details.make, name="move"),
    path("<int:case_id>/documents/<int:document_id>/pdf/", letters.pdf, name="letter"),
    path("<int:case_id>/reveal/<slug:form>/<slug:field>/", revealing.reveal, name="reveal"),
]
