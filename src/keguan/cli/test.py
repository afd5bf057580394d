"""``keguan test``: do the scenarios of these packs come true?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli import whole_folder
from keguan.cli.console import fail, print_diagnostics, say
from keguan.cli.folders import scenarios_at, with_bases
from keguan.cli.stage import Stage
from keguan.cli.words import _, language
from keguan.language import api

Folders = Annotated[
    list[Path],
    typer.Argument(help=_("制度包的文件夹，例如 packs/core；或者放着许多制度包的文件夹。"), metavar="PACK"),
]
Staged = Annotated[bool, typer.Option("--staged", help=_("每个场景都在一套临时的系统里演一遍，不只是写了人员的。"))]
Numbers = Annotated[
    Path | None, typer.Option("--numbers", help=_("把每个场景的编号和成不成立写进这个文件，一行一个。"), metavar="FILE")
]


def command(packs: Folders, staged: Staged = False, numbers: Numbers = None) -> None:
    """Run every scenario of the named packs, or of all packs in a folder. Exit code 1 when one fails, 2 when there is
    nothing to run.
    """
    if len(packs) == 1 and whole_folder.is_folder_of_packs(packs[0]):
        whole_folder.run(packs[0], staged=staged)
        return
    sources = with_bases(packs)
    checked = api.check(sources)
    if checked.model is None:
        print_diagnostics(checked.diagnostics, packs)
        fail(_("制度有错误，场景没有运行。"))
    with Stage(sources, packs) as stage:
        results = api.run_scenarios(checked.model, scenarios_at(packs), language(), stage.act, act_all=staged)
    if not results:
        fail(_("没有找到场景。场景写在制度包的 scenarios 文件夹里。"), 2)
    for result in results:
        _say(result)
    if numbers is not None:
        lines = [f"{'ok' if result.passed else 'wrong'} {result.id}\n" for result in results]
        numbers.write_text("".join(lines), encoding="utf-8")
    failed = sum(not result.passed for result in results)
    counts = {"all": len(results), "passed": len(results) - failed, "failed": failed}
    say(_("%(all)s 个场景，%(passed)s 个成立，%(failed)s 个不成立。") % counts)
    if failed:
        raise typer.Exit(1)


def _say(result: api.ScenarioResult) -> None:
    if result.passed:
        say(f"✓ {result.id} {result.name}")
        return
    say(_("✗ %(id)s %(name)s（%(place)s）") % {"id": result.id, "name": result.name, "place": result.span})
    for failure in result.failures:
        say(_("    %(line)s 行 %(sentence)s") % {"line": failure.span.line, "sentence": failure.sentence()})
    print_diagnostics(result.diagnostics)
