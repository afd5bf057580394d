"""Files put under a record, exchanged, taken away and read, as far as the policy lets people."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext

from keguan.language.model.files import MEGABYTE
from keguan.runtime.access.viewer import Viewer, viewer_for
from keguan.runtime.attachments.models import Attachment
from keguan.runtime.ledger.actions import Refused
from keguan.runtime.ledger.queries import entries_page
from keguan.runtime.policies import queries as policies
from keguan.runtime.records import queries as records
from keguan.runtime.records.actions import AttachFiles, Create, ReadFile, RemoveFile, ReplaceFile, Update
from keguan.runtime.records.queries import Filter, ListQuery, Operator
from tests.runtime.attachments.filing import attached, photo, published
from tests.runtime.attachments.made_files import pdf, png
from tests.runtime.records.filing import customer

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def lin_xiao(company: Cast) -> Viewer:
    """林晓, under a policy whose customers have photos and a mandate."""
    published()
    return viewer_for(company.lin_xiao.id)


@pytest.fixture
def record_id(company: Cast, lin_xiao: Viewer) -> int:
    """A customer of hers."""
    return customer(company.lin_xiao)


def lying() -> list[Path]:
    """The files on the disk."""
    return sorted(path for path in (Path(settings.HOME) / "attachments").rglob("*") if path.is_file())


def shown(viewer: Viewer, record_id: int) -> list[str]:
    """The names of a customer's photos."""
    fields = {each.code: each for each in records.files_shown(viewer, "customer", record_id)}
    return [each.name for each in fields["photos"].files]


def test_a_file_is_kept_and_read_as_it_came(lin_xiao: Viewer, record_id: int) -> None:
    """What was put there comes back byte by byte, with its name, kind and size; the policy sees that it is there."""
    data = png(padding=40_000)
    assert attached(lin_xiao, record_id, photo("和张总.png", data)) == 2
    row = Attachment.objects.get()
    opened = ReadFile(viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=row.pk).run()
    assert (opened.name, opened.media_type, opened.size) == ("和张总.png", "image/png", len(data))
    assert b"".join(opened.pieces()) == data
    cells = records.get(lin_xiao, "customer", record_id).cells
    assert (cells["photos"].value, cells["photos"].text, cells["pictured"].value) == (1, "和张总.png", True)


def test_nothing_of_it_lies_in_clear(lin_xiao: Viewer, record_id: int) -> None:
    """Neither the content nor the name is on the disk or in the database; the checksum is that of what lies there."""
    attached(lin_xiao, record_id, photo("和张总.png", png(padding=4_096)))
    (path,) = lying()
    row = Attachment.objects.get()
    assert bytes(range(200)) not in path.read_bytes()
    assert "张总".encode() not in bytes(row.name or b"")
    assert row.checksum == hashlib.sha256(path.read_bytes()).hexdigest()
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_record_and_its_files_are_filed_together(company: Cast, lin_xiao: Viewer) -> None:
    """A new record brings its files; when it is refused, neither is there."""
    values = {"name": "张伟", "customer_kind": "个人", "phone": "13800135612"}
    files = {"photos": [photo("一.png"), photo("二.png")]}
    record_id = Create(viewer=lin_xiao, record_type="customer", values=values, files=files).run()
    assert shown(lin_xiao, record_id) == ["一.png", "二.png"]
    again = photo("三.png")
    with pytest.raises(Refused) as refused:
        Create(viewer=lin_xiao, record_type="customer", values=values, files={"photos": [again]}).run()
    assert refused.value.code == "records.duplicate"
    again.close()
    assert (Attachment.objects.count(), len(lying())) == (2, 2)


def test_a_new_record_with_an_unfit_file_is_not_filed(lin_xiao: Viewer) -> None:
    """The sentence stands at the field, and nothing has changed."""
    values = {"name": "张伟", "customer_kind": "个人", "phone": "13800135612"}
    bad = photo("合影.png", b"MZ")
    with pytest.raises(Refused) as refused:
        Create(viewer=lin_xiao, record_type="customer", values=values, files={"photos": [bad]}).run()
    assert refused.value.fields == {"photos": "合影.png：文件的内容不是 .png，或者已经损坏。请重新另存一份。"}
    bad.close()
    assert records.page(lin_xiao, "customer", ListQuery()).rows == ()
    assert lying() == []


def test_what_a_field_does_not_take_is_refused(lin_xiao: Viewer, record_id: int) -> None:
    """Another kind, too large, too many, nothing at all: each with its sentence, and nothing is kept."""
    tries = [
        ((photo("a.docx"),), "attachments.unfit", "不收这种文件"),
        ((photo("a.png", png(padding=MEGABYTE)),), "attachments.unfit", "文件太大：每个文件最多 1 MB"),
        (tuple(photo(f"{number}.png") for number in range(4)), "attachments.number", "最多放 3 个文件，已有 0 个"),
    ]
    for files, code, sentence in tries:
        with pytest.raises(Refused) as refused:
            attached(lin_xiao, record_id, *files)
        assert (refused.value.code, sentence in str(refused.value)) == (code, True)
        for each in files:
            each.close()
    with pytest.raises(Refused) as refused:
        AttachFiles(viewer=lin_xiao, record_type="customer", id=record_id, field="photos", files=()).run()
    assert refused.value.code == "attachments.none"
    assert (Attachment.objects.count(), lying(), records.get(lin_xiao, "customer", record_id).version) == (0, [], 1)


def test_a_file_is_exchanged_and_taken_away(
    lin_xiao: Viewer, record_id: int, django_capture_on_commit_callbacks: object
) -> None:
    """The old one cannot be read any more at once, and is off the disk when it has committed."""
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        attached(lin_xiao, record_id, photo("一.png"))
    first = Attachment.objects.get().pk
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        ReplaceFile(
            viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=first, file=photo("二.pdf", pdf())
        ).run()
    assert shown(lin_xiao, record_id) == ["二.pdf"]
    assert len(lying()) == 1
    with pytest.raises(Refused):
        ReadFile(viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=first).run()
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        RemoveFile(
            viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=Attachment.objects.get().pk
        ).run()
    cells = records.get(lin_xiao, "customer", record_id).cells
    assert (cells["photos"].state, cells["pictured"].value, lying()) == ("empty", False, [])


def test_a_required_file_may_come_later_and_never_goes(lin_xiao: Viewer, record_id: int) -> None:
    """A record is filed without its mandate and counts as lacking it; the last one cannot be taken away."""
    assert "mandate" in [each.code for each in records.missing(lin_xiao, "customer", record_id)]
    attached(lin_xiao, record_id, photo("授权.pdf", pdf()), field="mandate")
    assert "mandate" not in [each.code for each in records.missing(lin_xiao, "customer", record_id)]
    file = Attachment.objects.get()
    with pytest.raises(Refused) as refused:
        RemoveFile(viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=file.pk).run()
    assert str(refused.value) == "attachments.last: 这一项必须有文件，不能移除最后一个。请用“替换”。"
    assert Attachment.objects.get().gone_at is None
    Update(viewer=lin_xiao, record_type="customer", id=record_id, version=2, values={"name": "张维"}).run()


def test_a_file_is_uploaded_never_typed(lin_xiao: Viewer, record_id: int) -> None:
    """A number or a name typed for an attachment is refused, on a new record and on one that is there."""
    with pytest.raises(Refused) as refused:
        Update(viewer=lin_xiao, record_type="customer", id=record_id, version=1, values={"photos": 3}).run()
    assert refused.value.fields == {"photos": "这一项是附件：请上传文件，不能填写。"}
    with pytest.raises(Refused):
        Create(viewer=lin_xiao, record_type="customer", values={"name": "李四", "photos": "a.png"}).run()
    attached(lin_xiao, record_id)
    Update(viewer=lin_xiao, record_type="customer", id=record_id, version=2, values={"name": "张维"}).run()
    assert shown(lin_xiao, record_id) == ["合影.png"]


def test_who_does_not_reach_the_record_reads_nothing(company: Cast, lin_xiao: Viewer, record_id: int) -> None:
    """方明 of another branch is told in one sentence, whether there is a file or not; he changes nothing either."""
    attached(lin_xiao, record_id)
    file, fang_ming = Attachment.objects.get().pk, viewer_for(company.fang_ming.id)
    told = set()
    for attachment_id in (file, file + 1):
        with pytest.raises(Refused) as refused:
            ReadFile(viewer=fang_ming, record_type="customer", id=record_id, attachment_id=attachment_id).run()
        told.add((refused.value.code, str(refused.value)))
    assert len(told) == 1
    told.clear()
    for attachment_id in (file, file + 1):
        with pytest.raises(Refused) as refused:
            RemoveFile(viewer=fang_ming, record_type="customer", id=record_id, attachment_id=attachment_id).run()
        told.add((refused.value.code, str(refused.value)))
    mine = photo()
    with pytest.raises(Refused) as refused:
        attached(fang_ming, record_id, mine)
    told.add((refused.value.code, str(refused.value)))
    mine.close()
    assert len(told) == 1
    assert shown(lin_xiao, record_id) == ["合影.png"]
    assert len(lying()) == 1


def test_a_file_of_another_record_is_not_read_through_this_one(company: Cast, lin_xiao: Viewer, record_id: int) -> None:
    """A number of a file is good only with the record under which it lies."""
    other = customer(company.lin_xiao, "曾丽", "13900005612")
    attached(lin_xiao, other)
    with pytest.raises(Refused) as refused:
        ReadFile(viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=Attachment.objects.get().pk).run()
    assert refused.value.code == "attachments.not_found"


def test_everything_is_an_entry_of_the_ledger_without_a_name(lin_xiao: Viewer, record_id: int) -> None:
    """Put there, read, exchanged, taken away: who, what, checksum, clause; the file's name never."""
    attached(lin_xiao, record_id, photo("和张总.png"))
    row = Attachment.objects.get()
    key = {"viewer": lin_xiao, "record_type": "customer", "id": record_id, "attachment_id": row.pk}
    ReadFile(**key, address="10.0.0.7").run()
    RemoveFile(**key).run()
    entries = entries_page(size=4).entries[:3]
    assert [each.action for each in entries] == ["records.remove_file", "records.read_file", "records.attach"]
    removed, read, put = (each.data for each in entries)
    assert put["files"] == [[row.pk, "image", row.size, row.checksum]] == removed["files"]
    assert put["changes"] == {"photos": [None, 1], "pictured": [False, True]} or put["changes"] == {"photos": [None, 1]}
    assert (read["file"], read["checksum"], read["address"]) == (row.pk, row.checksum, "10.0.0.7")
    assert all("张总" not in str(each.data) and each.clause for each in entries)


def test_a_damaged_file_is_told_and_never_half_read(lin_xiao: Viewer, record_id: int) -> None:
    """A file that was changed on the disk is refused before its first byte, in a sentence."""
    attached(lin_xiao, record_id)
    (path,) = lying()
    data = bytearray(path.read_bytes())
    data[-1] ^= 1
    path.write_bytes(data)
    with pytest.raises(Refused) as refused:
        ReadFile(viewer=lin_xiao, record_type="customer", id=record_id, attachment_id=Attachment.objects.get().pk).run()
    assert refused.value.code == "attachments.file_gone"


def test_a_list_with_files_costs_one_query_more(company: Cast, lin_xiao: Viewer) -> None:
    """However many rows have files, and none where no row has one; the list can be asked who has any."""
    for number in range(4):
        record_id = customer(company.lin_xiao, f"客户{number}", f"1380013561{number}")
        if number % 2:
            attached(lin_xiao, record_id, photo(f"{number}.png"), photo(f"{number}b.png"))
    counts = []
    for codes in (("name",), ("name", "photos")):
        with policies.pinned():
            records.page(lin_xiao, "customer", ListQuery(columns=codes))
            with CaptureQueriesContext(connection) as asked:
                page = records.page(lin_xiao, "customer", ListQuery(columns=codes))
        counts.append(len(asked))
    assert counts[1] == counts[0] + 1
    assert [row.cells["photos"].text for row in page.rows] == ["3.png、3b.png", "", "1.png、1b.png", ""]
    having = (Filter("photos", Operator.PRESENT, ()),)
    assert len(records.page(lin_xiao, "customer", ListQuery(filters=having)).rows) == 2
    assert "photos" not in records.sortable_codes(lin_xiao, "customer")
    with pytest.raises(Refused):
        records.page(lin_xiao, "customer", ListQuery(filters=(Filter("photos", Operator.IS, ("1",)),)))
