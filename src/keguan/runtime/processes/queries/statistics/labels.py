"""What the values are called by which cases are told apart, as far as the viewer may see it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from keguan.language.model.model import FieldKind
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.formatting import formatted
from keguan.runtime.access.present import reference
from keguan.runtime.access.shown import HIDDEN, Shown
from keguan.runtime.org import queries as org
from keguan.runtime.policies import queries as policies
from keguan.runtime.processes.queries.statistics.dimensions import STATE, TIME, UNIT
from keguan.runtime.processes.words import case_state
from keguan.runtime.records.shown_rows import rows_by_id

if TYPE_CHECKING:
    from collections.abc import Iterable

    from keguan.language.model.model import Model
    from keguan.runtime.access.viewer import Viewer
    from keguan.runtime.processes.queries.statistics.dimensions import Dimension, Key
    from keguan.runtime.processes.queries.statistics.selecting import Selection
    from keguan.runtime.processes.queries.statistics.spans import Span


def labels(viewer: Viewer, model: Model, of: Dimension, keys: Iterable[Key], span: Span) -> dict[Key, Shown]:
    """These values in words. At most one query, for what they refer to."""
    found = {key: Shown(_("（未填）"), "empty") for key in keys if key is None}
    given = [key for key in keys if key is not None]
    return found | _of(viewer, model, of, given, span)


def _of(viewer: Viewer, model: Model, of: Dimension, keys: list[str | int | bool], span: Span) -> dict[Key, Shown]:
    if of.code == TIME:
        slices = span.slices()
        return {key: Shown(slice_label(span, slices[int(key)]), "plain", key) for key in keys}
    if of.code == STATE:
        return {key: Shown(case_state(str(key)), "plain", key) for key in keys}
    if of.code == UNIT:
        named = {unit.id: unit.name for unit in org.units()}
        return {key: Shown(named.get(int(key), str(key)), "plain", key) for key in keys}
    if of.target is not None:
        ids = {int(key) for key in keys}
        related = {(of.target, row["id"]): row for row in rows_by_id(model, of.target, ids, ())} if ids else {}
        return {key: reference(viewer, model, of.target, int(key), Exit.STATISTICS, related) for key in keys}
    if of.kind is FieldKind.STAFF:
        people = org.learn_names(int(key) for key in keys)
        hidden = HIDDEN[viewer.language]
        return {key: Shown(people[int(key)], "plain", key) if int(key) in people else hidden for key in keys}
    return {key: Shown(formatted(of.kind, 0, key, viewer.language), "plain", key) for key in keys}


def slice_label(span: Span, part: Span) -> str:
    """A slice of a span as a heading: the month, or the day on which the week begins."""
    return f"{part.first:%m-%d}" if span.weekly else f"{part.first:%Y-%m}"


def said(viewer: Viewer, selection: Selection) -> tuple[tuple[str, str], ...]:
    """By what a selection was made, in words: what is told apart, and the value. A query for each."""
    model = policies.current().model
    found = [(of.label, labels(viewer, model, of, (key,), selection.span)[key].text) for of, key in selection.at]
    if selection.step:
        steps = {step.code: step.label for step in model.blocks.processes[selection.process].steps}
        label = steps.get(selection.step)
        found.append((_("步骤"), selection.step if label is None else label.text(viewer.language)))
    return tuple(found)
