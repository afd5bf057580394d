"""Rows of a workbook that were given back, to whoever may look at the import. Uploaded by 许可 of the head office."""

from __future__ import annotations

from keguan.runtime.imports import queries as imports
from keguan.runtime.ledger.actions import Refused
from tests.leaks.world import ID_NUMBER, PHONE, Person, World
from tests.runtime.imports.journey import CUSTOMER, bring_in, customer


def drive(world: World, person: Person) -> str:
    """The rejected duplicate of the customer, as this person may see it."""
    rows = [CUSTOMER, customer("秦未央", 1, 手机=PHONE, 身份证号=ID_NUMBER, 来源="天上")]
    card = bring_in(world.cast.xu_ke, rows, again=True)
    try:
        return repr(imports.rejections(person.viewer, card.id))
    except Refused as refused:
        return str(refused)
