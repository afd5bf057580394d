"""Which policy is in force: today's, that of an earlier decision, or the last one published."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from keguan.language.source import PackSource
from keguan.runtime.clock import today
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.org import queries as org
from keguan.runtime.policies.compiled import compiled_as
from keguan.runtime.policies.models import PolicyVersion, Publication

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from django.db.models import QuerySet

    from keguan.language.model.model import Model


@dataclass(frozen=True, slots=True)
class Current:
    """The policy in force. ``digest`` names its texts: what is derived from ``model`` is cached by it and not by the
    id, because a publication that was rolled back may leave its id to another.
    """

    publication_id: int
    effective: date
    digest: str
    model: Model
    sources: tuple[PackSource, ...]


_pin: ContextVar[dict[date, Current] | None] = ContextVar("policy_in_force", default=None)


def current() -> Current:
    """The policy in force today by the clock: one indexed query, none when pinned and already looked up.

    Raises ``Refused`` (``policies.none``) while nothing is in force.
    """
    found = in_force_on(today())
    if found is None:
        raise Refused("policies.none", _("还没有施行中的制度。请先运行 keguan setup，或在制度页发布一份制度。"))
    return found


@contextmanager
def pinned() -> Iterator[None]:
    """Within this block (one request, one job) the policy in force is looked up once, and everybody's name once. A
    publication made inside it is noticed; one made by another process meanwhile is noticed by the next block that is
    not inside another.
    """
    outer = _pin.get()
    token = _pin.set({} if outer is None else outer)
    try:
        with org.remembered():
            yield
    finally:
        _pin.reset(token)


def forget() -> None:
    """Look up again at the next ``current()``; called by whoever publishes."""
    pin = _pin.get()
    if pin is not None:
        pin.clear()


def in_force_on(day: date) -> Current | None:
    """The policy in force on a day, as published so far; None when there was none. Pinned as ``current()`` is."""
    pin = _pin.get()
    if pin and day in pin:
        return pin[day]
    row = _rows().filter(effective__lte=day).order_by("-effective", "-id").first()
    found = None if row is None else _loaded(*row)
    if pin is not None and found is not None:
        pin[day] = found
    return found


def latest() -> Current | None:
    """The last publication made, in force or not yet; None when there is none."""
    row = _rows().order_by("-id").first()
    return None if row is None else _loaded(*row)


def at(publication_id: int) -> Current:
    """The policy of one publication, for decisions of its day: one query, none when it is the one pinned.

    Raises ``Publication.DoesNotExist``.
    """
    for pinned_one in (_pin.get() or {}).values():
        if pinned_one.publication_id == publication_id:
            return pinned_one
    return _loaded(*_rows().get(id=publication_id))


def several(publication_ids: Iterable[int]) -> dict[int, Current]:
    """The policies of these publications, by id: one query, none where all of them are pinned."""
    kept = {each.publication_id: each for each in (_pin.get() or {}).values()}
    wanted = set(publication_ids)
    found = {each: kept[each] for each in wanted & kept.keys()}
    if wanted - kept.keys():
        found |= {row[0]: _loaded(*row) for row in _rows().filter(id__in=wanted - kept.keys())}
    return found


def sources_of(publication_id: int) -> tuple[PackSource, ...]:
    """The texts of a publication, in order of pack id."""
    versions = PolicyVersion.objects.filter(publications=publication_id).order_by("pack")
    return tuple(PackSource(row.pack, MappingProxyType(row.files)) for row in versions)


def _rows() -> QuerySet[Publication, tuple[int, date, str]]:
    return Publication.objects.values_list("id", "effective", "digest")


def _loaded(publication_id: int, effective: date, digest: str) -> Current:
    texts = compiled_as(digest, lambda: sources_of(publication_id))
    if texts.checked.model is None:
        raise Refused(
            "policies.unreadable",
            _("第%(id)s号发布的制度，本版程序已不能读取。请换回发布时的程序版本，或发布修订后的制度。")
            % {"id": publication_id},
        )
    return Current(publication_id, effective, digest, texts.checked.model, texts.sources)
