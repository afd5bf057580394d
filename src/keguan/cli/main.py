"""The command line's table of contents. Only the command asked for is loaded, and Django only if that needs it."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any

import typer

from keguan.cli.words import VARIABLE, _, unknown_language

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


@dataclass(frozen=True, slots=True)
class Entry:
    """A command: the module whose ``command`` it is, what it does, and whether it needs the database."""

    module: str
    help: str
    database: bool = True


COMMANDS: dict[str, Entry] = {
    "setup": Entry("setup", _("准备好数据库和密钥，发布自带的制度。可以重复运行。")),
    "run": Entry("run", _("启动客管：网页、后台作业，以及演示数据。")),
    "demo": Entry("demo", _("放入演示公司“云岭置地”，或让它再过一个月。可以重复运行。")),
    "check": Entry("check", _("检查制度包，指出每一处问题在哪里、怎么改。"), database=False),
    "test": Entry("test", _("运行制度包里的场景。"), database=False),
    "propose": Entry("propose", _("由判定表提出场景：每一行、每一处界限、每一处缺漏。"), database=False),
    "fmt": Entry("fmt", _("把制度文件排成规范的写法。"), database=False),
    "new": Entry("new", _("新建一个制度包，从可以运行的样例开始。"), database=False),
    "diff": Entry("diff", _("比较制度的两个版本，逐条说出改了什么。"), database=False),
    "simulate": Entry("simulate", _("把制度的改动在现有客户上试算，什么也不写。")),
    "snapshot": Entry("snapshot", _("把判定要读的数据拷成一个文件，供试算用。")),
    "bring": Entry("bring", _("把抽屉里的制度（Word 或文本）带进来，成为草稿。")),
    "print": Entry("print_policy", _("把制度排成 Word 或 PDF，供签署。")),
    "publish": Entry("publish", _("发布制度包的新版本。")),
    "decide": Entry("decide", _("按施行中的制度重新判定全部档案。")),
    "import": Entry("import_file", _("导入 Excel 或 CSV 文件。")),
    "trace-export": Entry("trace_export", _("查出泄露的文件是谁导出的。")),
    "tck": Entry("tck", _("运行 DMN 的公开符合性测试包，最后一行是 N of M。"), database=False),
    "token": Entry("token", _("为员工签发一个接口令牌，只显示这一次。")),
    "seal": Entry("seal", _("封存账本里还没有封存的记录。")),
    "verify": Entry("verify", _("核对账本是否被改动过。")),
    "keys": Entry("keys", _("看有哪些密钥；更换、销毁密钥，或交给密钥管理系统保管。")),
    "backup": Entry("backup", _("把数据库备份成一个加密文件。")),
    "restore": Entry("restore", _("把备份恢复到一个空的系统。")),
    "verify-export": Entry("verify_export", _("核对账本的导出文件，只要公钥，不要数据库。"), database=False),
    "ledger": Entry("ledger", _("账本的锚点、公钥和归档。")),
    "retention": Entry("retention", _("计算保存期限；恢复备份以后，照销毁清册再销毁一次。")),
    "migrate": Entry("migrate", _("把数据库升级到本版程序的结构。")),
    "drill": Entry("drill", _("演练：让系统时间往前走，途中到期的事项依次发生。")),
    "work": Entry("work", _("运行后台作业，直到按下 Ctrl-C。")),
}


def application(arguments: Sequence[str]) -> typer.Typer:
    """The command line for these arguments: the command they name is loaded, the others are only listed."""
    app = typer.Typer(
        name="keguan",
        help=_("客管：制度即程序。"),
        no_args_is_help=True,
        add_completion=False,
        rich_markup_mode=None,
        pretty_exceptions_enable=False,
    )
    app.callback()(_nothing_more)
    chosen = next((argument for argument in arguments if not argument.startswith("-")), None)
    for name, entry in COMMANDS.items():
        app.command(name, help=entry.help)(_loaded(entry) if name == chosen else _listed)
    return app


def main() -> None:
    """Entry point of the ``keguan`` command."""
    wrong = unknown_language()
    if wrong:
        typer.echo(f"{VARIABLE}={wrong}：只能是 zh 或 en。\n{VARIABLE}={wrong}: it can only be zh or en.", err=True)
        sys.exit(2)
    application(sys.argv[1:])(prog_name="keguan")


def _nothing_more() -> None:
    """Stands above the commands; its help is given where the application is made."""


def _loaded(entry: Entry) -> Callable[..., Any]:
    if entry.database:
        import_module("keguan.cli.django_start").start()
    command: Callable[..., Any] = import_module(f"keguan.cli.{entry.module}").command
    return command


def _listed() -> None:
    """Stands for a command that was not asked for."""
