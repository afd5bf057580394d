"""What a viewer may know of figures.

* A figure is of its block's class; where the block names none, or a type it reads has rules of its own, it tells of
  everything it reads.
* Whoever may see that of every record sees all of it. Others see a figure that is over at least ``FEW`` records; and of
  its groups their own, those of the units they look after, and of choices those of at least ``FEW`` records.
* A list behind a figure has only records within the viewer's reach on which all that the figure asks about is seen.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from keguan.language.feel.typed import FieldRef
from keguan.language.feel.walk import children, parents, references
from keguan.language.model.classes import Display
from keguan.language.model.metric import GroupBy
from keguan.runtime.access.columns import columns, display_of
from keguan.runtime.access.disclosure import classes_of, disclosed
from keguan.runtime.access.granted import blocked
from keguan.runtime.access.rights import sees, sees_everywhere, sees_somewhere, visible
from keguan.runtime.access.viewer import Place
from keguan.runtime.metrics.groups import PERSONAL, key_of
from keguan.runtime.org import queries as org

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from keguan.language.model.behind import Behind
    from keguan.language.model.metric import Figure, Metric
    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer

FEW = 5
"""A number over fewer records than this would tell of single ones."""


@dataclass(frozen=True)
class FigureSight:
    """One viewer's sight of one figure."""

    viewer: Viewer
    model: Model
    metric: Metric
    figure: Figure

    @cached_property
    def told(self) -> frozenset[str]:
        """What the figure as a whole gives away."""
        return told_by(self.model, self.metric, self.figure)

    @cached_property
    def at_all(self) -> bool:
        """Whether the viewer may know of the figure."""
        types = {each.child for each in children(self.figure.expression)}
        return all(visible(self.viewer, each, self.model) for each in types) and sees_somewhere(
            self.viewer, self.told, self.model
        )

    @cached_property
    def everywhere(self) -> bool:
        """Whether it can tell the viewer of nobody they may not see."""
        return self.at_all and sees_everywhere(self.viewer, self.told, self.model)

    @cached_property
    def of_groups(self) -> frozenset[str]:
        """What its groups give away: what the whole does, and by what they are told apart."""
        group = self.figure.group
        if group is None or group.value is None:
            return self.told
        if group.by is GroupBy.RECORD and isinstance(group.value, FieldRef):
            return self.told | {disclosed(self.model, group.record_type, group.value.code)}
        return self.told | classes_of(self.model, group.record_type, group.value)

    def whole(self, members: int) -> bool:
        """Whether the viewer may know what the figure comes to over so many records."""
        return self.everywhere or (self.at_all and members >= FEW)

    def groups(self, members: Mapping[str, int]) -> frozenset[str]:
        """Of these groups, each over so many records, those that the viewer may know. At most one query."""
        group = self.figure.group
        if group is None or not self.at_all or not sees_somewhere(self.viewer, self.of_groups, self.model):
            return frozenset()
        if self.everywhere and sees_everywhere(self.viewer, self.of_groups, self.model):
            return frozenset(members)
        if group.by in PERSONAL or group.by is GroupBy.UNIT:
            return self._placed(list(members), personal=group.by in PERSONAL)
        return frozenset() if group.by is GroupBy.RECORD else _not_few(members)

    def _placed(self, keys: Sequence[str], *, personal: bool) -> frozenset[str]:
        """The groups of people and units whose records the viewer would see."""
        ids = {each: key for each in keys if isinstance(key := key_of(each), int)}
        units = org.units_of(ids.values()) if personal and ids else {}
        places = {each: Place(key, units.get(key)) if personal else Place(None, key) for each, key in ids.items()}
        return frozenset(
            each
            for each, place in places.items()
            if place.owner_id == self.viewer.staff_id is not None
            or sees(self.viewer, self.of_groups, place, self.model)
        )


def told_by(model: Model, metric: Metric, figure: Figure) -> frozenset[str]:
    """What a figure gives away: its block's class, or all that it reads."""
    types = {each.child for each in children(figure.expression)}
    declared = metric.information_class
    if (
        declared
        and display_of(model, declared) is Display.AS_GRANTED
        and not any(blocked(model, each) for each in types)
    ):
        return frozenset({declared})
    return frozenset[str]().union(
        *(
            classes_of(model, each.child, part)
            for each in children(figure.expression)
            for part in (each.where, each.value)
            if part is not None
        )
    )


def asked_of(model: Model, behind: Behind, figure: Figure) -> tuple[frozenset[str], frozenset[str]]:
    """What a list behind a figure asks about: codes of its records, and what it gives away of what they refer to."""
    group = figure.group if figure.group is not None and figure.group.record_type == behind.record_type else None
    asked = [each for each in (behind.where, None if group is None else group.value) if each is not None]
    known = columns(model, behind.record_type)
    codes = frozenset(code for each in asked for code in references(each) if code in known)
    above = frozenset(
        each
        for part in asked
        for begins, parent in parents(part, behind.record_type)
        for each in classes_of(model, begins, parent)
    )
    return codes, above


def _not_few(members: Mapping[str, int]) -> frozenset[str]:
    """The groups of enough records; with one that is too small the next smallest goes as well, or the whole would tell
    of it.
    """
    few = [each for each, count in members.items() if count < FEW]
    shown = sorted((each for each in members if each not in few), key=lambda each: members[each])
    return frozenset(shown[1:] if len(few) == 1 else shown)
