"""A policy whose customers have files, and files received for them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from keguan.language.model.files import MEGABYTE
from keguan.runtime.attachments.received import Received, received
from keguan.runtime.records.actions import AttachFiles
from tests.runtime.attachments.made_files import png
from tests.runtime.decisions.editions import edition, publish

if TYPE_CHECKING:
    from keguan.runtime.access.viewer import Viewer

FIELD = "| 可接受价格 | price_limit | Acceptable price | 金额 | | 来往 | 一般 |\n"
FILES = FIELD + (
    "| 合影 | photos | Photos | 附件(图片, pdf; 1MB; 3个) | | 来往 | |\n"
    "| 授权书 | mandate | Mandate | 附件(pdf) | 是 | 身份 | |\n"
)
FACT = "| 参加活动次数 | attendances | Attendances | 整数 | 来往 | count(活动参加) |\n"
FACTS = FACT + "| 有合影 | pictured | Pictured | 是否 | 来往 | 合影 != null |\n"


def published(version: str = "2.0.0") -> None:
    """Customers have photos, and a mandate that every one of them should have."""
    publish(edition(version, (FIELD, FILES), (FACT, FACTS)))


def photo(name: str = "合影.png", data: bytes | None = None, limit: int = MEGABYTE) -> Received:
    """A received picture."""
    return received(name, [png() if data is None else data], limit)


def attached(viewer: Viewer, record_id: int, *files: Received, field: str = "photos") -> int:
    """Put files under a field of a customer; the new version."""
    return AttachFiles(
        viewer=viewer, record_type="customer", id=record_id, field=field, files=files or (photo(),)
    ).run()
