"""What came of sharing out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.testing.result import Failure
from keguan.rehearsal.missing import Missing
from keguan.rehearsal.stored import rows

if TYPE_CHECKING:
    from collections.abc import Iterator

    from keguan.language.testing.staged.shared_out import ResultExpected
    from keguan.rehearsal.scene import Scene


def result(expected: ResultExpected, scene: Scene) -> Iterator[Failure]:
    """The newest run of an allocation, by row and by person. Raises ``Missing`` when there is none."""
    words, say = scene.words, scene.words.say
    label = scene.model.blocks.allocations[expected.allocation].label.text(words.language)
    runs = rows("allocations.Run", allocation=expected.allocation)
    if not runs:
        raise Missing(say(f"分配“{label}”的一次结果", f"a run of “{label}”"), say("没有", "none"))
    run = runs[-1]
    got = {each["name"]: each["given"] for each in run["rows"]}
    names = {scene.company.id(name): name for name in scene.company.present}
    people = {names.get(each["staff_id"], ""): each for each in rows("allocations.Recipient", run_id=run["id"])}
    told = [(name, str(count), str(got.get(name, "-"))) for name, count in expected.rows.items()]
    for name, counts in expected.people.items():
        there = people.get(name)
        numbers = [str(each["number"]) for each in run["rows"]]
        by_row = [] if there is None else [there["counts"].get(number, 0) for number in numbers]
        shown = by_row if len(counts) > 1 else [sum(by_row)]
        told.append((name, words.listed(map(str, counts)), words.listed(map(str, shown))))
    if expected.left_out is not None:
        out = sorted(name for name, each in people.items() if each["excluded"] and name)
        told.append((say("不参加的人", "Left out"), words.listed(sorted(expected.left_out)), words.listed(out)))
    for what, wanted, shown_as in told:
        if wanted != shown_as:
            yield Failure(expected.span, words.given(f"{label}：{what}"), wanted, shown_as, "", "", words.language)
