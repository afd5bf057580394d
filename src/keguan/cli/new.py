"""``keguan new pack``: a folder to begin with."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.folders import is_pack_id
from keguan.cli.words import _
from keguan.runtime.policies.bundled import TEMPLATE, bundled, renamed

What = Annotated[str, typer.Argument(help=_("要新建什么：pack（制度包）。"), metavar="pack")]
Folder = Annotated[Path, typer.Argument(help=_("新文件夹，例如 packs/my-company；它的名字就是制度包的代号。"))]
Title = Annotated[str | None, typer.Option(help=_("制度的名称。"))]

UNTITLED = "客户管理办法"


def command(what: What, folder: Folder, title: Title = None) -> None:
    """Copy the example pack under a new name; exit code 2 when the name or the place will not do."""
    if what != "pack":
        fail(_("能新建的只有 pack。"), 2)
    name = folder.resolve().name
    if not is_pack_id(name):
        fail(_("代号“%(name)s”写法不对：用小写英文字母开头，只含小写字母、数字和短横。") % {"name": name}, 2)
    if folder.exists():
        fail(_("%(folder)s 已经存在，没有动它。") % {"folder": folder}, 2)
    shutil.copytree(bundled() / TEMPLATE, folder)
    for file in sorted(folder.rglob("*.md")):
        text = file.read_text(encoding="utf-8")
        file.write_text(renamed(text, name, title or UNTITLED), encoding="utf-8", newline="\n")
    say(_("建好了 %(folder)s：一份可以运行的小样例，逐条改成你的制度。") % {"folder": folder})
    say(_("检查：keguan check %(folder)s") % {"folder": folder})
    say(_("试跑场景：keguan test %(folder)s") % {"folder": folder})
