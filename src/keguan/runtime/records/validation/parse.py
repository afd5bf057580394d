"""One value of one field."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime.clock import today as clock_today
from keguan.runtime.records.validation import contact, dates, identity, numbers, people, texts, times
from keguan.runtime.records.validation.invalid import Invalid

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from keguan.runtime.access.sealed_values import Value
    from keguan.runtime.records.validation.holder import Holder
    from keguan.runtime.records.validation.invalid import Typed

_FREE = frozenset({FieldKind.TEXT, FieldKind.LONG_TEXT})
LONGEST = 320
"""Characters of a value that is no free text; a longer one is not looked at."""

_PARSERS: dict[FieldKind, Callable[[Holder, Typed, date], Value]] = {
    FieldKind.TEXT: texts.text,
    FieldKind.LONG_TEXT: texts.long_text,
    FieldKind.CHOICE: texts.choice,
    FieldKind.BOOLEAN: texts.boolean,
    FieldKind.REFERENCE: texts.reference,
    FieldKind.PERIOD: texts.reference,
    FieldKind.STAFF: people.person,
    FieldKind.INTEGER: numbers.number,
    FieldKind.NUMBER: numbers.number,
    FieldKind.MONEY: numbers.money,
    FieldKind.PERCENT: numbers.percent,
    FieldKind.DATE: dates.day,
    FieldKind.TIME: times.clock,
    FieldKind.DATE_TIME: times.moment,
    FieldKind.DURATION: times.duration,
    FieldKind.PHONE: contact.phone,
    FieldKind.EMAIL: contact.email,
    FieldKind.ID_NUMBER: identity.id_number,
    FieldKind.USCC: identity.uscc,
    FieldKind.BANK_CARD: identity.bank_card,
    FieldKind.ATTACHMENT: texts.attachment,
}


def parse(field: Holder, typed: Typed, today: date | None = None) -> Value | None:
    """The stored value of what was typed for ``field``; None for nothing. Raises ``Invalid``.

    ``today`` is the clock's day unless given; a batch gives it once.
    """
    if typed is None or typed == "" or (typed.__class__ is str and not typed.strip()):
        return None
    if typed.__class__ is str and len(typed) > LONGEST and field.kind not in _FREE:
        raise Invalid(_("太长了：这里最多%(limit)s个字。") % {"limit": LONGEST})
    return _PARSERS[field.kind](field, typed, today or clock_today())
