"""``keguan test``: do the scenarios of these packs come true?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from keguan.cli.console import fail, print_diagnostics, say
from keguan.cli.folders import scenarios_at, with_bases
from keguan.language import api

Folders = Annotated[list[Path], typer.Argument(help="制度包的文件夹，例如 packs/property-developer。", metavar="PACK")]


def command(packs: Folders) -> None:
    """Run every scenario of the named packs. Exit code 1 when one fails, 2 when there is nothing to run."""
    checked = api.check(with_bases(packs))
    if checked.model is None:
        print_diagnostics(checked.diagnostics, packs)
        fail("制度有错误，场景没有运行。")
    results = api.run_scenarios(checked.model, scenarios_at(packs))
    if not results:
        fail("没有找到场景。场景写在制度包的 scenarios 文件夹里。", 2)
    for result in results:
        _say(result)
    failed = sum(not result.passed for result in results)
    say(f"{len(results)} 个场景，{len(results) - failed} 个成立，{failed} 个不成立。")
    if failed:
        raise typer.Exit(1)


def _say(result: api.ScenarioResult) -> None:
    if result.passed:
        say(f"✓ {result.id} {result.name}")
        return
    say(f"✗ {result.id} {result.name}（{result.span}）")
    for failure in result.failures:
        say(f"    {failure.span.line} 行 {failure.sentence()}")
    print_diagnostics(result.diagnostics)
