"""``keguan fmt``: lay policies out in the one way."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path
from typing import Annotated, Literal

import typer

from keguan.cli.console import fail, say
from keguan.cli.words import _
from keguan.language import api

Files = Annotated[list[Path], typer.Argument(help=_("制度文件，或者放着它们的文件夹。"), metavar="PATH")]
Check = Annotated[bool, typer.Option("--check", help=_("只看有没有要改的，不写文件；有则退出码为 1。"))]
Diff = Annotated[bool, typer.Option("--diff", help=_("只显示要怎样改，不写文件。"))]
Keywords = Annotated[str, typer.Option(help=_("关键词用哪种语言：zh、en，或 keep（照旧）。"))]


def command(paths: Files, check: Check = False, diff: Diff = False, keywords: Keywords = "keep") -> None:
    """Format every policy file; exit code 1 with ``--check`` when one would change, 2 when one cannot be read."""
    if keywords not in ("zh", "en", "keep"):
        fail(_("--keywords 只能是 zh、en 或 keep。"), 2)
    wanted: Literal["zh", "en"] | None = "zh" if keywords == "zh" else "en" if keywords == "en" else None
    changed = 0
    for file in _files(paths):
        text = _read(file)
        made = api.format_policy(text, wanted)
        if made == text:
            continue
        changed += 1
        if diff:
            lines = unified_diff(text.splitlines(), made.splitlines(), str(file), str(file), lineterm="")
            say("\n".join(lines))
        else:
            say(str(file))
        if not (check or diff):
            file.write_text(made, encoding="utf-8", newline="\n")
    _report(changed, only_told=check or diff)
    if check and changed:
        raise typer.Exit(1)


def _report(changed: int, *, only_told: bool) -> None:
    if not changed:
        say(_("都已经是规范的写法。"))
    elif only_told:
        say(_("%(count)s 个文件要改。") % {"count": changed})
    else:
        say(_("改写了 %(count)s 个文件。") % {"count": changed})


def _files(paths: list[Path]) -> list[Path]:
    """The Markdown files meant, in order."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found += sorted(path.rglob("*.md"))
        elif path.is_file():
            found.append(path)
        else:
            fail(_("没有这个文件或文件夹：%(path)s") % {"path": path}, 2)
    return found


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        fail(_("读不了 %(path)s：%(problem)s") % {"path": file, "problem": problem}, 2)
