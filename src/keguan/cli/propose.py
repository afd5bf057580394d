"""``keguan propose``: examples from the tables of a pack, to be read and kept as scenarios."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, print_diagnostics, say
from keguan.cli.folders import with_bases
from keguan.cli.words import _
from keguan.language import api

Folder = Annotated[Path, typer.Argument(help=_("制度包的文件夹。"), metavar="PACK")]
Decisions = Annotated[list[str] | None, typer.Option("--decision", help=_("只要这个判定（代码），可以重复。"))]
Output = Annotated[Path | None, typer.Option("--output", "-o", help=_("写到哪个文件；不写时显示出来。"))]


def command(pack: Folder, decision: Decisions = None, output: Output = None) -> None:
    """Print or write the proposed scenarios; exit code 1 when the policy has errors, 2 for an unknown decision."""
    checked = api.check(with_bases([pack]))
    if checked.model is None:
        print_diagnostics(checked.diagnostics, [pack])
        fail(_("制度有错误，提不出例子。"))
    name = pack.resolve().name
    own = tuple(each.code for each in checked.model.decisions.values() if each.clause.pack == name)
    wanted = tuple(decision or own)
    unknown = [each for each in wanted if each not in checked.model.decisions]
    if unknown:
        fail(_("没有这个判定：%(codes)s。现有：%(known)s。")
            % {"codes": "、".join(unknown), "known": "、".join(own)}, 2)  # fmt: skip
    if not wanted:
        fail(_("这个制度包里没有判定表。"), 2)
    text = api.propose(checked.model, checked.model.policies[name].effective, wanted)
    if output is None:
        say(text.rstrip("\n"))
    elif output.exists():
        fail(_("%(folder)s 已经存在，没有动它。") % {"folder": output}, 2)
    else:
        _write(output, text)


def _write(output: Path, text: str) -> None:
    try:
        output.write_text(text, encoding="utf-8", newline="\n")
    except OSError as problem:
        fail(_("写不了 %(path)s：%(problem)s") % {"path": output, "problem": problem}, 2)
    say(_("写进了 %(file)s。请逐条核对，再当作场景保存。") % {"file": output})
