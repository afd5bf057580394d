"""What customers and staff do about surveys."""

from __future__ import annotations

from keguan.runtime.surveys.actions.by_link import AnswerByLink, OpenLink
from keguan.runtime.surveys.actions.call_back import AnswerByCallBack, NoteUnreached
from keguan.runtime.surveys.actions.send_now import SendNow

__all__ = ["AnswerByCallBack", "AnswerByLink", "NoteUnreached", "OpenLink", "SendNow"]
