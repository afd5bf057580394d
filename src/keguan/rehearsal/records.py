"""Filing, changing and opening records."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from keguan.language.testing.events import happen
from keguan.runtime.access.denied import note_denied
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.records.queries import profile

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from keguan.language.model.model import Label
    from keguan.language.testing.staged.events import Filed, Opened
    from keguan.rehearsal.scene import Scene
    from keguan.runtime.access.viewer import Viewer

_DOOR = "stage"


def file(event: Filed, scene: Scene) -> None:
    """File or change a record; by somebody, or where it shall be refused, as through the form.

    Raises ``Refused`` and ``Problem``.
    """
    said = event.said
    by_hand = said.by is not None or said.refused is not None
    with scene.world.hands(said.by, event.owner, said.span, by_hand=by_hand):
        happen(event.item, scene.world, scene.names)


def open_(event: Opened, scene: Scene) -> None:
    """Open a record as somebody, as on its page: what is denied is written down. Raises ``Refused`` and ``Problem``."""
    record_type, record_id = event.record.record_type, scene.record(event.record).id
    viewer = scene.viewer(event.said.by)
    with denials(viewer, {"record_type": record_type, "record_id": record_id}):
        profile(viewer, record_type, record_id)


@contextmanager
def denials(viewer: Viewer, asked: Mapping[str, object]) -> Iterator[None]:
    """Write down what is denied within the block, as the pages do. Raises ``Refused``."""
    try:
        yield
    except Refused as refused:
        note_denied(viewer, refused, asked, _DOOR)
        raise


def told(refused: Refused, scene: Scene) -> str:
    """What somebody is told: the sentence, and the sentence of each field by its label."""
    labels = _labels(scene)
    fields = [f"{labels.get(code, code)}：{sentence}" for code, sentence in refused.fields.items()]
    return "".join([refused.message, *fields])


def _labels(scene: Scene) -> dict[str, str]:
    """The labels of all fields by code; forms' before records', which are told of less often."""
    language = scene.words.language
    found: dict[str, Label] = {}
    for record_type in scene.model.record_types.values():
        found |= {field.code: field.label for field in record_type.fields}
    for form in scene.model.blocks.forms.values():
        found |= {field.code: field.label for field in form.fields}
        found |= {f"{form.code}.{field.code}": field.label for field in form.fields}
    return {code: label.text(language) for code, label in found.items()}
