"""An export of the ledger as one file: a table to read, proofs to check, the key and the program that checks."""

from __future__ import annotations

import csv
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from keguan.runtime.ledger import export_check
from keguan.web.ledger.told import told

if TYPE_CHECKING:
    from keguan.language.model.model import Model
    from keguan.runtime.ledger.exporting import Export

_FORMULAS = ("=", "+", "-", "@", "\t", "\r")


def packed(export: Export, model: Model, language: str) -> bytes:
    """``entries.csv``, ``proofs.jsonl``, ``receipt.json``, ``public-key.pem`` and ``check.py`` in a zip."""
    whole = io.BytesIO()
    files = {
        "entries.csv": _table(export, model, language).encode("utf-8-sig"),  # by which a spreadsheet knows UTF-8
        "proofs.jsonl": export.proofs.encode(),
        "receipt.json": f"{export.receipt.text}\n".encode(),
        "public-key.pem": export.public_key.encode(),
        "check.py": Path(export_check.__file__).read_bytes(),
    }
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in files.items():
            file.writestr(name, content)
    return whole.getvalue()


def _table(export: Export, model: Model, language: str) -> str:
    stream = io.StringIO()
    table = csv.writer(stream)
    table.writerow(
        [_("编号"), _("时间"), _("人员"), _("途径"), _("事项"), _("对象"), _("对象编号"), _("说明"), _("依据")]
    )
    for card in export.cards:
        row = told(card, model, language)
        cells = [
            str(card.id),
            localtime(card.at).isoformat(" ", "seconds"),
            card.actor_name,
            str(row["via"]),
            row["action"],
            str(row["subject"]),
            card.subject_id,
            row["detail"],
            str(row["clause"] or card.clause),
        ]
        table.writerow([_harmless(cell) for cell in cells])
    return stream.getvalue()


def _harmless(cell: str) -> str:
    """A spreadsheet takes such a beginning for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULAS) else cell
