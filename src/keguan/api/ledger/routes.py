"""The ledger over HTTP, for those who may audit."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja import Query, Router, Schema
from pydantic import AwareDatetime, Field

from keguan.api.authentication import viewer
from keguan.api.errors import PROBLEMS
from keguan.runtime.access.rights import may
from keguan.runtime.ledger import queries as ledger
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.auditing import looked
from keguan.runtime.tokens.scopes import Scope

if TYPE_CHECKING:
    from collections.abc import Mapping

router = Router()


class EntryOut(Schema):
    """One entry."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str
    via: str
    action: str
    subject_type: str
    subject_id: str
    clause: str
    data: dict[str, Any]
    forgotten: bool = Field(description="What the entry said of its subject was destroyed by rule.")


class EntryList(Schema):
    """Entries, newest first."""

    entries: list[EntryOut]
    next: int | None = Field(description="The `after` of the following page; null on the last.")
    unfinished: bool = Field(description="A search by `text` has not looked further down than `next` yet.")


class EntryQuery(Schema):
    """Which entries."""

    after: int | None = Field(None, ge=1, le=2**62)
    actor_id: int | None = Field(None, ge=1, le=2**62)
    action: str = Field("", max_length=80, description="By its beginning, e.g. `records.`")
    subject_type: str = Field("", max_length=80)
    subject_id: str = Field("", max_length=40)
    since: AwareDatetime | None = None
    until: AwareDatetime | None = None
    clause: str = Field("", max_length=160, description="`pack#anchor`")
    text: str = Field("", max_length=160, description="In who, what, about what and by which clause.")


class TargetOut(Schema):
    """One anchor target."""

    name: str
    block: int
    at: datetime | None
    failure: str
    late: bool


class SealsOut(Schema):
    """How far the ledger is sealed and anchored, and whether that is as it should be."""

    blocks: int
    last_entry: int
    sealed_at: datetime | None
    waiting_since: datetime | None = Field(description="Since when an entry waits for its block.")
    fine: bool = Field(description="Whether neither sealing nor anchoring is overdue.")
    targets: list[TargetOut]


def _audit(request: HttpRequest) -> None:
    if not may(viewer(request, Scope.LEDGER_READ), "audit"):
        raise Refused("ledger.not_allowed", _("只有审计人员才能查看账本。"))


def _told(data: Mapping[str, Any]) -> dict[str, Any]:
    """An entry's data without old and new values: they have classes of their own and are seen on the record."""
    changes = data.get("changes")
    return {**data, "changes": sorted(changes)} if isinstance(changes, dict) else dict(data)


@router.get("/", response={200: EntryList, **PROBLEMS}, summary="Entries, newest first")
def list_entries(request: HttpRequest, query: Query[EntryQuery]) -> EntryList:
    """A page of the ledger. Entries name records and fields, never their values."""
    _audit(request)
    asked = query.dict()
    looked(viewer(request, Scope.LEDGER_READ).actor, {name: str(value) for name, value in asked.items() if value})
    page = ledger.entries_page(asked.pop("after"), ledger.EntryFilters(**asked))
    entries = [
        EntryOut(
            id=each.id,
            at=each.at,
            actor_id=each.actor_id,
            actor_name=each.actor_name,
            via=each.via,
            action=each.action,
            subject_type=each.subject_type,
            subject_id=each.subject_id,
            clause=each.clause,
            data=_told(each.data),
            forgotten=each.forgotten,
        )
        for each in page.entries
    ]
    return EntryList(entries=entries, next=page.next, unfinished=page.unfinished)


@router.get("/seals", response={200: SealsOut, **PROBLEMS}, summary="How far the ledger is sealed")
def read_seals(request: HttpRequest) -> SealsOut:
    """Blocks, the last sealed entry and when."""
    _audit(request)
    watch = ledger.watch()
    seals = ledger.seals_of(watch)
    return SealsOut(
        blocks=seals.blocks,
        last_entry=seals.last_entry,
        sealed_at=seals.sealed_at,
        waiting_since=watch.waiting_since,
        fine=watch.fine,
        targets=[TargetOut(**asdict(target)) for target in watch.targets],
    )
