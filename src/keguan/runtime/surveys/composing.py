"""What a customer reads in an SMS or an e-mail: who asks, by when, and the link; nothing of theirs or of the case."""

from __future__ import annotations

from django.utils import translation
from django.utils.translation import gettext as _

from keguan.runtime.access.crypto import Unsealable
from keguan.runtime.access.reaching_out import REACHED_AT
from keguan.runtime.clock import local
from keguan.runtime.notifications.channel_kinds import NotSent
from keguan.runtime.notifications.outward import Outward
from keguan.runtime.org.queries.units import company
from keguan.runtime.surveys import links
from keguan.runtime.surveys.customers import address_of
from keguan.runtime.surveys.forms import form_of
from keguan.runtime.surveys.models import Invitation, InvitationState

ABOUT = "survey"
"""What messages to customers are about, in the outbox."""

_KINDS = {word: kind for kind, word in REACHED_AT.items()}


def invitation(invitation_id: int, address_kind: str) -> Outward:
    """The message of an invitation. Raises ``NotSent`` when it need not go out any more, or cannot."""
    found = Invitation.objects.filter(pk=invitation_id, state=InvitationState.SENT).first()
    if found is None:
        raise NotSent(_("客户已经答复，或者调查已经过期，不再发送。"), again=False)
    model, form, survey = form_of(found)
    path = links.path_of(found)
    try:
        to = address_of(model, survey, _KINDS[address_kind], found.record_type, found.record_id)
    except Unsealable:
        raise NotSent(_("客户的地址打不开，请检查密钥文件。"), again=False) from None
    if not to or not path or found.expires_at is None:
        raise NotSent(_("档案里没有客户的这种地址，或者链接的密钥已经更换。"), again=False)
    top = company()
    name = top.name if top is not None else ""
    with translation.override("zh-hans"):
        values = {"company": name, "day": f"{local(found.expires_at):%m-%d}"}
        sentence = _("%(company)s请您评价这次服务，%(day)s前有效：") % values
        return Outward(to, form.label.zh, sentence, path)
