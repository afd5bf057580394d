"""``keguan new pack``: a folder to begin with."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.folders import bundled, is_pack_id
from keguan.cli.words import _

What = Annotated[str, typer.Argument(help=_("要新建什么：pack（制度包）。"), metavar="pack")]
Folder = Annotated[Path, typer.Argument(help=_("新文件夹，例如 packs/my-company；它的名字就是制度包的代号。"))]
Title = Annotated[str | None, typer.Option(help=_("制度的名称。"))]

TEMPLATE = "template"
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
        _rename(file, name, title or UNTITLED)
    say(_("建好了 %(folder)s：一份可以运行的小样例，逐条改成你的制度。") % {"folder": folder})
    say(_("检查：keguan check %(folder)s") % {"folder": folder})
    say(_("试跑场景：keguan test %(folder)s") % {"folder": folder})


def _rename(file: Path, name: str, title: str) -> None:
    """Put the new pack's id and title where the example's stand: in the front matter and in the first heading."""
    text = file.read_text(encoding="utf-8")
    text = re.sub(rf"^id: {TEMPLATE}$", f"id: {name}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^title: .*$", f"title: {title}", text, count=1, flags=re.MULTILINE)
    text = re.sub(r"^# .*$", f"# {title}", text, count=1, flags=re.MULTILINE)
    file.write_text(text, encoding="utf-8", newline="\n")
