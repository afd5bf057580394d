"""What follows a new key: everything that older ones have sealed, indexed or hashed is brought under it."""

from __future__ import annotations

from time import sleep
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext as _

from keguan.runtime import keyring
from keguan.runtime.access.keys import HELD_SECONDS
from keguan.runtime.access.resealing import reseal
from keguan.runtime.keyring import file
from keguan.runtime.org.factors import resealing as factors
from keguan.runtime.records.reindexing import Part, reindex

if TYPE_CHECKING:
    from keguan.runtime.jobs.progress import Progress

ROTATED = ("fields", "indexes", "tokens", "factors")
"""Purposes whose keys can be exchanged: what they made can be made again. What a ledger or a signature key has made
must stay as it is, and is proved with the key of its day.
"""

_A_LITTLE_LONGER = 0.2


def follow(purpose: str, progress: Progress | None = None) -> str:
    """Bring everything under the newest key for ``purpose`` and return a sentence that says what was done.

    Other processes notice a new key within a second, so that is waited for first: whatever they wrote until then is
    found. Run again after dying at any line. Raises ``Cancelled`` when asked to stop.
    """
    sleep(HELD_SECONDS + _A_LITTLE_LONGER)
    if purpose == "fields":
        sealed = reseal(progress)
        return _("已用新密钥重新加密%(values)s项，无法打开的%(damaged)s项。") % {
            "values": f"{sealed.values:,}",
            "damaged": sealed.damaged,
        }
    if purpose == "factors":
        values, damaged = factors.reseal(progress)
        return _("已用新密钥重新加密%(values)s项，无法打开的%(damaged)s项。") % {
            "values": f"{values:,}",
            "damaged": damaged,
        }
    if purpose == "indexes":
        done = reindex(Part.INDEXES, progress)
        return _("已用新密钥重做%(records)s份档案的盲索引，无法打开的%(damaged)s项。") % {
            "records": f"{done.records:,}",
            "damaged": done.damaged,
        }
    reindex(Part.NEW_TOKENS, progress)
    for key in [key for key in keyring.all_keys() if key.purpose == purpose and key.waiting]:
        file.take_into_use(settings.KEYRING_PATH, key.id)
    sleep(HELD_SECONDS + _A_LITTLE_LONGER)
    done = reindex(Part.OLD_TOKENS, progress)
    return _("查找词已换用新密钥，清除旧词%(gone)s个，无法打开的%(damaged)s项。") % {
        "gone": f"{done.tokens:,}",
        "damaged": done.damaged,
    }
