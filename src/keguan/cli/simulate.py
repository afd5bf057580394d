"""``keguan simulate``: what a change of the policy would do to the records there are. Nothing is written."""

from __future__ import annotations

import json
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keguan.cli.console import fail, operator, print_diagnostics, say
from keguan.cli.folders import pack_file, packs_at
from keguan.cli.simulated import as_text
from keguan.cli.stopping import stopping
from keguan.cli.words import _, language
from keguan.language import api
from keguan.runtime.access.viewer import Viewer, system_viewer, viewer_for
from keguan.runtime.decisions.queries import Question, simulate
from keguan.runtime.decisions.reading import live, snapshot
from keguan.runtime.decisions.simulated_data import simulation_data
from keguan.runtime.decisions.simulated_rows import simulation_csv
from keguan.runtime.decisions.snapshots import opened
from keguan.runtime.jobs.progress import Cancelled
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org.queries import staff_by_username
from keguan.runtime.policies.draft import with_drafts
from keguan.runtime.policies.queries import current, latest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.model.model import Model
    from keguan.language.source import PackSource
    from keguan.runtime.decisions.queries import Simulated


class Format(StrEnum):
    """How the result is told."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"


LIVE = "live"

Folders = Annotated[
    list[Path] | None, typer.Argument(help=_("改过的制度包的文件夹，可以写几个。"), metavar="PACK", show_default=False)
]
Reforms = Annotated[
    list[Path] | None, typer.Option("--reform", help=_("只含修订的制度文件（.md），叠在参数之上，可以重复。"))
]
On = Annotated[str, typer.Option("--on", help=_("live：现有的数据库；或 keguan snapshot 做的文件。"))]
Date = Annotated[
    datetime | None, typer.Option("--date", formats=["%Y-%m-%d"], help=_("按哪一天的参数试算；不写时是今天。"))
]
Limit = Annotated[int, typer.Option("--limit", min=0, help=_("每一种变动列出多少名。"))]
FormatOption = Annotated[Format, typer.Option("--format", help=_("text 给人看，json 给程序用，csv 是变动的名单。"))]
As = Annotated[str | None, typer.Option("--as", help=_("以谁的眼光看名单，写登录名；不写时是系统。"))]


def command(
    packs: Folders = None,
    reform: Reforms = None,
    on: On = LIVE,
    date: Date = None,
    limit: Limit = 20,
    format_: FormatOption = Format.TEXT,
    as_: As = None,
) -> None:
    """Try the packs in place of those in force. Exit code 1 when they have errors or it is stopped."""
    drafts = (*packs_at(packs or ()), *map(pack_file, reform or ()))
    if not drafts:
        fail(_("请写出改过的制度包的文件夹，或用 --reform 写一份修订。"), 2)
    try:
        with stopping() as stop:
            found = _simulated(drafts, packs or (), on, date, limit, as_, stop)
    except Refused as refusal:
        fail(refusal.message)
    except Cancelled:
        fail(_("已停止，什么也没有写。"))
    if format_ is Format.JSON:
        say(json.dumps(simulation_data(found), ensure_ascii=False, indent=1))
    elif format_ is Format.CSV:
        say(simulation_csv(found).rstrip("\n"))
    else:
        for line in as_text(found, language()):
            say(line)


def _simulated(
    drafts: Sequence[PackSource],
    folders: Sequence[Path],
    on: str,
    date: datetime | None,
    limit: int,
    as_: str | None,
    stop: Callable[[], bool],
) -> Simulated:
    viewer = _viewer(as_)
    day = None if date is None else date.date()
    if on == LIVE:
        last = latest()
        new = _checked(with_drafts(current().sources if last is None else last.sources, drafts), folders)
        return simulate(viewer, Question(new, day=day, each=limit, reading=live(stop)))
    kept = opened(Path(on))
    new = _checked(with_drafts(kept.sources, drafts), folders)
    reading = snapshot(kept.path, stop)
    return simulate(viewer, Question(new, kept.in_force, kept.tables, day or kept.day, limit, reading))


def _checked(sources: Sequence[PackSource], folders: Sequence[Path]) -> Model:
    checked = api.check(sources)
    if checked.model is None:
        print_diagnostics(checked.diagnostics, folders)
        fail(_("制度有错误，没有试算。"))
    return checked.model


def _viewer(username: str | None) -> Viewer:
    if username is None:
        return system_viewer("cli", operator(), language())
    found = staff_by_username(username)
    if found is None:
        fail(_("没有登录名为 %(username)s 的人员。") % {"username": username}, 2)
    return viewer_for(found.id, "cli")
