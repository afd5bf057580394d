"""``keguan print``: a policy on paper, for signature."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from keguan.cli.console import fail, print_diagnostics, say
from keguan.cli.folders import with_bases
from keguan.cli.words import _, language
from keguan.language import api
from keguan.runtime.clock import today

Folder = Annotated[Path, typer.Argument(help=_("制度包的文件夹。"), metavar="PACK")]
Output = Annotated[Path, typer.Option("--output", "-o", help=_("写到哪个文件：以 .docx 或 .pdf 结尾。"))]

_FORMS: dict[str, Literal["docx", "pdf"]] = {".docx": "docx", ".pdf": "pdf"}


def command(pack: Folder, output: Output) -> None:
    """Print one pack's policy; exit code 1 when it has errors, 2 when it cannot be written."""
    form = _FORMS.get(output.suffix.lower())
    if form is None:
        fail(_("文件名要以 .docx 或 .pdf 结尾。"), 2)
    checked = api.check(with_bases([pack]))
    if checked.model is None:
        print_diagnostics(checked.diagnostics, [pack])
        fail(_("制度有错误，没有打印。"))
    policy = checked.model.policies[pack.resolve().name]
    try:
        output.write_bytes(api.print_policy(policy, form, today()))
    except api.Unreadable as problem:
        fail(problem.zh if language() == "zh" else problem.en, 2)
    except OSError as problem:
        fail(_("写不了 %(path)s：%(problem)s") % {"path": output, "problem": problem}, 2)
    say(_("《%(title)s》%(version)s 版写进了 %(file)s。")
        % {"title": policy.title, "version": policy.version, "file": output})  # fmt: skip
