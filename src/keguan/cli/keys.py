"""``keguan keys``: see, rotate, destroy and hand over the keys."""

from __future__ import annotations

from typing import Annotated

import typer
from django.conf import settings

from keguan.cli.console import fail, operator, say
from keguan.cli.progress import Bars
from keguan.cli.words import _
from keguan.runtime.jobs.actions import run_now
from keguan.runtime.jobs.queries import State, job
from keguan.runtime.keyring import file
from keguan.runtime.keyring.kms import KeyringError
from keguan.runtime.keys.actions import HoldKeys, RetireKey, RotateKey
from keguan.runtime.ledger.actions import Actor, Refused

Wish = Annotated[str, typer.Argument(help=_("list 列出、rotate 更换、retire 销毁、hold 交给密钥管理系统保管。"))]
What = Annotated[
    str,
    typer.Argument(
        help=_(
            "更换哪一类（fields、indexes、tokens、factors）；销毁哪一把（编号）；交给谁（file、command:…、vault:…）。"
        )
    ),
]


def command(wish: Wish = "list", what: What = "") -> None:
    """Do one of the four; never shows a key."""
    actor = Actor(None, operator(), "cli")
    try:
        if wish == "list":
            _list()
        elif wish == "rotate":
            _rotate(actor, what)
        elif wish == "retire":
            RetireKey(actor=actor, key_id=_number(what)).run()
            say(_("已销毁编号%(id)s的密钥。") % {"id": what})
        elif wish == "hold":
            HoldKeys(actor=actor, holder=what).run()
            say(_("密钥改由 %(who)s 保管。旧的保管凭据可以收起来了。") % {"who": what})
        else:
            fail(_("没有这种办法：%(wish)s。可以写 list、rotate、retire、hold。") % {"wish": wish}, 2)
    except KeyringError as error:
        fail(_("密钥文件不可用：%(reason)s") % {"reason": error}, 2)
    except Refused as refusal:
        fail(refusal.message)


def _list() -> None:
    keys = file.read(settings.KEYRING_PATH)
    say(_("密钥文件 %(path)s，由 %(who)s 保管：") % {
        "path": settings.KEYRING_PATH, "who": file.held_by(settings.KEYRING_PATH) or _("（明文）"),
    })  # fmt: skip
    newest = {key.purpose: key.id for key in keys if not key.waiting}
    for key in keys:
        state = _("准备启用") if key.waiting else _("使用中") if newest[key.purpose] == key.id else _("旧")
        say(f"  {key.id:>4}  {key.purpose:<12}{state}")


def _rotate(actor: Actor, purpose: str) -> None:
    job_id = RotateKey(actor=actor, purpose=purpose, wake=False).run()
    with Bars() as bars:
        run_now(job_id, lambda done, total: bars.tell(_("更换密钥"), done, total))
    done = job(job_id)
    if done is None or done.state != State.DONE:
        fail(done.error if done is not None and done.error else _("没有办完，请再运行一次。"))
    say(done.message)


def _number(text: str) -> int:
    if not text.isdigit():
        fail(_("请写密钥的编号，例如 keguan keys retire 3。"), 2)
    return int(text)
