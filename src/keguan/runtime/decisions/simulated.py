"""What a change of the policy would do to the records: figures, flows and names."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from keguan.language.model.model import ClauseRef, Decision, FieldKind, Label, Policy
    from keguan.language.model.values import Value
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.decisions.explaining import Explained
    from keguan.runtime.policies.language_door import Difference


@dataclass(frozen=True, slots=True)
class SimulatedFlow:
    """So many records go from one outcome (of the decision's first output) to another; None is no outcome.

    Of a decision whose first output is a number, ``direction`` tells what ``before`` and ``after``, then None, do not:
    ``up``, ``down``, ``same``, ``gained`` (from none to some), ``lost``, ``none``. ``moved`` counts those in which any
    output differs.
    """

    before: Value
    after: Value
    direction: str
    count: int
    moved: int


@dataclass(frozen=True, slots=True)
class Total:
    """What a numeric output or fact comes to over all records, in storage units, and how many have a value."""

    code: str
    label: Label
    kind: FieldKind
    scale: int
    before: int
    after: int
    count_before: int
    count_after: int


@dataclass(frozen=True, slots=True)
class Named:
    """A record that would move, as this viewer may see it: why it is what it is, and why it would be something else.

    A side is None where the version has no such decision.
    """

    id: int
    title: Shown
    before: Explained | None
    after: Explained | None


@dataclass(frozen=True, slots=True)
class SimulatedDecision:
    """What happens to one decision. ``moved`` counts the records in which any output differs, ``rule_only`` those in
    which only the rule does; ``named`` are some of the moved within the viewer's reach, from every flow.
    ``withheld``: there are totals, which this viewer may not see.
    """

    code: str
    label: Label
    record_type: str
    was: Decision | None
    now: Decision | None
    flows: tuple[SimulatedFlow, ...]
    total: int
    moved: int
    rule_only: int
    totals: tuple[Total, ...]
    named: tuple[Named, ...]
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class SimulatedFact:
    """In how many records a fact would differ; what it comes to, where it is a number. ``withheld``: it comes to
    something that this viewer may not see.
    """

    code: str
    label: Label
    record_type: str
    records: int
    differs: int
    total: Total | None
    withheld: bool = False


@dataclass(frozen=True, slots=True)
class QuotaFlow:
    """Within one group: so many go by the quota from one outcome to another (down, or up to fill a floor), or
    ``waits`` for a person with the outcome they have.
    """

    group: str
    before: str
    after: str
    count: int
    waits: bool


@dataclass(frozen=True, slots=True)
class QuotaRoom:
    """How many of one group have an outcome by the table, how many there is room for (None: any number), how many have
    it after the cut. ``least`` is a floor.
    """

    group: str
    members: int
    outcome: str
    have: int
    most: int | None
    least: int | None
    keep: int


@dataclass(frozen=True, slots=True)
class QuotaNamed:
    """A record that the quota touches, as this viewer may see it."""

    id: int
    title: Shown
    flow: QuotaFlow


@dataclass(frozen=True, slots=True)
class SimulatedQuota:
    """What a quota cuts under the new version, ``cut`` records in all, and how many it cuts under the old one (None:
    it has no such quota). ``groups`` is how many groups there are; ``rooms`` and ``flows`` are of the first of them.
    """

    code: str
    label: Label
    clause: ClauseRef
    record_type: str
    decision: str
    cut: int
    cut_before: int | None
    groups: int
    rooms: tuple[QuotaRoom, ...]
    flows: tuple[QuotaFlow, ...]
    named: tuple[QuotaNamed, ...]


@dataclass(frozen=True, slots=True)
class Simulated:
    """A change tried. Everything was computed by both versions from the same rows, for the parameters of ``day``.

    ``still`` are the decisions of which nothing that they read is different; ``not_simulated`` the differences in
    blocks whose effect on what is under way is not worked out yet. ``seconds`` of computing.
    """

    day: date
    old: Mapping[str, Policy]
    new: Mapping[str, Policy]
    differences: tuple[Difference, ...]
    decisions: tuple[SimulatedDecision, ...]
    facts: tuple[SimulatedFact, ...]
    quotas: tuple[SimulatedQuota, ...]
    still: tuple[Decision, ...]
    not_simulated: tuple[Difference, ...]
    seconds: float
