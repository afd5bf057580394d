"""``keguan test``: do the scenarios of these packs come true?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Folders = Annotated[list[Path], typer.Argument(help="制度包的文件夹，例如 packs/property-developer。", metavar="PACK…")]
