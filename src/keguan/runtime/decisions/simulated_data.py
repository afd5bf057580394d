"""A tried change as JSON, by ``docs/reference/simulation.schema.json``: values as the viewer may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.runtime.access.sealed_values import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.model.model import Label, Policy
    from keguan.runtime.access.shown import Shown
    from keguan.runtime.decisions.explaining import Explained
    from keguan.runtime.decisions.simulated import (
        Named,
        QuotaFlow,
        Simulated,
        SimulatedDecision,
        SimulatedFact,
        SimulatedFlow,
        SimulatedQuota,
        Total,
    )

FORMAT = "keguan.simulation/1"

Data = dict[str, object]


def simulation_data(found: Simulated) -> Data:
    """The whole document."""
    return {
        "format": FORMAT,
        "day": found.day.isoformat(),
        "old": _versions(found.old),
        "new": _versions(found.new),
        "differences": [each.as_data() for each in found.differences],
        "decisions": [_decision(each) for each in found.decisions],
        "facts": [_fact(each) for each in found.facts],
        "quotas": [_quota(each) for each in found.quotas],
        "still": [{"code": each.code, "label": _label(each.label)} for each in found.still],
        "not_simulated": [each.as_data() for each in found.not_simulated],
        "seconds": round(found.seconds, 3),
    }


def _versions(policies: Mapping[str, Policy]) -> Data:
    return {policy.id: policy.version for policy in policies.values()}


def _label(label: Label) -> Data:
    return {"zh": label.zh, "en": label.en}


def _decision(decision: SimulatedDecision) -> Data:
    return {
        "code": decision.code,
        "label": _label(decision.label),
        "record_type": decision.record_type,
        "records": decision.total,
        "moved": decision.moved,
        "rule_only": decision.rule_only,
        "flows": [_flow(each) for each in decision.flows],
        "totals": [_total(each) for each in decision.totals],
        "withheld": decision.withheld,
        "named": [_named(each) for each in decision.named],
    }


def _flow(flow: SimulatedFlow) -> Data:
    return {
        "before": written(flow.before),
        "after": written(flow.after),
        "direction": flow.direction,
        "records": flow.count,
        "moved": flow.moved,
    }


def _total(total: Total) -> Data:
    return {
        "code": total.code,
        "label": _label(total.label),
        "kind": total.kind.value,
        "scale": total.scale,
        "before": total.before,
        "after": total.after,
        "records_before": total.count_before,
        "records_after": total.count_after,
    }


def _fact(fact: SimulatedFact) -> Data:
    return {
        "code": fact.code,
        "label": _label(fact.label),
        "record_type": fact.record_type,
        "records": fact.records,
        "differs": fact.differs,
        "total": None if fact.total is None else _total(fact.total),
        "withheld": fact.withheld,
    }


def _quota(quota: SimulatedQuota) -> Data:
    return {
        "code": quota.code,
        "label": _label(quota.label),
        "clause": {"number": quota.clause.number, "title": quota.clause.title, "anchor": quota.clause.anchor},
        "decision": quota.decision,
        "cut": quota.cut,
        "cut_before": quota.cut_before,
        "groups": quota.groups,
        "rooms": [
            {
                "group": room.group,
                "members": room.members,
                "outcome": room.outcome,
                "have": room.have,
                "most": room.most,
                "least": room.least,
                "keep": room.keep,
            }
            for room in quota.rooms
        ],
        "flows": [_quota_flow(each) for each in quota.flows],
        "named": [{"id": each.id, "title": _shown(each.title), "flow": _quota_flow(each.flow)} for each in quota.named],
    }


def _quota_flow(flow: QuotaFlow) -> Data:
    return {
        "group": flow.group,
        "before": flow.before,
        "after": flow.after,
        "records": flow.count,
        "waits": flow.waits,
    }


def _named(named: Named) -> Data:
    return {
        "id": named.id,
        "title": _shown(named.title),
        "before": None if named.before is None else _side(named.before),
        "after": None if named.after is None else _side(named.after),
    }


def _side(side: Explained) -> Data:
    return {
        "outcome": [{"label": _label(label), **_shown(shown)} for label, shown in side.outcome],
        "clause": {"number": side.clause.number, "title": side.clause.title, "anchor": side.clause.anchor},
        "rules": list(side.counted.rows),
        "sentence": side.sentence,
    }


def _shown(shown: Shown) -> Data:
    return {"text": shown.text, "state": shown.state}
