"""Quotas onto the decisions that they cut: what they group and order by becomes facts that nobody is shown."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from keguan.language.feel.types import Text
from keguan.language.model.cuts import cut_of, keys_of
from keguan.language.model.model import Decision, Fact

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from keguan.language.model.cuts import Cut
    from keguan.language.model.quota import Quota

Steps = tuple[Fact | Decision, ...]


def with_cuts(steps: Mapping[str, Steps], quotas: Iterable[Quota]) -> dict[str, Steps]:
    """What is computed of every record type, with the quotas on their decisions and the facts that these are cut by.

    Quotas over one outcome cut one after the other, in the order in which they are declared.
    """
    facts: defaultdict[str, list[Fact]] = defaultdict(list)
    cuts: defaultdict[str, list[Cut]] = defaultdict(list)
    decisions = {step.code: step for each in steps.values() for step in each if isinstance(step, Decision)}
    for quota in quotas:
        decision = decisions[quota.decision]
        type_ = next(output.type for output in decision.outputs if output.code == quota.output)
        cut = cut_of(quota, (type_.choices if isinstance(type_, Text) else None) or ())
        if cut.bounds:
            facts[quota.record_type] += keys_of(quota).values()
            cuts[quota.decision].append(cut)
    return {
        record_type: (*facts[record_type], *(_cut(step, cuts) for step in each)) for record_type, each in steps.items()
    }


def _cut(step: Fact | Decision, cuts: Mapping[str, list[Cut]]) -> Fact | Decision:
    if not isinstance(step, Decision) or step.code not in cuts:
        return step
    return replace(step, cuts=tuple(cuts[step.code]))
