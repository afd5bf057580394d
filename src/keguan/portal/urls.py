"""The addresses of the customers' pages."""

from __future__ import annotations

from django.urls import path

from keguan.portal.intake import views as intake
from keguan.portal.shell import views as shell
from keguan.portal.surveys import views as surveys

app_name = "portal"
urlpatterns = [
    path("", intake.home, name="home"),
    path("language", shell.language, name="language"),
    path("s/<str:secret>", surveys.answer, name="survey"),
    path("begin/<slug:process>/", intake.begin, name="begin"),
    path("look-up/", intake.look_up, name="look-up"),
    path("withdraw/", intake.withdraw, name="withdraw"),
]
