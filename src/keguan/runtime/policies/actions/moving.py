"""What every step of a draft has in common: the draft as the person saw it, and the move written down."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.runtime import clock
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies.in_force import latest
from keguan.runtime.policies.models import Draft, DraftMove
from keguan.runtime.policies.steps import Step, barred

if TYPE_CHECKING:
    from keguan.runtime.ledger.actions import Actor

LONGEST_OPINION = 2000
LEAST_OPINION = 4


def at_step(step: Step, draft_id: int, revision: int | None, actor: Actor) -> Draft:
    """The draft, locked until the transaction ends. Raises ``Refused`` when this person cannot take the step, or when
    it is not the revision that they saw.
    """
    draft = Draft.objects.select_for_update().filter(pk=draft_id).first()
    if draft is None:
        raise Refused("policies.missing", _("没有这份草案。"))
    refused = barred(step, draft, actor.staff_id)
    if refused is not None:
        raise refused
    if revision is not None and revision != draft.revision:
        raise Refused(
            "policies.stale",
            _("您打开之后，%(name)s 又存了一稿（第 %(revision)s 稿）。这次没有办；请先看新稿。")
            % {"name": draft.changed_by, "revision": draft.revision},
        )
    return draft


def moved(draft: Draft, step: Step, actor: Actor, opinion: str = "") -> None:
    """Write the step down beside the draft."""
    DraftMove.objects.create(
        draft=draft,
        step=step,
        revision=draft.revision,
        by_id=actor.staff_id,
        by_name=actor.name,
        at=clock.now(),
        opinion=opinion,
    )


def entry(name: str, draft: Draft, opinion: str = "") -> Record:
    """What the ledger says of a step: the policy, the draft and its revision, and the opinion."""
    data: dict[str, object] = {"draft": draft.pk, "revision": draft.revision}
    if opinion:
        data["opinion"] = opinion
    return Record(name, "policy", draft.pack, data=data)


def opined(opinion: str, *, required: bool) -> None:
    """Refuse an opinion that is too long, or one that is missing where the author must learn what to change."""
    if len(opinion) > LONGEST_OPINION:
        raise Refused("policies.opinion", _("意见最多 2000 字。"), {"opinion": _("意见最多 2000 字。")})
    if required and len(opinion.strip()) < LEAST_OPINION:
        told = _("退回时请写明要改什么，至少 4 个字。")
        raise Refused("policies.opinion", told, {"opinion": told})


def published_version(pack: str) -> str:
    """The version of the pack as last published, in force or not yet; empty when there is none."""
    last = latest()
    policy = None if last is None else last.model.policies.get(pack)
    return "" if policy is None else policy.version


def not_overtaken(draft: Draft) -> None:
    """Refuse a draft that goes out from a version which is no longer the last published one."""
    version = published_version(draft.pack)
    if version != draft.base:
        raise Refused(
            "policies.overtaken",
            _("改稿期间已发布第 %(version)s 版。请起草人先看新版改了什么，在草案里接上，再往下办。")
            % {"version": version},
        )
