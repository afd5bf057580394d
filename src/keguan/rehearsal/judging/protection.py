"""字段, 信息类别, 权限 and 待移交: how information is protected, who may do what, what somebody left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.access import Permission
from keguan.language.model.classes_of import level_of, sources
from keguan.language.model.lookup import items
from keguan.language.model.model import Fact
from keguan.language.model.operations import OPERATIONS
from keguan.language.testing.result import Failure
from keguan.language.testing.staged.expectations import Manner
from keguan.language.testing.staged.protected_words import PERMISSION_NAMES, RIGHT_NAMES, SECRECIES
from keguan.rehearsal.judging.comparing import holds, unlike
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.stored import rows
from keguan.runtime.access.columns import columns
from keguan.runtime.access.rights import may, permission
from keguan.runtime.access.viewer import Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.staged.protected import ClassExpected, LeftBehind, LetterExpected, RightsExpected
    from keguan.rehearsal.scene import Scene


def declared(expected: ClassExpected, scene: Scene) -> Iterator[Failure]:
    """How a field or a class is declared."""
    model, words, class_, label = scene.model, scene.words, expected.code, expected.code
    there: dict[str, str | None] = {}
    if expected.record_type is not None:
        item = items(model, expected.record_type)[expected.code]
        class_, label = item.information_class, item.label.text(words.language)
        column = columns(model, expected.record_type)[expected.code]
        there = {
            "information_class": class_,
            "sensitive": SECRECIES[column.sensitive][0],
            "choices": words.listed(list(getattr(item.type, "choices", None) or ())),
            "sources": words.listed(_sources(scene, expected.record_type, expected.code)),
        }
    found = model.information_classes.get(class_)
    there |= {"level": level_of(model, class_), "responsible": "" if found is None else found.responsible}
    if expected.record_type is None:
        there["sensitive"] = "" if found is None else SECRECIES[found.sensitive][0]
    wanted = {
        "information_class": expected.information_class,
        "level": expected.level,
        "responsible": expected.responsible,
        "sensitive": None if expected.sensitive is None else SECRECIES[expected.sensitive][0],
        "choices": None if expected.choices is None else words.listed(list(expected.choices)),
        "sources": None if expected.sources is None else words.listed(sorted(expected.sources)),
    }
    for part, text in wanted.items():
        if text is not None and text != there[part]:
            yield Failure(expected.span, words.given(f"“{label}”"), text, there[part] or "-", "", "", words.language)


def _sources(scene: Scene, record_type: str, code: str) -> list[str]:
    """The labels of what an outcome or a fact is computed from; none for a field."""
    for step in scene.model.computations.get(record_type, ()):
        codes = {step.code} if isinstance(step, Fact) else {each.code for each in step.outputs}
        if code in codes:
            return sorted({each.label.zh for each in sources(scene.model, record_type, step)})
    return []


def rights(expected: RightsExpected, scene: Scene) -> Iterator[Failure]:
    """What somebody may do: nothing where their account is closed. Rights are asked for a record of their own, so that
    no scope stands in the way.
    """
    words, person = scene.words, expected.person
    viewer = scene.viewer(person) if person in scene.company.present else None
    place = None if viewer is None else Place(viewer.staff_id, viewer.unit_id)
    for right, wanted in expected.rights.items():
        got = Permission.NO
        if viewer is not None and place is not None:
            asked = (expected.record_type or "", expected.code or "", right, place)
            got = permission(viewer, *asked, scene.model)
        if got is not wanted:
            label = items(scene.model, expected.record_type or "")[expected.code or ""].label.text(words.language)
            given = words.given(f"{person} {RIGHT_NAMES[right][words.language != 'zh']} {label}")
            shown = [PERMISSION_NAMES[each][words.language != "zh"] for each in (wanted, got)]
            yield Failure(expected.span, given, shown[0], shown[1], "", "", words.language)
    for operation, has in expected.operations.items():
        if (viewer is not None and may(viewer, operation)) != has:
            shown = [words.say("可以", "may") if each else words.say("不可以", "may not") for each in (has, not has)]
            given = words.given(f"{person} {OPERATIONS[operation][words.language != 'zh']}")
            yield Failure(expected.span, given, shown[0], shown[1], "", "", words.language)


def left_behind(expected: LeftBehind, scene: Scene) -> Iterator[Failure]:
    """The records that somebody still owns."""
    titles = [scene.world.title(each) for each in scene.world.of(expected.record_type) if each.owner == expected.person]
    if holds(expected.manner, expected.titles, titles, str.__eq__):
        return
    given = scene.words.say(f"{expected.person}名下", f"What {expected.person} owns")
    yield from unlike(expected.span, given, expected.manner, (expected.titles, titles), scene.words)


def letter(expected: LetterExpected, scene: Scene) -> Iterator[Failure]:
    """What stands in a document that was written. Raises ``Missing`` when none was."""
    label = scene.model.blocks.documents[expected.document].label.text(scene.words.language)
    found, say = rows("processes.Document", document=expected.document), scene.words.say
    if not found:
        raise Missing(say(f"文件“{label}”", f"the document “{label}”"), say("没有", "none"))
    text = found[-1]["text"]
    if all((each in text) is (expected.manner is Manner.INCLUDING) for each in expected.texts):
        return
    yield from unlike(expected.span, label, expected.manner, (expected.texts, [text]), scene.words)
