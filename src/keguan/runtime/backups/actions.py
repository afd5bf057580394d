"""Making a backup is an action: who took everything out of the house stands in the ledger."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from django.utils.translation import gettext as _

from keguan.runtime.backups import writing
from keguan.runtime.backups.restoring import restore
from keguan.runtime.ledger.actions import Actor, Record, Refused, append

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from keguan.runtime.backups.checksum import Sums


@dataclass(frozen=True, kw_only=True)
class BackUp:
    """Write everything into one sealed file. Not in one transaction: it reads one moment while others write, and says
    so in the ledger when the file is whole.
    """

    name: ClassVar[str] = "backups.back_up"
    actor: Actor
    path: Path
    watch: Callable[[str, int], None] | None = None

    def run(self) -> Sums:
        """Write it and return its sums. Raises ``Refused`` when the file cannot be written; then none is left."""
        try:
            sums = writing.write(self.path, self.watch)
        except FileExistsError:
            raise Refused("backups.exists", _("文件 %(path)s 已经有了，请换一个名字。") % {"path": self.path}) from None
        except OSError as error:
            reason = {"path": self.path, "reason": error.strerror}
            raise Refused("backups.file", _("写不了文件 %(path)s（%(reason)s）。") % reason) from error
        data = {"file": self.path.name, "rows": sums.rows, "digest": sums.digest}
        append(self.actor, [Record(self.name, "backup", None, data=data)])
        return sums


@dataclass(frozen=True, kw_only=True)
class Restore:
    """Put a backup into an empty system; the ledger that comes with it goes on with this entry."""

    name: ClassVar[str] = "backups.restore"
    actor: Actor
    path: Path
    watch: Callable[[str, int], None] | None = None

    def run(self) -> Sums:
        """Restore and return the sums of what was restored. Raises ``Refused``; then the system is as it was."""
        sums = restore(self.path, self.watch)
        data = {"file": self.path.name, "rows": sums.rows, "digest": sums.digest}
        append(self.actor, [Record(self.name, "backup", None, data=data)])
        return sums
