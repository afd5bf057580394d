"""``keguan retention``: compute what is due, and destroy again what a restored backup has brought back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.words import _


def command(
    wish: Annotated[
        str, typer.Argument(help=_("due 计算期限并集中到期的档案；reapply 恢复备份以后，照销毁清册再销毁一次。"))
    ],
    file: Annotated[
        Path | None, typer.Option("--file", help=_("另外保存的销毁清册文件；省略时用数据库旁边的那一份。"))
    ] = None,
) -> None:
    """Exit code 1 for an unknown wish, and when a line of the list could not be trusted."""
    from keguan.runtime.retention import working

    if wish == "due":
        say(_("已计算 %(count)s 类档案的保存期限。") % {"count": working.catch_up()})
        return
    if wish != "reapply":
        fail(_("没有这种办法：%(wish)s。可以写 due、reapply。") % {"wish": wish})
    if file is not None and not file.exists():
        fail(_("没有这个文件：%(file)s。") % {"file": file})
    again, wrong = working.reapply(file)
    say(_("又销毁了 %(count)s 份恢复备份带回来的档案。") % {"count": f"{again:,}"})
    if wrong:
        fail(
            _("清册里有 %(count)s 行与密钥对不上，没有照办。请找回做清册时的密钥文件，或核对清册文件。")
            % {"count": wrong}
        )
