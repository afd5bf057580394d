"""Reading pack folders named on the command line."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from keguan.cli.console import fail
from keguan.cli.words import _
from keguan.language.source import PackSource, read_pack

if TYPE_CHECKING:
    from collections.abc import Sequence

SCENARIOS = "scenarios"
MAIN_FILE = "policy.md"

_ID = re.compile(r"[a-z][a-z0-9-]*")
_FRONT = re.compile(r"---\r?\n(.*?)\r?\n---", re.DOTALL)


def is_pack_id(name: str) -> bool:
    """Whether a folder's name can be a pack's id."""
    return _ID.fullmatch(name) is not None


def packs_at(folders: Sequence[Path]) -> tuple[PackSource, ...]:
    """The packs in these folders, each read whole. Ends with a sentence when one cannot be read."""
    return tuple(_pack(folder) for folder in folders)


def pack_file(file: Path) -> PackSource:
    """A pack that is one file, called what its front matter says. Ends with a sentence when it cannot be read."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        front = _FRONT.match(text)
        said = yaml.safe_load(front.group(1)) if front is not None else None
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        said = None
    if not isinstance(said, dict) or not said.get("id"):
        fail(_("%(file)s 不是带 id 的制度文件。") % {"file": file}, 2)
    return PackSource(str(said["id"]), {"policy.md": text})


def scenarios_at(folders: Sequence[Path]) -> dict[str, str]:
    """The scenario files of these packs, by pack and path."""
    return {
        f"{folder.resolve().name}/{SCENARIOS}/{path.name}": path.read_text(encoding="utf-8-sig")
        for folder in folders
        for path in sorted((folder / SCENARIOS).glob("*.md"))
    }


def with_bases(folders: Sequence[Path]) -> tuple[PackSource, ...]:
    """The packs in these folders and, from the folders beside them, those they build on (``uses``)."""
    found = {folder.resolve().name: _pack(folder) for folder in folders}
    beside = [folder.resolve().parent for folder in folders]
    waiting = [name for source in found.values() for name in uses(source)]
    while waiting:
        name = waiting.pop()
        base = next((parent / name for parent in beside if (parent / name).is_dir()), None)
        if name not in found and base is not None:
            found[name] = _pack(base)
            waiting += uses(found[name])
    return tuple(found.values())


def uses(source: PackSource) -> tuple[str, ...]:
    """The packs that this one says it builds on; none when it cannot be read, which checking it will say."""
    front = (_FRONT.match(text) for text in source.files.values())
    try:
        read = [yaml.safe_load(each.group(1)) for each in front if each is not None]
    except yaml.YAMLError:
        return ()
    named = [each.get("uses") for each in read if isinstance(each, dict)]
    return tuple(str(name) for names in named if isinstance(names, list) for name in names)


def _pack(folder: Path) -> PackSource:
    try:
        source = read_pack(folder.resolve())
    except FileNotFoundError:
        fail(_("没有制度包文件夹 %(folder)s。请写出含有 policy.md 的文件夹。") % {"folder": folder}, 2)
    except UnicodeDecodeError as error:
        place = {"folder": folder, "byte": error.start + 1}
        fail(_("%(folder)s 里有文件不是 UTF-8 编码（第 %(byte)s 个字节）。请用 UTF-8 另存后再试。") % place, 2)
    if not source.files:
        fail(_("文件夹 %(folder)s 里没有 .md 文件。制度正文应放在其中的 policy.md。") % {"folder": folder}, 2)
    return source
