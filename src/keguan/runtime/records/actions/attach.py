"""Put files under a field of a record, exchange one, take one away, and read one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field as made
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from keguan.language.model.access import Permission, Right
from keguan.language.model.naming import LARGEST_ID
from keguan.runtime.access.actions import ViewerAction
from keguan.runtime.access.attached import opened_name
from keguan.runtime.access.exits import Exit
from keguan.runtime.access.permits_door import spent
from keguan.runtime.access.present import Sight
from keguan.runtime.access.rights import reaches
from keguan.runtime.access.viewer import Place, place_of
from keguan.runtime.attachments import queries as attachments
from keguan.runtime.attachments.keeping import adopt, discard
from keguan.runtime.ledger.actions import Record, Refused
from keguan.runtime.policies import queries as policies
from keguan.runtime.records.editing import Edit, edit, stored_rows, write
from keguan.runtime.records.events import RecordsChanged
from keguan.runtime.records.files.counting import counted
from keguan.runtime.records.files.inspecting import inspected, release, too_many
from keguan.runtime.records.objections import require_unheld
from keguan.runtime.records.writing import clause_of, declared_type, refuse, require_edit, unwritable

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from keguan.language.model.files import FileKind
    from keguan.language.model.model import Field, Model, RecordType
    from keguan.runtime.attachments.models import Attachment
    from keguan.runtime.attachments.queries import Stored
    from keguan.runtime.attachments.received import Received
    from keguan.runtime.ledger.events import Event


@dataclass(frozen=True, kw_only=True)
class _OnFiles(ViewerAction[int]):
    """A change of the files of one field. Gives the record's new version."""

    record_type: str
    id: int
    _done: list[Edit] = made(default_factory=list, init=False, repr=False)
    _spent: list[Record] = made(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse a record out of sight, a field that is no attachment or not theirs to change, and a held record."""
        declared = self._declared
        if self._row is None or not reaches(self.viewer, self.record_type, self._place, self._model):
            raise Refused("records.not_found", gettext_lazy("没有这份档案，或者它不在您的可见范围内。"))
        code = self._code
        if self._field is None or code not in self._seen:
            raise Refused("attachments.not_found", gettext_lazy("没有这个文件或这一项附件，或者您无权查看它。"))
        require_edit(self.viewer, self._model, self.record_type, (code,), self._place, self.id)
        require_unheld(self.record_type, (self.id,))
        errors = unwritable(self.viewer, self._model, declared.code, (code,), self._place, self.id, files=True)
        refuse({code: sentence for code, sentence in errors.items() if sentence})
        if self._seen[code] is not Permission.YES:
            raise Refused("attachments.masked", gettext_lazy("这些文件对您是遮盖的，所以不能改动。"))

    def announce(self, result: int) -> Iterable[Event]:
        """The changed record: what the policy says of it may be another now."""
        del result
        yield RecordsChanged(self.record_type, (self.id,), {})

    @property
    def _code(self) -> str:
        raise NotImplementedError

    def _write(self) -> int:
        """Bring the row in line with the files that there are now; its version goes up in any case."""
        about = (self.record_type, [self._code], Right.CHANGE, self._place, self.id, self._model)
        self._spent.extend(spent(self.viewer, *about))
        row = self._row or {}
        found = edit(self._model, self._declared, row, counted(self._declared, self.id))
        if not write(found):
            raise Refused("records.stale", gettext_lazy("没有保存：这份档案刚被他人改过。请再试一次。"))
        self._done.append(found)
        return int(row["version"]) + 1

    def _entry(self, version: int, files: Iterable[Attachment | Stored], **facts: Any) -> Record:
        """Which files, by number, kind, size and checksum; never their names."""
        data = {
            "field": self._code,
            "files": [[each.id, each.kind, each.size, each.checksum] for each in files],
            "changes": self._done[0].changes,
            "version": version,
            **facts,
        }
        return Record(self.name, self.record_type, self.id, clause_of(self._declared), data)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _declared(self) -> RecordType:
        return declared_type(self._model, self.record_type)

    @cached_property
    def _row(self) -> dict[str, Any] | None:
        return _row_of(self._model, self.record_type, self.id)

    @cached_property
    def _place(self) -> Place:
        return Place(None, None) if self._row is None else place_of(self._row)

    @cached_property
    def _field(self) -> Field | None:
        return next((each for each in self._declared.fields if each.code == self._code and each.files), None)

    @cached_property
    def _seen(self) -> dict[str, Permission]:
        if self._row is None or self._field is None:
            return {}
        sight = Sight(self.viewer, self.record_type, Exit.ATTACHMENT, (self._code,), self._model)
        return dict(sight.permissions_on(self._row))


@dataclass(frozen=True, kw_only=True)
class AttachFiles(_OnFiles):
    """Put received files under a field. They are refused together when one of them may not be kept."""

    name: ClassVar[str] = "records.attach"
    field: str
    files: Sequence[Received]
    _kinds: list[tuple[Received, FileKind]] = made(default_factory=list, init=False, repr=False)
    _made: list[Attachment] = made(default_factory=list, init=False, repr=False)

    def run(self) -> int:
        """Look at the files first, outside the transaction: it takes as long as they are large."""
        try:
            found = policies.current().model.record_types.get(self.record_type)
            declared = None if found is None else next((one for one in found.fields if one.code == self.field), None)
            if declared is not None and declared.files is not None:
                self._kinds.extend(inspected(declared.files, self.files))
            return super().run()
        except BaseException:
            release(self.files)
            raise

    def check(self) -> None:
        """Refuse nothing at all, and more files than there is room for."""
        super().check()
        if not self.files:
            raise Refused("attachments.none", gettext_lazy("请先选择文件。"), {self.field: _("请先选择文件。")})
        rule = None if self._field is None else self._field.files
        there = (self._row or {})[self.field] or 0
        if rule is not None and there + len(self.files) > rule.number:
            raise Refused(
                "attachments.number", too_many(rule.number, there), {self.field: too_many(rule.number, there)}
            )

    def do(self) -> int:
        """Take them in, and count them."""
        self._made.extend(adopt(self.viewer, self.record_type, self.id, self.field, self._kinds))
        return self._write()

    def log(self, result: int) -> Iterable[Record]:
        """Which files; not their names."""
        yield self._entry(result, self._made)
        yield from self._spent

    @property
    def _code(self) -> str:
        return self.field


@dataclass(frozen=True, kw_only=True)
class _OnOne(_OnFiles):
    """A change of one file that is there."""

    attachment_id: int

    @property
    def _code(self) -> str:
        return "" if self._file is None else self._file.field

    @cached_property
    def _file(self) -> Stored | None:
        return attachments.one(self.record_type, self.id, self.attachment_id)

    def _discard(self) -> list[Attachment]:
        """Let go of it; whoever was quicker has it."""
        gone = discard(self.record_type, (self.id,), only=self.attachment_id)
        if not gone:
            raise Refused("attachments.not_found", gettext_lazy("没有这个文件，或者它已经被移除。"))
        return gone


@dataclass(frozen=True, kw_only=True)
class RemoveFile(_OnOne):
    """Take one file away, for good: nobody can read it any more once this is done."""

    name: ClassVar[str] = "records.remove_file"
    _gone: list[Attachment] = made(default_factory=list, init=False, repr=False)

    def check(self) -> None:
        """Refuse to take the last file from a field that must have one: it can be exchanged."""
        super().check()
        if self._field is not None and self._field.required is True and (self._row or {})[self._code] == 1:
            raise Refused("attachments.last", gettext_lazy("这一项必须有文件，不能移除最后一个。请用“替换”。"))

    def do(self) -> int:
        """Let go of it, and count what is left."""
        self._gone.extend(self._discard())
        return self._write()

    def log(self, result: int) -> Iterable[Record]:
        """Which file; not its name."""
        yield self._entry(result, self._gone)
        yield from self._spent


@dataclass(frozen=True, kw_only=True)
class ReplaceFile(_OnOne):
    """Exchange one file for another."""

    name: ClassVar[str] = "records.replace_file"
    file: Received
    _kinds: list[tuple[Received, FileKind]] = made(default_factory=list, init=False, repr=False)
    _both: list[tuple[list[Attachment], list[Attachment]]] = made(default_factory=list, init=False, repr=False)

    def run(self) -> int:
        """Look at the file first, outside the transaction."""
        try:
            if self.record_type in policies.current().model.record_types and self._field is not None:
                assert self._field.files is not None  # noqa: S101 - only such fields are found
                self._kinds.extend(inspected(self._field.files, (self.file,)))
            return super().run()
        except BaseException:
            release((self.file,))
            raise

    def do(self) -> int:
        """The one goes, the other comes, in one transaction."""
        gone = self._discard()
        new = adopt(self.viewer, self.record_type, self.id, self._code, self._kinds)
        self._both.append((gone, new))
        return self._write()

    def log(self, result: int) -> Iterable[Record]:
        """Both files; not their names."""
        ((gone, new),) = self._both
        yield self._entry(result, new, instead_of=[[each.id, each.checksum] for each in gone])
        yield from self._spent


@dataclass(frozen=True, slots=True)
class Opened:
    """A file to be sent. ``pieces`` opens it piece by piece, so that it is never whole in memory or on the disk."""

    id: int
    name: str
    media_type: str
    size: int
    token: int = made(repr=False)
    key: bytes = made(repr=False)

    def pieces(self) -> Iterator[bytes]:
        """The file. Raises ``Refused`` (``attachments.file_gone``)."""
        return attachments.pieces(self.token, self.key)


@dataclass(frozen=True, kw_only=True)
class ReadFile(ViewerAction[Opened]):
    """Fetch one file of a record, from ``address``. Each time is an entry of the ledger, whatever its class."""

    name: ClassVar[str] = "records.read_file"
    record_type: str
    id: int
    attachment_id: int
    address: str = ""

    def check(self) -> None:
        """Refuse, in one sentence for every reason, a record out of sight, a file that is not there, and a field that
        is not seen in clear.
        """
        known = self._model.record_types.get(self.record_type)
        row = None if known is None else _row_of(self._model, self.record_type, self.id)
        seen = None
        if row is not None and self._file is not None and self._file.field in _fields(known):
            sight = Sight(self.viewer, self.record_type, Exit.ATTACHMENT, (self._file.field,), self._model)
            seen = sight.permissions_on(row).get(self._file.field)
        if seen is not Permission.YES:
            raise Refused("attachments.not_found", gettext_lazy("没有这个文件，或者您无权查看它。"))

    def do(self) -> Opened:
        """Find that it opens."""
        stored = self._file
        assert stored is not None  # noqa: S101 - checked
        name, media = opened_name(stored.token, stored.name), attachments.MEDIA_TYPES[stored.extension]
        opened = Opened(stored.id, name, media, stored.size, stored.token, attachments.key(stored.id))
        next(opened.pieces(), b"")
        return opened

    def log(self, result: Opened) -> Iterable[Record]:
        """Who read which file, from where; not its name."""
        stored = self._file
        assert stored is not None  # noqa: S101 - checked
        declared = self._model.record_types[self.record_type].field(stored.field)
        clause = f"{declared.clause.pack}#{declared.clause.anchor}"
        data = {"field": stored.field, "file": result.id, "checksum": stored.checksum, "address": self.address}
        yield Record(self.name, self.record_type, self.id, clause, data)

    @cached_property
    def _model(self) -> Model:
        return policies.current().model

    @cached_property
    def _file(self) -> Stored | None:
        return attachments.one(self.record_type, self.id, self.attachment_id)


def _row_of(model: Model, record_type: str, record_id: int) -> dict[str, Any] | None:
    """The stored row, locked until the end of the transaction where the database locks rows."""
    return stored_rows(model, record_type, [record_id]).get(record_id) if 0 < record_id <= LARGEST_ID else None


def _fields(declared: RecordType | None) -> frozenset[str]:
    return frozenset() if declared is None else frozenset(each.code for each in declared.fields if each.files)
