"""``python -m tests.docs PAGE [en]``: follow a page and put what is really shown where it says something else."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.docs.pages import follow


def main(page: Path, language: str) -> None:
    """Rewrite the page's shown blocks that are not as told; read the difference afterwards."""
    text = page.read_text(encoding="utf-8")
    with TemporaryDirectory() as folder:
        typed = list(follow(page, Path(folder), language))
    for each in reversed(typed):
        if not each.as_told and each.expected:
            start, end = each.at
            text = text[:start] + each.shown + text[end:]
        elif not each.as_told:
            sys.stderr.write(f"{each.commands}{each.shown}\n")
    page.write_text(text, encoding="utf-8")


main(Path(sys.argv[1]), sys.argv[2] if len(sys.argv) > 2 else "zh")
