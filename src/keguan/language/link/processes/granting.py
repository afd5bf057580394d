"""What the cases of a process grant: rights with the record types they are for, how long, how often."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING

from keguan.language.diagnostics.catalogue import granting as entries
from keguan.language.model.granting import Bulk
from keguan.language.model.kinds import FieldKind

if TYPE_CHECKING:
    from collections.abc import Mapping

    from keguan.language.blocks.granting import GrantsWritten
    from keguan.language.link.linking import Linking
    from keguan.language.link.packs import Declared
    from keguan.language.markdown.document import Written
    from keguan.language.model.granting import GrantedRight
    from keguan.language.model.timing import Length


@dataclass(frozen=True, slots=True)
class Granted:
    """What the header lines mean."""

    rights: Mapping[GrantedRight, frozenset[str]] = field(default_factory=lambda: MappingProxyType({}))
    length: Length | None = None
    uses: int | None = None
    bulk: Bulk | None = None


def link_grants(written: GrantsWritten | None, declared: Declared, linking: Linking) -> Granted:
    """What a process grants. Without a length and without a number of uses, it may be used once."""
    if written is None:
        return Granted()
    rights: dict[GrantedRight, frozenset[str]] = {}
    for right, names in written.rights:
        found = [linking.record_type(name, declared) for name in names]
        types = frozenset(code for code in found if code is not None)
        if len(types) < len(set(found)) and not types:
            continue  # every name was wrong, and an empty set would mean all types
        everything = not names or (right in rights and not rights[right])
        rights[right] = frozenset() if everything else types | rights.get(right, frozenset())
    uses = written.uses if written.uses is not None or written.length is not None else 1
    bulk = _bulk(written.bulk, linking) if written.bulk is not None else None
    return Granted(MappingProxyType(rights), written.length, uses, bulk)


def _bulk(written: Written, linking: Linking) -> Bulk | None:
    text = written.text.strip().removesuffix("行").strip()
    if text.isdecimal() and int(text) > 0:
        return Bulk(written.text, int(text))
    known = (each for each in linking.parameters.values() if text in (each.label.zh, each.label.en, each.code))
    parameter = next(known, None)
    if parameter is not None and parameter.kind is FieldKind.INTEGER:
        dated = tuple((each.since, each.value) for each in parameter.values if isinstance(each.value, int))
        if len(dated) == len(parameter.values) and all(number > 0 for _, number in dated):
            return Bulk(written.text, dated[-1][1], dated, parameter.code)
    linking.findings.add(entries.BULK_NUMBER, written.span, value=written.text)
    return None
