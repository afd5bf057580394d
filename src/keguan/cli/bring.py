"""``keguan bring``: a policy that lies in the drawer becomes a draft pack."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.folders import MAIN_FILE, is_pack_id
from keguan.cli.words import _, language
from keguan.language import api
from keguan.language.source import PackSource
from keguan.runtime.clock import today

File = Annotated[Path, typer.Argument(help=_("原来的制度：Word（.docx）或文本文件。"), metavar="FILE")]
Folder = Annotated[Path, typer.Argument(help=_("新制度包的文件夹，例如 packs/my-company。"), metavar="FOLDER")]


def command(file: File, folder: Folder) -> None:
    """Write the draft and say what was dropped and what could become a control; exit code 2 when it cannot be read."""
    name = folder.resolve().name
    if not is_pack_id(name):
        fail(_("代号“%(name)s”写法不对：用小写英文字母开头，只含小写字母、数字和短横。") % {"name": name}, 2)
    target = folder / MAIN_FILE
    if target.exists():
        fail(_("%(folder)s 已经存在，没有动它。") % {"folder": target}, 2)
    brought = _brought(file, name)
    folder.mkdir(parents=True, exist_ok=True)
    target.write_text(brought.text, encoding="utf-8", newline="\n")
    say(_("《%(title)s》写进了 %(file)s：%(clauses)s 条，%(tables)s 张表。")
        % {"title": brought.title, "file": target, "clauses": brought.clauses, "tables": brought.tables})  # fmt: skip
    _say_dropped(brought)
    _say_suggestions(name, brought)


def _brought(file: Path, name: str) -> api.Brought:
    try:
        return api.bring_in(file.name, file.read_bytes(), name, today())
    except OSError as problem:
        fail(_("读不了 %(path)s：%(problem)s") % {"path": file, "problem": problem}, 2)
    except api.Unreadable as problem:
        fail(problem.zh if language() == "zh" else problem.en, 2)


def _say_dropped(brought: api.Brought) -> None:
    if brought.dropped:
        say(_("没有带进来的（%(count)s 处）：") % {"count": len(brought.dropped)})
    for each in brought.dropped:
        reason = each.zh if language() == "zh" else each.en
        say(_("  第 %(place)s 段 %(reason)s：%(text)s") % {"place": each.place, "reason": reason, "text": each.text})
    for before, after in brought.renumbered:
        say(_("  原来的 %(before)s 现在是 %(after)s") % {"before": before, "after": after})


def _say_suggestions(name: str, brought: api.Brought) -> None:
    """Clause by clause, what its words could become."""
    model = api.check([PackSource(name, {MAIN_FILE: brought.text})]).model
    found = () if model is None else api.suggestions(model.policies[name])
    if found:
        say(_("现在各条都只是文字。可以写成声明的："))
    for each in found:
        kind = api.block_kind(each.kind)
        word = kind.zh if language() == "zh" else kind.en
        say(f"  {each.clause.number} {each.clause.title}".rstrip() + f"　{word}　…{each.words}…")
