"""A sweep of attachments that is killed: every attempt is a process of its own that dies at the given step.

python -m tests.runtime.attachments.killing FILES    prints how many attempts died, and what is there in the end
"""

from __future__ import annotations

import os
import signal
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import django


def main(number: int) -> None:
    """Of so many files each: let go of and not deleted, committed and not moved, taken by nobody, and one just in."""
    django.setup()
    kept = _begun(number)
    died = sum(_attempt(step) for step in range(3 * number))
    _attempt(None)
    _told(died, kept)


def _begun(number: int) -> list[tuple[int, bytes]]:
    """The files as a process leaves them that died at the worst moment; those that records have, with their keys."""
    from django.conf import settings
    from django.db import connections, transaction

    from keguan.language.model.files import FileKind
    from keguan.runtime import clock
    from keguan.runtime.access.viewer import system_viewer
    from keguan.runtime.attachments import folder
    from keguan.runtime.attachments.keeping import adopt, discard
    from keguan.runtime.attachments.received import received
    from tests.runtime.attachments.made_files import png

    viewer, kept = system_viewer("cli", "试验"), []
    for record_id in range(2 * number):
        file = received("一.png", [png()], 10_000)
        with transaction.atomic():
            (row,) = adopt(viewer, "customer", record_id, "photos", [(file, FileKind.IMAGE)])
            transaction.get_connection().run_on_commit.clear()
        if record_id < number:
            folder.settle(file.token)
            with transaction.atomic():
                discard("customer", [record_id])
                transaction.get_connection().run_on_commit.clear()
        else:
            kept.append((row.token, file.key))
    for _stray in range(number):
        received("二.png", [png()], 10_000)
    old = (clock.now() - timedelta(days=2)).timestamp()
    for path in (Path(settings.HOME) / "attachments" / "incoming").iterdir():
        os.utime(path, (old, old))
    received("三.png", [png()], 10_000)
    connections.close_all()
    return kept


def _attempt(step: int | None) -> bool:
    """Fork, die at the given touch of a file (half before it, half after), and return whether it died."""
    from django.db import connections

    connections.close_all()
    child = os.fork()
    if child == 0:
        from keguan.runtime.attachments import folder
        from keguan.runtime.attachments.sweeping import sweep

        if step is not None:
            folder.delete = _dying(folder.delete, before=bool(step % 2))
            folder.settle = _dying(folder.settle, before=bool(step % 2))
        sweep()
        os._exit(0)
    return os.waitpid(child, 0)[1] != 0


def _dying(touch: Any, *, before: bool) -> Any:
    def dies(token: int) -> None:
        if not before:
            touch(token)
        os.kill(os.getpid(), signal.SIGKILL)

    return dies


def _told(died: int, kept: list[tuple[int, bytes]]) -> None:
    from django.conf import settings

    from keguan.runtime.attachments import folder
    from keguan.runtime.attachments.models import Attachment
    from tests.runtime.attachments.made_files import png

    files = [path for path in (Path(settings.HOME) / "attachments").rglob("*") if path.is_file()]
    whole = sum(b"".join(folder.pieces(token, key)) == png() for token, key in kept)
    waiting = sum(path.parent.name == "incoming" for path in files)
    gone = Attachment.objects.filter(gone_at__isnull=False).count()
    sys.stdout.write(f"{died} {whole} {len(files)} {waiting} {Attachment.objects.count()} {gone}\n")


if __name__ == "__main__":
    main(int(sys.argv[1]))
