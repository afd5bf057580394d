"""Numbers of cases: one after the other within a period, none left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction
from django.db.models import F

from keguan.runtime import clock
from keguan.runtime.processes.models import Case, Counter

if TYPE_CHECKING:
    from keguan.language.model.process import Process


def next_number(process: Process) -> str:
    """The number of the next case of the process, by today's date; "" when its cases have none.

    Inside the transaction that makes the case: until that ends others who want a number of the same period wait, and
    when it is undone the number is given again. Three queries, one more for the first number of a period.
    """
    if process.numbering is None:
        return ""
    day = clock.today()
    while True:
        number = process.numbering.write(day, counted(process.code, process.numbering.period(day)))
        if not Case.objects.filter(process=process.code, number=number).exists():
            return number  # an earlier edition may have numbered by another pattern that gives the same text


def counted(process: str, period: str) -> int:
    """The next number of a process (or of what else is numbered) within a period, given again when the transaction is
    undone. Two queries, one more for the first.
    """
    own = Counter.objects.filter(process=process, period=period)
    if not own.update(last=F("last") + 1):
        try:
            with transaction.atomic():
                Counter.objects.create(process=process, period=period, last=1)
        except IntegrityError:  # somebody else began the period
            own.update(last=F("last") + 1)
    return own.values_list("last", flat=True).get()
