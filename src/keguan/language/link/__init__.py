"""Packs → one model: every name resolved, every expression typed."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.link.archive_marks import declare, facts, with_marks
from keguan.language.link.blocks import link_blocks
from keguan.language.link.classes import link_classes
from keguan.language.link.columns import check_columns, link_columns
from keguan.language.link.computed import link_computed
from keguan.language.link.cuts import with_cuts
from keguan.language.link.follow_on import set_aside
from keguan.language.link.linking import Linking
from keguan.language.link.order import order_computations, order_record_types
from keguan.language.link.packs import read_packs
from keguan.language.link.parameters import link_parameters
from keguan.language.link.policies import link_policies
from keguan.language.link.posts import link_posts
from keguan.language.link.processes.case_classes import case_classes
from keguan.language.link.records import RecordNames, draft_records, link_records
from keguan.language.link.required import link_required
from keguan.language.link.roles import link_roles
from keguan.language.link.scopes import Scopes
from keguan.language.model.model import Decision, Model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from keguan.language.diagnostics.findings import Findings
    from keguan.language.link.computed import Computed
    from keguan.language.model.model import Fact, Field, OutputColumn, Parameter, RecordType
    from keguan.language.source import PackSource, Span


def link(sources: Sequence[PackSource], findings: Findings) -> Model | None:
    """The model of these packs, or None when an error was found."""
    packs = read_packs(sources, findings)
    classes = link_classes(packs, findings)
    drafts = draft_records(packs, classes, findings)
    known = RecordNames(drafts, packs)
    parameters = link_parameters(packs, findings)
    records, marks = with_marks(link_records(drafts, known, findings), drafts, parameters, findings)
    scopes = Scopes(records, parameters)
    declare(marks, scopes)
    computed = link_computed(packs, drafts, known, parameters, scopes, findings)
    records = {
        code: replace(record_type, fields=link_required(record_type, drafts[code], scopes, findings))
        for code, record_type in records.items()
    }
    marked = facts(marks, records, findings)
    computed = replace(computed, facts={code: (*made, *marked.get(code, ())) for code, made in computed.facts.items()})
    check_columns(records, computed, scopes, findings)
    by_type: dict[str, tuple[Fact | Decision, ...]] = {
        code: (*computed.facts[code], *(each for each in computed.decisions.values() if each.record_type == code))
        for code in records
    }
    computations = {code: order_computations(each, findings) for code, each in by_type.items()}
    computation_order = order_record_types(records, computations, findings)
    records = {
        code: replace(record_type, columns=link_columns(drafts[code], scopes, findings))
        for code, record_type in records.items()
    }
    roles = link_roles(packs, _classes(records, computed) | case_classes(packs), findings)
    records = link_posts(records, drafts, roles, findings)
    blocks = link_blocks(Linking(packs, records, known, parameters, computed, roles, scopes, findings))
    if blocks.quotas and not findings.failed:
        by_type = with_cuts(by_type, blocks.quotas.values())
        computations = {code: order_computations(each, findings) for code, each in by_type.items()}
        computation_order = order_record_types(records, computations, findings)
    if findings.failed:
        set_aside(sources, (pack.id for pack in packs), _linked(records, parameters, computed), findings)
        return None
    cut = {each.code: each for steps in computations.values() for each in steps if isinstance(each, Decision)}
    return Model(
        policies=MappingProxyType(link_policies(packs)),
        record_types=MappingProxyType(records),
        facts=MappingProxyType(dict(computed.facts)),
        decisions=MappingProxyType({code: cut.get(code, each) for code, each in computed.decisions.items()}),
        computations=MappingProxyType(computations),
        computation_order=computation_order,
        parameters=MappingProxyType(parameters),
        roles=MappingProxyType(roles),
        blocks=blocks,
        information_classes=MappingProxyType(classes.by_label),
        protection_levels=classes.levels,
    )


def _classes(records: Mapping[str, RecordType], computed: Computed) -> frozenset[str]:
    """Every information class to which something belongs."""
    fields = {field.information_class for record_type in records.values() for field in record_type.fields}
    facts = {fact.information_class for facts in computed.facts.values() for fact in facts}
    return frozenset(fields | facts | {decision.information_class for decision in computed.decisions.values()})


def _linked(
    records: Mapping[str, RecordType], parameters: Mapping[str, Parameter], computed: Computed
) -> Iterator[tuple[Span, str, str]]:
    """Where everything stands that came to be, its code and its label."""
    everything: tuple[Iterable[RecordType | Field | Parameter | Fact | OutputColumn], ...] = (
        records.values(),
        (field for record_type in records.values() for field in record_type.fields),
        parameters.values(),
        (fact for facts in computed.facts.values() for fact in facts),
        (output for decision in computed.decisions.values() for output in decision.outputs),
    )
    for things in everything:
        for thing in things:
            yield thing.span, thing.code, thing.label.zh
