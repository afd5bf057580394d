"""The words of a delivery, in the language of whoever it is for, and nothing in them about a customer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext, ngettext

from keguan.runtime.notifications.channel_kinds import Message, NotSent
from keguan.runtime.notifications.codes import code_of
from keguan.runtime.notifications.kinds import sentence_of
from keguan.runtime.notifications.models import ContactPoint, Delivery, Notification, Purpose
from keguan.runtime.notifications.outward import composed_outward
from keguan.runtime.notifications.sealing import address_of
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from keguan.runtime.notifications.channel_kinds import ChannelKind
    from keguan.runtime.org.queries import StaffCard

MOST_SENTENCES = 20
"""A digest says so many; the rest is a number."""


def composed(delivery: Delivery, kind: ChannelKind) -> Message:
    """The message of a delivery. Raises ``NotSent`` when its person has left or has no address for this channel."""
    if delivery.purpose == Purpose.CUSTOMER:
        return composed_outward(delivery, kind)
    person = org.staff_by_id(delivery.staff_id)
    if person is None or not person.is_active:
        raise NotSent(gettext("账号已停用，不再发送。"), again=False)
    points = {each.address_kind: each for each in ContactPoint.objects.filter(staff_id=person.id)}
    point = points.get(kind.address)
    if kind.address and (point is None or not (point.verified or delivery.purpose == Purpose.CODE)):
        raise NotSent(gettext("收件人没有登记经过确认的地址。"), again=False)
    with translation.override("en" if person.language == "en" else "zh-hans"):
        title, sentences, path = _words(delivery, point)
    return Message(
        key=delivery.key,
        to=_open(point) if point else "",
        name=person.name,
        title=title,
        sentences=sentences,
        link=_link(path),
        mention=_mention(person, kind, points),
    )


def _words(delivery: Delivery, point: ContactPoint | None) -> tuple[str, tuple[str, ...], str]:
    """Title, sentences and the path of the page behind them."""
    if delivery.purpose == Purpose.TRIAL:
        return gettext("客管试发"), (gettext("这是一条试发的通知，收到就说明渠道已经接通。"),), ""
    if delivery.purpose == Purpose.CODE:
        code = "" if point is None else code_of(point, delivery.made_at)
        return gettext("客管验证码"), (gettext("验证码 %(code)s，一小时内有效。") % {"code": code},), ""
    found = list(Notification.objects.filter(items__delivery=delivery).order_by("id"))
    sentences = [sentence_of(each.kind, each.subject, each.facts) for each in found]
    if len(found) == 1:
        return sentences[0], tuple(sentences), f"/notifications/{found[0].pk}/"
    title = ngettext("客管：%(count)s 条通知", "客管：%(count)s 条通知", len(found)) % {"count": len(found)}
    if len(sentences) > MOST_SENTENCES:
        left = len(sentences) - MOST_SENTENCES
        sentences = [*sentences[:MOST_SENTENCES], gettext("另有 %(count)s 条，请登录查看。") % {"count": left}]
    return title, (title, *sentences), "/notifications/"


def _mention(person: StaffCard, kind: ChannelKind, points: dict[str, ContactPoint]) -> str:
    point = points.get(kind.mention)
    return _open(point) if kind.mention and point is not None and point.verified and person.is_active else ""


def _open(point: ContactPoint) -> str:
    return address_of(point.staff_id, point.address_kind, point.sealed)


def _link(path: str) -> str:
    return f"{settings.ADDRESS.rstrip('/')}{path}" if settings.ADDRESS and path else ""
