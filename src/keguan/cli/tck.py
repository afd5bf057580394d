"""``keguan tck``: how much of the public DMN conformance kit comes out right?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from keguan.cli.console import fail, say
from keguan.cli.words import _, language
from keguan.language import api

if TYPE_CHECKING:
    from collections.abc import Sequence

Kit = Annotated[Path, typer.Argument(help=_("符合性测试包的文件夹，或者其中一个文件夹。"), metavar="PATH")]
Table = Annotated[bool, typer.Option("--folders", help=_("最后按文件夹列出通过了多少。"))]


def command(path: Kit, folders: Table = False) -> None:
    """Run every test case. Exit code 1 when one fails, 2 when there is nothing to run; the last line is ``N of M``."""
    if not path.is_dir():
        fail(_("没有文件夹 %(path)s。") % {"path": path}, 2)
    spoken = language()
    results = []
    for result in api.run_kit(path):
        results.append(result)
        for miss in result.misses:
            say(f"✗ {miss.sentence(spoken)}")
    cases = sum(result.cases for result in results)
    if not cases:
        fail(_("%(path)s 里没有测试用例。每个文件夹里应有 .dmn 模型和 .xml 用例。") % {"path": path}, 2)
    if folders:
        _table(results)
    passed = sum(result.passed for result in results)
    say(f"{passed} of {cases}")
    if passed < cases:
        raise typer.Exit(1)


def _table(results: Sequence[api.FolderResult]) -> None:
    headings = (_("文件夹"), _("用例"), _("通过的用例"), _("只期待空值"))
    say(f"| {' | '.join(headings)} |")
    say("|---|---:|---:|---:|")
    for result in results:
        say(f"| {result.folder} | {result.cases} | {result.passed} | {result.floor} |")
