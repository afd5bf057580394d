"""Following the lanes through the entries: is every entry there that was ever committed? (``lanes.py``)"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db import connection
from django.utils.translation import gettext as _

from keguan.runtime.ledger import lanes
from keguan.runtime.ledger.faults import FAULTS_KEPT
from keguan.runtime.ledger.lanes import BROKEN, START
from keguan.runtime.ledger.models import Entry

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from keguan.runtime.ledger.faults import Faults
    from keguan.runtime.ledger.reading import Row

_ID, _BEFORE = 0, 11
_PART = 500


@dataclass
class Following:
    """``ends``: the last entry of each lane so far. ``awaited``: where the counters stood before the first entry was
    read; ``missing``: entries that others name and that were not met; ``lost``: entries of blocks
    that are not there any more; ``met``: entries so far.
    """

    faults: Faults
    ends: set[int] = field(default_factory=set)
    missing: set[int] = field(default_factory=set)
    awaited: dict[int, int] = field(default_factory=dict)
    lost: set[int] = field(default_factory=set)
    met: int = 0
    last_read: int = 0

    def begin(self) -> None:
        """Look where the counters stand; whatever they have counted must be met."""
        for lane, _count, last, sound in lanes.state():
            if sound:
                self.awaited[last] = lane
            else:
                self.faults.other(None, _("第 %(lane)s 道的计数被改动过。") % {"lane": lane}, 2**62)
        self.awaited = {last: lane for last, lane in self.awaited.items() if last not in self.ends}

    def pass_by(self, rows: Sequence[Row], damaged: Collection[int] = ()) -> None:
        """Follow these entries, the next ones. Of a damaged one nothing is concluded."""
        if not rows:
            return
        self.last_read = rows[-1][_ID]
        ids = [row[_ID] for row in rows]
        self.met += len(ids)
        if self.awaited:
            for entry_id in self.awaited.keys() & ids:
                del self.awaited[entry_id]
        befores = [row[_BEFORE] for row in rows]
        if befores[0] in self.ends and befores[1:] == ids[:-1] and not damaged:  # one lane alone, as on SQLite
            self.ends.remove(befores[0])
            self.ends.add(ids[-1])
            return
        for entry_id, before in zip(ids, befores, strict=True):
            if before in self.ends:
                self.ends.remove(before)
            elif before is None:  # written before there were lanes
                self.met -= 1
                continue
            elif entry_id not in damaged and before != START:
                self._unmet(entry_id, before)
            self.ends.add(entry_id)

    def finish(self) -> None:
        """What is missing for good, once everything has been read. What was committed while we read is not."""
        gone = _not_there({*self.missing, *self.awaited})
        for entry_id in sorted(gone | self._before(gone)):
            self.faults.entry(entry_id, None, _("记录 %(id)s 被删除或改了编号。"))
        if not self.faults.count:
            self._loose_ends()

    def _before(self, gone: set[int]) -> set[int]:
        """Of a run of missing entries the last is known by name. Those before it are named too when it is certain that
        they were there: an id between may be that of a transaction that was undone, though not on SQLite.
        """
        ends, before = sorted(self.ends | self.lost), set[int]()
        for entry_id in gone - self.lost:
            end = bisect_left(ends, entry_id)
            before |= set(range(max(ends[end - 1] + 1, entry_id - FAULTS_KEPT), entry_id)) if end else set()
        before = _not_there(before) - gone - self.lost
        counted = sum(count for _lane, count, _last, sound in lanes.state() if sound)
        certain = connection.vendor == "sqlite" or len(before | gone | self.lost) == counted - self.met
        return before if certain else set()

    def _unmet(self, entry_id: int, before: int) -> None:
        if before == BROKEN:
            sentence = _("记录 %(id)s 写下之前，它那一道的计数被改动过，前面的记录可能缺失。")
            self.faults.other(None, sentence % {"id": entry_id}, entry_id)
        elif len(self.missing) < _PART:
            self.missing.add(before)

    def _loose_ends(self) -> None:
        """A lane ends in the entry that its counter names, or goes on with one that came while we read."""
        loose = self.ends - {last for _lane, _count, last, _sound in lanes.state()}
        if not loose:
            return
        later = Entry.objects.filter(pk__gt=self.last_read, before__in=loose).values_list("before", flat=True)
        for end in sorted(loose - set(later)):
            sentence = _("记录 %(id)s 之后的计数被退回或删除：它后面的记录可能缺失。")
            self.faults.other(None, sentence % {"id": end}, end)


def _not_there(ids: set[int]) -> set[int]:
    """Those that no entry has. One query for every 500."""
    listed = sorted(ids)
    there: set[int] = set()
    for first in range(0, len(listed), _PART):
        there.update(Entry.objects.filter(pk__in=listed[first : first + _PART]).values_list("id", flat=True))
    return ids - there
