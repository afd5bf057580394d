"""A policy on paper: its text with numbers, version, signatures and the sheet on which its reading is confirmed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from keguan.runtime.clock import local, today
from keguan.runtime.ledger.actions import SYSTEM, Refused
from keguan.runtime.policies.draft import checked_draft
from keguan.runtime.policies.drafts import draft
from keguan.runtime.policies.in_force import at
from keguan.runtime.policies.language_door import Letter, Receipt, Signature, Unreadable, print_letter, print_policy
from keguan.runtime.policies.models import Draft, PolicyVersion
from keguan.runtime.policies.reading import readers_of
from keguan.runtime.policies.spoken import spoken
from keguan.runtime.policies.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from django.utils.functional import Promise

    from keguan.language.model.model import Policy
    from keguan.runtime.policies.drafts import Move

Form = Literal["docx", "pdf"]
MEDIA_TYPES: dict[Form, str] = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


@dataclass(frozen=True, slots=True)
class Paper:
    """A file to be handed out."""

    data: bytes
    file_name: str
    media_type: str


def printed_version(pack: str, version: str, form: Form, *, named: bool) -> Paper:
    """A published version as it was signed. ``named``: the receipt sheet lists who must read it and who has; else its
    lines are blank.

    Raises ``KeyError`` when there is no such version, and ``Refused`` when this machine cannot set it.
    """
    if not (pack + version).isprintable():  # no database can be asked for it
        raise KeyError(version)
    row = PolicyVersion.objects.defer("files").filter(pack=pack, version=version).first()
    publication = None if row is None else row.publications.order_by("-id").first()
    if row is None or publication is None:
        raise KeyError(version)
    policy = replace(at(publication.pk).model.policies[pack], effective=row.effective)
    signed = Draft.objects.only("id").filter(signed=row).first()
    if signed is None:
        day = local(row.published_at).date().isoformat()
        by = _in_chinese(_("系统")) if row.published_by == SYSTEM.name else row.published_by
        signatures: tuple[Signature, ...] = (Signature(_in_chinese(_("发布")), by, day),)
    else:
        signatures = signatures_of(draft(signed.pk).moves)
    readers = readers_of(pack, version) if named else ()
    receipts = tuple(
        Receipt(each.name, each.unit_name, "" if each.at is None else local(each.at).date().isoformat())
        for each in readers
    )
    return _paper(policy, form, signatures, receipts)


def printed_draft(draft_id: int, form: Form) -> Paper:
    """A draft as it is kept, signed as far as it has come; the rest is to be signed by hand.

    Raises ``KeyError`` when there is no such draft, and ``Refused`` while it has errors or when this machine cannot set
    it.
    """
    found = draft(draft_id)
    checked = checked_draft(found.card.pack, found.files)
    if checked.model is None:
        raise Refused("policies.unsound", _("草案还有错误，改好后才能打印。"))
    policy = checked.model.policies[found.card.pack]
    if not found.card.version:
        marked = _("%(version)s（草案第 %(revision)s 稿）")
        figures = {"version": policy.version, "revision": found.card.revision}
        policy = replace(policy, version=_in_chinese(marked) % figures)
    return _paper(policy, form, signatures_of(found.moves), ())


def printed_letter(letter: Letter) -> Paper:
    """A letter that a case wrote, as a PDF. Raises ``Refused`` when this machine cannot set it."""
    try:
        data = print_letter(letter)
    except Unreadable as problem:
        raise _unprintable(problem) from None
    return Paper(data, f"{' '.join(filter(None, (letter.title, letter.number)))}.pdf", MEDIA_TYPES["pdf"])


def signatures_of(moves: Iterable[Move]) -> tuple[Signature, ...]:
    """Who drafted, reviewed and signed, as far as the steps have come; what was returned counts no more."""
    done: dict[Step, Move] = {}
    for move in moves:
        if move.step in {Step.RETURN, Step.SEND_BACK}:
            done.clear()
        elif move.step in {Step.START, *_SIGNED_BY}:
            done[move.step] = move
    if Step.SIGN in done and Step.SUBMIT not in done:  # where one person may publish nothing is handed in
        done[Step.SUBMIT] = done.get(Step.START, done[Step.SIGN])
    return tuple(
        _signature(_in_chinese(word), done.get(step))
        for step, word in _SIGNED_BY.items()
        if step is not Step.APPROVE or step in done or Step.SIGN not in done
    )


_SIGNED_BY = {Step.SUBMIT: _("起草"), Step.APPROVE: _("审核"), Step.SIGN: _("签发")}


def _signature(word: str, move: Move | None) -> Signature:
    return Signature(word) if move is None else Signature(word, move.by_name, local(move.at).date().isoformat())


def _in_chinese(message: str | Promise) -> str:
    """The policy's text is Chinese, and so are the words around it, whoever prints it."""
    with translation.override("zh-hans"):
        return str(message)


def _paper(policy: Policy, form: Form, signed: Sequence[Signature], readers: Sequence[Receipt]) -> Paper:
    try:
        data = print_policy(policy, form, today(), signed, readers)
    except Unreadable as problem:
        raise _unprintable(problem) from None
    return Paper(data, f"{policy.title} {policy.version}.{form}", MEDIA_TYPES[form])


def _unprintable(problem: Unreadable) -> Refused:
    return Refused("policies.unprintable", problem.en if spoken() == "en" else problem.zh)
