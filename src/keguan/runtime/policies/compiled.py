"""Texts compiled to models, a few kept in the process."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock
from typing import TYPE_CHECKING

from keguan.language import api
from keguan.language.model.conditions import with_conditions
from keguan.runtime.policies.texts import exact_digest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from keguan.language.api import Checked
    from keguan.language.source import PackSource

_KEEP = 6
_kept: OrderedDict[str, Compiled] = OrderedDict()
_lock = Lock()


@dataclass(frozen=True, slots=True)
class Compiled:
    """Packs and what the language made of them."""

    sources: tuple[PackSource, ...]
    checked: Checked


def compiled(sources: Sequence[PackSource]) -> Checked:
    """The packs checked and linked; the same texts only once per process while among the last few used."""
    return compiled_as(exact_digest(sources), lambda: tuple(sources)).checked


def compiled_as(digest: str, load: Callable[[], tuple[PackSource, ...]]) -> Compiled:
    """As ``compiled``, by the texts' digest; ``load`` is called only when this process no longer has them."""
    with _lock:
        found = _kept.get(digest)
        if found is not None:
            _kept.move_to_end(digest)
            return found
    sources = load()
    checked = api.check(sources)
    if checked.model is not None:
        checked = replace(checked, model=with_conditions(checked.model))
    found = Compiled(sources, checked)
    with _lock:
        _kept[digest] = found
        while len(_kept) > _KEEP:
            _kept.popitem(last=False)
    return found
