"""``keguan diff``: what changed between two versions of a policy, clause by clause."""

from __future__ import annotations

import json
from collections import Counter
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keguan.cli.console import fail, print_diagnostics, say
from keguan.cli.folders import packs_at, with_bases
from keguan.cli.words import _, language
from keguan.language import api

if TYPE_CHECKING:
    from collections.abc import Sequence

    from keguan.language.model.model import Model
    from keguan.language.source import PackSource

FORMAT = "keguan.difference/1"


class Format(StrEnum):
    """How the differences are told."""

    TEXT = "text"
    JSON = "json"


class Against(StrEnum):
    """What stands in for the old version."""

    LIVE = "live"


Folders = Annotated[
    list[Path], typer.Argument(help=_("旧版和新版制度包的文件夹；有 --against live 时只写新版。"), metavar="OLD NEW")
]
AgainstOption = Annotated[Against | None, typer.Option("--against", help=_("live：与施行中的制度相比。"))]
FormatOption = Annotated[Format, typer.Option("--format", help=_("text 给人看，json 给程序用。"))]


def command(packs: Folders, against: AgainstOption = None, format_: FormatOption = Format.TEXT) -> None:
    """Print every difference. Exit code 1 when a version has errors, 2 when a folder cannot be read."""
    old, new = _live(packs) if against is not None else _folders(packs)
    found = api.differences(old, new)
    if format_ is Format.JSON:
        say(json.dumps(document(old, new, found), ensure_ascii=False, indent=1))
    else:
        _tell(old, new, found)


def document(old: Model, new: Model, found: Sequence[api.Difference]) -> dict[str, object]:
    """The differences as one JSON document; ``docs/reference/difference.schema.json`` describes it."""
    counted = Counter(each.reach for each in found)
    return {
        "format": FORMAT,
        "old": {policy.id: policy.version for policy in old.policies.values()},
        "new": {policy.id: policy.version for policy in new.policies.values()},
        "counts": {reach.value: counted[reach] for reach in api.Reach},
        "differences": [each.as_data() for each in found],
    }


def _folders(packs: Sequence[Path]) -> tuple[Model, Model]:
    if len(packs) != 2:
        fail(_("请写两个文件夹：先旧版，后新版；或写一个新版，加上 --against live。"), 2)
    old, new = packs
    return _checked(with_bases([old]), [old]), _checked(with_bases([new]), [new])


def _live(packs: Sequence[Path]) -> tuple[Model, Model]:
    """The policy in force, and the same with the named packs in place of their own."""
    from keguan.cli.django_start import start

    start()
    from keguan.runtime.ledger.actions import Refused
    from keguan.runtime.policies.draft import with_drafts
    from keguan.runtime.policies.queries import current

    try:
        now = current()
    except Refused as refusal:
        fail(refusal.message)
    return now.model, _checked(with_drafts(now.sources, packs_at(packs)), packs)


def _checked(sources: Sequence[PackSource], folders: Sequence[Path]) -> Model:
    checked = api.check(sources)
    if checked.model is None:
        print_diagnostics(checked.diagnostics, folders)
        fail(_("制度有错误，没有比较。"))
    return checked.model


def _tell(old: Model, new: Model, found: Sequence[api.Difference]) -> None:
    for policy in new.policies.values():
        former = old.policies.get(policy.id)
        was = former.version if former is not None else _("（无）")
        say(f"{policy.id} {policy.title}　{was} → {policy.version}")
    if not found:
        say(_("没有不同。"))
        return
    marks = {
        api.Reach.OUTCOME: _("影响判定"),
        api.Reach.PRACTICE: _("影响做法"),
        api.Reach.STRUCTURE: _("影响结构"),
        api.Reach.TEXT: _("只改文字"),
    }
    counted = Counter(each.reach for each in found)
    counts = [f"{marks[reach]} {counted[reach]}" for reach in api.Reach if counted[reach]]
    say(_("%(count)s 处不同：%(counts)s。") % {"count": len(found), "counts": _("、").join(counts)})
    heading = ""
    for each in found:
        clause = f"{each.clause.number or each.clause.pack} {each.clause.title}".strip()
        if clause != heading:
            heading = clause
            say(f"\n{heading}")
        say(f"  [{marks[each.reach]}] {each.sentence(language())}")
