"""The kinds of blocks that stand on records, facts, decisions, parameters and roles."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.link.access_rules import link_access_rules
from keguan.language.link.allocations import link_allocations
from keguan.language.link.checklists import link_checklists
from keguan.language.link.consequences import link_consequences
from keguan.language.link.documents import link_documents
from keguan.language.link.duties import link_duties
from keguan.language.link.forms import link_forms
from keguan.language.link.metrics import link_metrics
from keguan.language.link.processes import link_processes
from keguan.language.link.quotas import link_quotas
from keguan.language.link.retentions import link_retentions
from keguan.language.link.rosters import link_rosters
from keguan.language.link.surveys import link_surveys
from keguan.language.model.model import Blocks

if TYPE_CHECKING:
    from keguan.language.link.linking import Linking


def link_blocks(linking: Linking) -> Blocks:
    """Link every one of them."""
    forms = link_forms(linking)
    processes, duties = link_processes(linking, forms), link_duties(linking)
    forms = link_surveys(linking, forms, processes, duties)
    return Blocks(
        quotas=MappingProxyType(link_quotas(linking)),
        processes=MappingProxyType(processes),
        duties=MappingProxyType(duties),
        checklists=MappingProxyType(link_checklists(linking)),
        access_rules=MappingProxyType(link_access_rules(linking)),
        retentions=MappingProxyType(link_retentions(linking)),
        metrics=MappingProxyType(link_metrics(linking)),
        consequences=MappingProxyType(link_consequences(linking)),
        allocations=MappingProxyType(link_allocations(linking)),
        rosters=MappingProxyType(link_rosters(linking)),
        forms=MappingProxyType(forms),
        documents=MappingProxyType(link_documents(linking, forms)),
    )
