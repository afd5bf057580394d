"""What becomes of files when their record is merged, imported back, disposed of, backed up, or its keys are rotated."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings

from keguan.runtime.access import crypto, resealing
from keguan.runtime.access.attached import opened_key, opened_name
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.attachments import folder, keeping
from keguan.runtime.attachments.models import Attachment
from keguan.runtime.attachments.sweeping import sweep
from keguan.runtime.imports.undo.judging import Why, stay
from keguan.runtime.policies.queries import current
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import ReadFile, UndoMerge
from keguan.runtime.records.editing import stored_rows
from keguan.runtime.retention.destroying import Done, destroy_rows
from keguan.runtime.retention.emptying import empty
from tests.runtime.attachments.filing import attached, photo, published
from tests.runtime.attachments.made_files import pdf, png
from tests.runtime.records.filing import customer
from tests.runtime.records.test_merge import merge, merger

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def lin_xiao(company: Cast) -> Viewer:
    """林晓, under a policy whose customers have photos and a mandate."""
    published()
    return viewer_for(company.lin_xiao.id)


def held(viewer: Viewer, record_id: int) -> tuple[object, list[str]]:
    """What a customer's row says of its photos, and what they are called."""
    cells = records.get(viewer, "customer", record_id).cells
    fields = {each.code: each for each in records.files_shown(viewer, "customer", record_id)}
    return cells["photos"].value, [each.name for each in fields["photos"].files]


def lying() -> int:
    """How many files are on the disk."""
    return sum(path.is_file() for path in (Path(settings.HOME) / "attachments").rglob("*"))


def test_a_merge_takes_the_files_along_and_its_undoing_brings_them_back(company: Cast, lin_xiao: Viewer) -> None:
    """Both records' files are under the one that stays; taken apart, each has its own, but for what went meanwhile."""
    kept, gone = customer(company.lin_xiao), customer(company.lin_xiao, "张维", "13900005612")
    attached(lin_xiao, kept, photo("一.png"))
    attached(lin_xiao, gone, photo("二.png"), photo("三.png"))
    done = merge(company, kept, gone)
    viewer = viewer_for(company.xu_ke.id)
    assert held(viewer, kept) == (3, ["一.png", "二.png", "三.png"])
    UndoMerge(viewer=merger(company), merge_id=done).run()
    assert held(viewer, kept) == (1, ["一.png"])
    assert held(viewer, gone) == (2, ["二.png", "三.png"])


def test_an_import_is_not_taken_back_from_a_record_that_has_files(company: Cast, lin_xiao: Viewer) -> None:
    """Somebody has worked with it: it stays, and so does its file."""
    record_id = customer(company.lin_xiao)
    attached(lin_xiao, record_id)
    rows = stored_rows(current().model, "customer", [record_id])
    assert stay(lin_xiao, current().model, "customer", rows) == {record_id: Why.CHANGED}
    rows[record_id]["version"] = 1
    assert stay(lin_xiao, current().model, "customer", rows) == {record_id: Why.USED}


def test_a_destroyed_record_takes_its_files_with_it(
    company: Cast, lin_xiao: Viewer, django_capture_on_commit_callbacks: object
) -> None:
    """Key and name are gone with the transaction, the file with its commit; another record's stays."""
    record_id, other = customer(company.lin_xiao), customer(company.lin_xiao, "曾丽", "13900005612")
    attached(lin_xiao, record_id, photo("一.png"), photo("二.png"))
    attached(lin_xiao, other)
    found = Done()
    with django_capture_on_commit_callbacks() as waiting:  # type: ignore[operator]
        destroy_rows(current().model, "customer", [record_id], found)
    assert found.taken["attachments"] == 2
    gone = Attachment.objects.filter(record_id=record_id)
    assert [(each.name, each.key, each.gone_at is None) for each in gone] == [(None, None, False)] * 2
    assert lying() == 3
    for each in waiting:
        each()
    assert (lying(), Attachment.objects.count()) == (1, 1)


def test_emptying_a_class_takes_the_files_of_its_fields_alone(company: Cast, lin_xiao: Viewer) -> None:
    """The photos (来往) go, the mandate (身份) stays; what could not be deleted at once the sweep deletes."""
    record_id = customer(company.lin_xiao)
    attached(lin_xiao, record_id)
    attached(lin_xiao, record_id, photo("授权.pdf", pdf()), field="mandate")
    assert empty(current().model, "customer", "来往", [record_id], {}) >= 1
    assert held(lin_xiao, record_id) == (None, [])
    assert Attachment.objects.get(gone_at__isnull=True).field == "mandate"
    assert lying() == 2
    assert sweep() == 1
    assert (lying(), Attachment.objects.count()) == (1, 1)


def test_a_rotated_key_reseals_the_small_key_and_leaves_the_file(
    company: Cast, lin_xiao: Viewer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Name and key of the file are under the newest key afterwards, the file's bytes are the same, and it opens."""
    record_id = customer(company.lin_xiao)
    attached(lin_xiao, record_id, photo("和张总.png"))
    row = Attachment.objects.get()
    before = folder.checksum(row.token)
    old_id, secret = crypto.keys.newest("fields")
    newer = bytes(32)
    by_id = crypto.keys.by_id
    monkeypatch.setattr(crypto.keys, "newest", lambda purpose: (99, newer) if purpose == "fields" else (old_id, secret))
    monkeypatch.setattr(crypto.keys, "by_id", lambda key_id: newer if key_id == 99 else by_id(key_id))
    assert resealing.sealed_under(old_id)
    resealing.reseal()
    row.refresh_from_db()
    assert {crypto.key_of(bytes(row.name or b"")), crypto.key_of(bytes(row.key or b""))} == {99}
    assert folder.checksum(row.token) == before == row.checksum
    assert opened_name(row.token, bytes(row.name or b"")) == "和张总.png"
    assert b"".join(folder.pieces(row.token, opened_key(row.token, bytes(row.key or b"")))) == png()


def test_a_sealed_name_or_key_is_good_for_its_own_file_alone(company: Cast, lin_xiao: Viewer) -> None:
    """Moved to another row, neither opens; and a file in another's place does not either."""
    record_id = customer(company.lin_xiao)
    attached(lin_xiao, record_id, photo("一.png"), photo("二.png"))
    one, two = Attachment.objects.order_by("id")
    for opening, sealed in ((opened_name, one.name), (opened_key, one.key)):
        with pytest.raises(crypto.Unsealable):
            opening(two.token, bytes(sealed or b""))
    paths = sorted(path for path in (Path(settings.HOME) / "attachments").rglob("*.sealed"))
    first, second = (path.read_bytes() for path in paths)
    paths[0].write_bytes(second)
    paths[1].write_bytes(first)
    for file in (one, two):
        with pytest.raises(keeping.folder.Refused):
            ReadFile(viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=file.pk).run()
