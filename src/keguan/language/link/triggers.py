"""What 触发 names: 新建, 变更, 变更 等级, 新建 投诉, or a date field."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

from keguan.language.blocks.duty import CHANGED, CREATED, KEPT
from keguan.language.diagnostics.catalogue import duties as entries
from keguan.language.feel.scope import RecordName
from keguan.language.feel.types import Date
from keguan.language.link.evidence import record_named, references_to
from keguan.language.model.duty import Trigger, TriggerKind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.link.linking import Linking
    from keguan.language.markdown.document import Written


def link_trigger(linking: Linking, subject: str, written: Written) -> Trigger | None:
    """What starts the clock; None after a diagnostic."""
    word, _, rest = written.text.partition(" ")
    rest = rest.strip()
    if word.lower() in CREATED:
        return _created(linking, subject, written, rest)
    changed = word.lower() in CHANGED
    if changed and not rest:
        return Trigger(TriggerKind.CHANGED)
    scope = linking.scopes.inside(subject)
    found = scope.find(rest if changed else written.text)
    if isinstance(found, RecordName) and (changed or isinstance(found.type, Date)):
        return Trigger(TriggerKind.CHANGED if changed else TriggerKind.DATE, field=found.code)
    if found is None and written.text.lower() in KEPT:
        return Trigger(TriggerKind.KEPT)
    known = [name for name in scope.names() if _fits(scope.find(name), changed=changed) and not name.isascii()]
    _unknown(linking, subject, written, rest if changed else written.text, known)
    return None


def _created(linking: Linking, subject: str, written: Written, rest: str) -> Trigger | None:
    """新建 alone, or a child record type of which a record is filed."""
    if not rest:
        return Trigger(TriggerKind.CREATED)
    child = record_named(linking, rest)
    vias = references_to(child, subject) if child else ()
    if child and len(vias) == 1:
        return Trigger(TriggerKind.CREATED, child=child.code, via=vias[0])
    _unknown(linking, subject, written, rest, ())
    return None


def _fits(meaning: object, *, changed: bool) -> bool:
    return isinstance(meaning, RecordName) and (changed or isinstance(meaning.type, Date))


def _unknown(linking: Linking, subject: str, written: Written, name: str, known: Sequence[str]) -> None:
    close = get_close_matches(name, known, n=1, cutoff=0.5)
    linking.findings.add(
        entries.TRIGGER,
        written.span,
        value=written.text,
        record_type=linking.records[subject].label.zh,
        suggestion=f"是不是“{close[0]}”？" if close else "",
        suggestion_en=f"Did you mean “{close[0]}”? " if close else "",
    )
