"""Addresses of one's own security, and of other people's for administrators."""

from __future__ import annotations

from django.urls import path

from keguan.web.account import again, bound, factors, people, views

app_name = "account"
urlpatterns = [
    path("", views.security, name="security"),
    path("password", views.password, name="password"),
    path("again", again.again, name="again"),
    path("codes/begin", factors.begin_codes, name="begin-codes"),
    path("codes/confirm", factors.confirm_codes, name="confirm-codes"),
    path("codes/remove", factors.remove_codes, name="remove-codes"),
    path("recovery", factors.recovery, name="recovery"),
    path("passkeys/question", factors.passkey_question, name="passkey-question"),
    path("passkeys/add", factors.add_passkey, name="add-passkey"),
    path("passkeys/<int:passkey>/remove", factors.remove_passkey, name="remove-passkey"),
    path("sessions/<int:session>/end", views.end_session, name="end-session"),
    path("sessions/end-others", views.end_others, name="end-others"),
    path("directory/bind", bound.bind_directory, name="bind-directory"),
    path("bound/<int:identity>/undo", bound.unbind, name="unbind"),
    path("people/", people.people, name="people"),
    path("people/<int:staff>/", people.person, name="person"),
    path("people/<int:staff>/unlock", people.unlock, name="unlock"),
    path("people/<int:staff>/reset", people.reset, name="reset"),
    path("people/<int:staff>/password", people.give_password, name="give-password"),
    path("people/<int:staff>/sessions/end", people.end_all, name="end-all"),
    path("people/<int:staff>/sessions/<int:session>/end", people.end_one, name="end-one"),
    path("people/<int:staff>/bound/<int:identity>/undo", people.unbind, name="unbind-other"),
]
