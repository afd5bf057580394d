"""The complaints that come in on a day of the month, by several channels; one is merged, one withdrawn."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from keguan.demo import days, deeds
from keguan.demo.habits import CLERKS
from keguan.demo.matters import LIFT, MATTERS, NOISE, Matter
from keguan.demo.steps import sort
from keguan.runtime import clock

if TYPE_CHECKING:
    from random import Random

    from keguan.runtime.records.validation import Typed

Happening = tuple[int, int, Callable[[], object]]
"""At which hour and minute what happens."""

ESTATES = (("江南里", "dingyi"), ("滨海湾", "shilei"))
"""The estates, and who is on duty there."""

URGENT = "突发事件"
_CHANNELS = ("来电", "来电", "来电", "客户门户", "客户门户", "现场", "现场", "邮件", "网站", "信函")
_MERGED, _WITHDRAWN, _MEDIA = 7, 9, 17
"""The days of the month on which that happens; a regulator passes one on every tenth, from the fourth on."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A complaint that comes in; ``minutes`` pass until somebody is there, when it is urgent."""

    matter: Matter
    owner: tuple[int, str]
    estate: str
    on_duty: str
    building: int
    room: str
    channel: str
    clerk: str
    minutes: int
    media: bool

    def file(self) -> None:
        """It is filed by whoever gets it, and attended to at once where it is urgent."""
        by = deeds.FRONT_DESK if self.channel == "现场" else self.clerk
        more: dict[str, Typed] = {"media": "是"} if self.media else {}
        more |= {"regulator": "12345"} if self.channel == "监管转办" else {}
        place = (self.estate, self.building, self.room)
        record_id = deeds.file_complaint(by, self.matter, self.owner, place, self.channel, more)
        if self.matter.cause == URGENT:
            attend(self.on_duty, record_id, self.minutes)


def of_day(chance: Random, of_month: int) -> list[Happening]:
    """The complaints of a day, at their hours."""
    found: list[Happening] = []
    owners = deeds.owners()
    for matter in chance.sample(MATTERS, chance.choice((0, 1, 1, 1, 2, 2))):
        estate, on_duty = chance.choice(ESTATES)
        channel = chance.choice(_CHANNELS)
        arrival = Arrival(
            matter,
            chance.choice(owners),
            estate,
            on_duty,
            chance.randint(1, 12),
            f"{chance.randint(2, 28):02}0{chance.randint(1, 4)}",
            "监管转办" if of_month % 10 == 4 and not found else channel,
            chance.choice(CLERKS),
            chance.randint(8, 26),
            of_month == _MEDIA and not found,
        )
        found.append((chance.randint(8, 14), chance.randint(6, 55), arrival.file))
    if of_month == _MERGED:
        one, other = chance.sample(owners, 2)
        found.append((10, 0, lambda: _merged(one, other)))
    if of_month == _WITHDRAWN:
        owner = chance.choice(owners)
        found.append((12, 10, lambda: _withdrawn(owner)))
    return found


def attend(by: str, record_id: int, minutes: int) -> None:
    """Somebody on duty gets there, late when it takes them more than a quarter of an hour."""
    days.until(clock.now() + timedelta(minutes=minutes))
    row = deeds.at_step(by, record_id, "attending")
    deeds.complete(deeds.viewer(by), row, arrival=f"{minutes}分钟到场，先保人，再断源，现场已围挡。")


def _merged(one: tuple[int, str], other: tuple[int, str]) -> None:
    """Two owners complain of the same lift: the second case goes into the first."""
    first = deeds.file_complaint("xuke", LIFT, one, ("江南里", 11, "0802"))
    days.pause(35)
    second = deeds.file_complaint("suwan", LIFT, other, ("江南里", 11, "1401"), "客户门户")
    days.pause(20)
    row, into = (deeds.at_step("hening", each, "sorting") for each in (second, first))
    deeds.merge(deeds.viewer("hening"), row, into, "同一部电梯的同一件事，并案办理，两位业主一起回访。")


def _withdrawn(owner: tuple[int, str]) -> None:
    """A customer thinks better of it: the case ends at its settling."""
    record_id = deeds.file_complaint("xuke", NOISE, owner, ("滨海湾", 3, "0904"))
    days.pause(25)
    sort("hening", record_id, NOISE)
    days.pause(90)
    row = deeds.at_step("jiangfan", record_id, "settling")
    deeds.withdraw(deeds.viewer("jiangfan"), row, "业主来电说楼上已经停工道歉，要求撤回。")
