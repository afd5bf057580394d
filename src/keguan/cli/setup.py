"""``keguan setup``: from nothing to a system with keys, tables and its policies."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings
from django.core.management import call_command

from keguan.cli.console import fail, operator, print_diagnostics, say
from keguan.cli.words import _
from keguan.language.source import PackSource, read_pack
from keguan.runtime.calendars.actions import AdoptEdition, edition_is_new
from keguan.runtime.keyring.file import ensure
from keguan.runtime.keyring.kms import KeyringError
from keguan.runtime.ledger.actions import Actor, Refused
from keguan.runtime.ledger.queries import in_use
from keguan.runtime.policies.actions import Publish
from keguan.runtime.policies.queries import published_packs
from keguan.runtime.policies.refusals import PolicyRefused

BUNDLED = ("core", "property-developer")


Packs = Annotated[
    list[str] | None,
    typer.Option("--pack", help=_("要发布的制度包，可以重复；不写时，新系统发布自带的两个，已有制度的系统不发布。")),
]


def command(packs: Packs = None) -> None:
    """Make keys, bring the database up, publish policies. What is there already stays as it is."""
    prepare(tuple(packs or ()))
    say(_("准备就绪。接着运行 keguan run。"))


def prepare(packs: tuple[str, ...] = ()) -> None:
    """As the command, for ``keguan run``. Ends with a sentence when something is in the way.

    Without ``packs`` a system that has no policy gets the bundled ones, and one that has its own gets none.
    """
    settings.HOME.mkdir(parents=True, exist_ok=True)
    if not settings.KEYRING_PATH.exists() and in_use():
        fail(
            _(
                "数据库里已有数据，却没有密钥文件 %(file)s。换一把新密钥，已加密的信息就再也读不出来；"
                "请先从备份恢复密钥文件。"
            )
            % {"file": settings.KEYRING_PATH},
            2,
        )
    try:
        ensure(settings.KEYRING_PATH)
    except KeyringError as error:
        fail(_("密钥文件不可用：%(reason)s") % {"reason": error}, 2)
    call_command("migrate", interactive=False, verbosity=0)
    if edition_is_new():
        AdoptEdition(actor=Actor(None, operator(), "cli")).run()
    known = published_packs()
    wanted = packs or (() if known else BUNDLED)
    _publish([source for source in _read(wanted) if source.id not in known])


def _read(names: tuple[str, ...]) -> tuple[PackSource, ...]:
    try:
        return tuple(read_pack(settings.PACKS / name) for name in names)
    except FileNotFoundError as error:
        where = {"folder": error}
        fail(_("没有制度包 %(folder)s。请在代码目录中运行，或用 KEGUAN_PACKS 指出制度包所在的文件夹。") % where, 2)


def _publish(new: list[PackSource]) -> None:
    if not new:
        return
    try:
        published = Publish(actor=Actor(None, operator(), "cli"), packs=tuple(new)).run()
    except PolicyRefused as refusal:
        print_diagnostics(refusal.diagnostics)
        fail(refusal.message)
    except Refused as refusal:
        fail(refusal.message)
    for pack, version in published.versions:
        say(_("已发布制度包 %(pack)s %(version)s。") % {"pack": pack, "version": version})
