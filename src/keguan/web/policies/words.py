"""The words for where a draft stands and what is done with it."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from keguan.runtime.policies.queries import DraftCard, State, Step

STATES: dict[State, Promise] = {
    State.DRAFT: _("起草中"),
    State.RETURNED: _("已退回"),
    State.REVIEW: _("待审核"),
    State.SIGN: _("待签发"),
    State.SIGNED: _("已签发"),
    State.WITHDRAWN: _("已撤回"),
}
COLOURS: dict[State, str] = {
    State.DRAFT: "blue",
    State.RETURNED: "red",
    State.REVIEW: "amber",
    State.SIGN: "violet",
    State.SIGNED: "green",
    State.WITHDRAWN: "",
}
DONE: dict[Step, Promise] = {
    Step.START: _("开始起草"),
    Step.SAVE: _("保存"),
    Step.REBASE: _("接上新版"),
    Step.SUBMIT: _("提交审核"),
    Step.APPROVE: _("审核通过"),
    Step.RETURN: _("审核退回"),
    Step.SIGN: _("签发"),
    Step.SEND_BACK: _("签发人退回"),
    Step.WITHDRAW: _("撤回草案"),
}
"""Steps as they stand in the history."""

AWAITED: dict[State, Promise] = {State.REVIEW: _("请您审核"), State.SIGN: _("请您签发"), State.RETURNED: _("请您修改")}
"""What a person is asked for who can take the next step."""

BUTTONS: dict[Step, Promise] = {
    Step.REBASE: _("已看过新版，接着改"),
    Step.SUBMIT: _("提交审核"),
    Step.APPROVE: pgettext_lazy("a reviewer's button", "通过"),
    Step.RETURN: pgettext_lazy("a reviewer's button", "退回起草人"),
    Step.SIGN: _("签发"),
    Step.SEND_BACK: pgettext_lazy("a reviewer's button", "退回起草人"),
    Step.WITHDRAW: _("撤回草案"),
}
"""Steps as buttons, in the order in which they stand."""

STAGES: tuple[tuple[Promise, frozenset[State]], ...] = (
    (_("起草"), frozenset({State.DRAFT, State.RETURNED})),
    (_("审核"), frozenset({State.REVIEW})),
    (_("签发"), frozenset({State.SIGN})),
    (_("施行"), frozenset({State.SIGNED})),
)
"""The way of a draft, from left to right."""


def state_label(card: DraftCard) -> Promise:
    """Where the draft stands; a signed one is in force or waits for its day."""
    if card.state is State.SIGNED:
        return _("待施行") if card.waiting else _("已施行")
    return STATES[card.state]


def state_colour(card: DraftCard) -> str:
    """The pill's colour, which never stands alone."""
    return "amber" if card.waiting else COLOURS[card.state]
