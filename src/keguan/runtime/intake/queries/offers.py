"""What customers may begin by themselves, by the policy in force; nothing here is a stored value."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.feel.types import Text
from keguan.language.model.model import FieldKind
from keguan.language.model.timing.words import show_deadline
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.policies import queries as policies

if TYPE_CHECKING:
    from keguan.language.model.form import Form
    from keguan.language.model.label import ClauseRef
    from keguan.language.model.process import Process
    from keguan.language.model.public import Public
    from keguan.runtime.policies.queries import Current

LONGEST = 5_000
"""Characters of a text that the policy sets no limit to."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A process that customers may begin. ``within`` is the time promised for the whole, empty where none is."""

    process: str
    label: str
    clause: ClauseRef
    within: str
    withdraw: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One field of the form that a customer fills in."""

    code: str
    label: str
    kind: FieldKind
    required: bool
    choices: tuple[str, ...]
    max_length: int
    note: str


def offers(language: str) -> tuple[Offer, ...]:
    """Everything that customers may begin, in the policy's order."""
    processes = policies.current().model.blocks.processes.values()
    return tuple(_offer(process, process.public, language) for process in processes if process.public is not None)


def offer(process: str, language: str) -> Offer:
    """One of them. Raises ``Refused`` (``intake.closed``)."""
    found, public, _form = opened(policies.current(), process)
    return _offer(found, public, language)


def asked(process: str, language: str) -> tuple[Asked, ...]:
    """The fields of its form, in the policy's order. Raises ``Refused`` (``intake.closed``)."""
    _process, _public, form = opened(policies.current(), process)
    return tuple(
        Asked(
            code=field.code,
            label=field.label.text(language),
            kind=field.kind,
            required=field.required is True,
            choices=(field.type.choices or ()) if isinstance(field.type, Text) else (),
            max_length=min(field.max_length or LONGEST, LONGEST),
            note=field.note,
        )
        for field in form.fields
    )


def opened(current: Current, code: str) -> tuple[Process, Public, Form]:
    """A process that is open to customers, with what is opened and its form. Raises ``Refused`` (``intake.closed``)."""
    blocks = current.model.blocks
    process = blocks.processes.get(code)
    if process is None or process.public is None:
        raise Refused("intake.closed", _("这件事不能在网上办理。请从首页看可以办理的事项，或与公司联系。"))
    return process, process.public, blocks.forms[process.public.form]


def _offer(process: Process, public: Public, language: str) -> Offer:
    within = "" if process.total is None else show_deadline(process.total, language)
    return Offer(process.code, process.label.text(language), process.clause, within, public.withdraw)
