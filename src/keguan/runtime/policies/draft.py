"""A draft among the other packs: checked as a whole, and against what is already kept."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language import api
from keguan.language.source import PackSource
from keguan.runtime.policies.continuity import breaks
from keguan.runtime.policies.in_force import at, current, latest
from keguan.runtime.policies.models import Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from keguan.language.api import Checked
    from keguan.language.diagnostics.diagnostic import Diagnostic
    from keguan.language.model.model import Model


def checked_draft(pack: str, files: Mapping[str, str]) -> Checked:
    """The draft of one pack linked with the others as last published, and checked against what is kept."""
    last = latest()
    others = () if last is None else last.sources
    checked = api.check(with_drafts(others, [PackSource(pack, MappingProxyType(dict(files)))]))
    if checked.model is None or last is None:
        return checked
    lost = continuity(last.model, checked.model)
    return api.Checked(None if lost else checked.model, (*checked.diagnostics, *lost))


def changed(model: Model) -> tuple[api.Difference, ...]:
    """What a checked draft changes of the policy in force. Raises ``Refused`` while none is."""
    return api.differences(current().model, model)


def with_drafts(published: Iterable[PackSource], drafts: Sequence[PackSource]) -> tuple[PackSource, ...]:
    """The published packs with the drafts in place of their own."""
    packs = {source.id: source for source in published} | {source.id: source for source in drafts}
    return tuple(packs[pack] for pack in sorted(packs))


def continuity(old: Model, new: Model) -> tuple[Diagnostic, ...]:
    """What in ``new`` would lose or misread what is kept under any publication so far."""
    return tuple(breaks(old, new, _every_model()))


def _every_model() -> Iterator[tuple[str, Model]]:
    seen: set[str] = set()
    for publication_id, digest in Publication.objects.order_by("-id").values_list("id", "digest"):
        if digest not in seen:
            seen.add(digest)
            model = at(publication_id).model
            yield ", ".join(f"{policy.id} {policy.version}" for policy in model.policies.values()), model
