"""附件: files kept with a record inside the office's one database, so that every backup has them."""

import hashlib
import json
import stat
import weakref
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir

from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.errors import FieldError, NotFound
from crm_desktop.models.attachment import KINDS, check_name, check_size, ending, free_name, shortened
from crm_desktop.models.moments import local_text
from crm_desktop.models.text import size_text
from crm_desktop.reports.document import replacing

OnProgress = Callable[[int, int], object]
Records = list[Record]
KEY = "attachments"
PIECE = 1 << 20
"""Bytes read between two reports of progress."""
COPIES = "crm-attachments-"
KEPT = timedelta(days=1)
LONGEST_COPY = 40
"""Characters of a copy's name: some systems take 255 bytes, and a Chinese character is three."""

NO_SUCH = "没有找到这个附件，可能已被删除。"

LISTED = """SELECT a.id, a.name, a.size, a.created_at, COALESCE(o.full_name, '') AS created_by_text
 FROM attachments a LEFT JOIN operators o ON o.id = a.created_by
 WHERE a.entity = ? AND a.record = ? AND a.deleted_at IS NULL ORDER BY a.id"""
COUNT = "SELECT count(*) FROM attachments WHERE entity = ? AND record = ? AND deleted_at IS NULL"
SAME = "SELECT name FROM attachments WHERE entity = ? AND record = ? AND sha256 = ? AND deleted_at IS NULL"
INSERT = """INSERT INTO attachments (entity, record, name, size, sha256, created_at, created_by, content)
 VALUES (?, ?, ?, ?, ?, ?, ?, ?)"""
PLACES = """SELECT id, entity, record, name, sha256, deleted_at IS NOT NULL AS is_deleted FROM attachments
 WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id"""
CONTENT = "SELECT content FROM attachments WHERE id = ?"
RENAME = "UPDATE attachments SET name = ? WHERE id = ?"
DELETE = "UPDATE attachments SET deleted_at = ?, deleted_in = ? WHERE id IN (SELECT value FROM json_each(?))"
RESTORE = "UPDATE attachments SET deleted_at = NULL, deleted_in = NULL, name = ? WHERE id = ?"


class Attachments(Controller):
    """Each call names a record or an attachment of one, and needs the right to view or update that record."""

    area = "customers"

    def __init__(self, context: Context, records: Mapping[str, EntityController]) -> None:
        super().__init__(context)
        self._records = records
        self._copies: TemporaryDirectory[str] | None = None

    # -- reading ---------------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def list(self, entity: str, record: int) -> Records:
        """A record's attachments, oldest first, without their content: id, name, size in bytes, who and when."""
        self._demand(entity, "view")
        self._owner(entity, record)
        return [self._told(dict(row)) for row in self._db.query(LISTED, (entity, record))]

    @requires(ANYONE)
    def count(self, entity: str, record: int) -> int:
        """How many there are."""
        self._demand(entity, "view")
        self._owner(entity, record)
        return int(self._db.value(COUNT, (entity, record)))

    @requires(ANYONE)
    def save_to(self, attachment: int, path: Path | str) -> None:
        """Write a copy where the operator wants it, completely or not at all; the ending must stay."""
        row, path = self._one(attachment, "view"), Path(path)
        if ending(path.name) != ending(row["name"]):
            raise FieldError(f"请保留文件名的结尾“{ending(row['name'])}”。")
        with replacing(path) as temporary:
            temporary.write_bytes(self._content(attachment))
        with self._context.operation("export", f"另存附件：{self._owner(row['entity'], row['record'])}，{path.name}"):
            pass

    @requires(ANYONE)
    def open_copy(self, attachment: int) -> Path:
        """A read-only copy for the system's opener, of a kind that is safe to open; gone when the session ends."""
        row = self._one(attachment, "view")
        name = shortened(check_name(row["name"]), LONGEST_COPY)
        path = self._folder() / f"{attachment}-{name}"
        if not path.exists():
            with replacing(path) as temporary:
                temporary.write_bytes(self._content(attachment))
            path.chmod(stat.S_IREAD)
        return path

    # -- writing ---------------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def add(self, entity: str, record: int, path: Path | str, on_progress: OnProgress | None = None) -> int:
        """Keep a file with a record and return the attachment's id.

        FieldError says in one sentence why a file is not taken; one that the record has already is not stored twice.
        """
        self._demand(entity, "update")
        self._owner(entity, record)
        path = Path(path)
        content = read_file(path, on_progress)
        digest = hashlib.sha256(content).hexdigest()
        with self._db.atomic():
            owner = self._owner(entity, record)
            self._refuse_same(entity, record, digest, path.name)
            name = free_name(check_name(path.name), self._names(entity, record))
            with self._context.operation("create", f"添加附件：{owner}，{name}") as operation:
                stamp = (self._context.clock.timestamp(), self._context.operator.id)
                values = (entity, record, name, len(content), digest, *stamp, content)
                added = int(self._db.execute(INSERT, values).lastrowid or 0)
                self._log(operation, "create", entity, record, [added])
        return added

    @requires(ANYONE)
    def rename(self, attachment: int, name: str) -> None:
        """Give it another name; the ending stays, typed or not."""
        with self._db.atomic():
            row = self._one(attachment, "update")
            kept = ending(row["name"])
            new = name.strip() if ending(name) == kept else name.strip() + kept
            if new == kept:
                raise FieldError("请填写附件的名称。")
            new = check_name(new)
            if new == row["name"]:
                return
            if new in self._names(row["entity"], row["record"]):
                raise FieldError(f"已经有叫“{new}”的附件。")
            with self._context.operation("update", f"附件改名：{row['name']} → {new}") as operation:
                self._db.execute(RENAME, (new, attachment))
                self._context.audit_change(operation, KEY, attachment, {"name": row["name"]}, {"name": new})
                self._context.changed(row["entity"], [row["record"]])

    @requires(ANYONE)
    def delete(self, attachments: Sequence[int]) -> int:
        """Move attachments to the recycle bin; returns the operation."""
        with self._db.atomic():
            rows = self._places(attachments, "update", is_deleted=False)
            names = "、".join(row["name"] for row in rows)
            with self._context.operation("delete", f"删除附件：{names}") as operation:
                ids = json.dumps([row["id"] for row in rows])
                self._db.execute(DELETE, (self._context.clock.timestamp(), operation, ids))
                self._log_all(operation, "delete", rows)
        return operation

    @requires(ANYONE)
    def restore(self, attachments: Sequence[int]) -> None:
        """Bring deleted ones back; refused when the same file has been added again meanwhile."""
        with self._db.atomic():
            rows = self._places(attachments, "update", is_deleted=True)
            names = "、".join(row["name"] for row in rows)
            with self._context.operation("restore", f"恢复附件：{names}") as operation:
                for row in rows:
                    place = row["entity"], row["record"]
                    self._refuse_same(*place, row["sha256"], row["name"])
                    self._db.execute(RESTORE, (free_name(row["name"], self._names(*place)), row["id"]))
                self._log_all(operation, "restore", rows)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _demand(self, entity: str, verb: str) -> None:
        if entity not in self._records or not self._records[entity].entity.has_attachments:
            raise NotFound("这种记录不能带附件。")
        self.demand(entity, verb)

    def _owner(self, entity: str, record: int) -> str:
        """What the record is called; NotFound when it is deleted or not this operator's."""
        declared = self._records[entity].entity
        rows = self._records[entity].rows([record], (declared.title,))
        if not rows:
            raise NotFound()
        return f"{declared.label} {rows[0][declared.title]}"

    def _places(self, attachments: Sequence[int], verb: str, is_deleted: bool) -> Records:
        """What is known of attachments whose records the operator may see and has the right for."""
        wanted = list(dict.fromkeys(attachments))
        rows = [dict(row) for row in self._db.query(PLACES, (json.dumps(wanted),)) if row["is_deleted"] == is_deleted]
        if len(rows) != len(wanted):
            raise NotFound(NO_SUCH)
        for entity, record in {(row["entity"], row["record"]) for row in rows}:
            self._demand(entity, verb)
            if not self._records[entity].rows([record], ()):
                raise NotFound(NO_SUCH)  # in the same words: whether there is one is not told
        return rows

    def _one(self, attachment: int, verb: str) -> Record:
        return self._places([attachment], verb, is_deleted=False)[0]

    def _content(self, attachment: int) -> bytes:
        return bytes(self._db.value(CONTENT, (attachment,)))

    def _names(self, entity: str, record: int) -> set[str]:
        return {row["name"] for row in self._db.query(LISTED, (entity, record))}

    def _refuse_same(self, entity: str, record: int, digest: str, name: str) -> None:
        same = self._db.value(SAME, (entity, record, digest))
        if same is not None:
            raise FieldError(f"“{name}”与已有的附件“{same}”内容相同，没有再存一份。")

    def _log_all(self, operation: int, kind: str, rows: Sequence[Record]) -> None:
        for row in rows:
            self._log(operation, kind, row["entity"], row["record"], [row["id"]])

    def _log(self, operation: int, kind: str, entity: str, record: int, attachments: Sequence[int]) -> None:
        self._context.audit_many(operation, KEY, kind, attachments)
        self._context.changed(entity, [record])

    def _told(self, row: Record) -> Record:
        return {
            **row,
            "kind": KINDS.get(ending(row["name"]), ""),
            "size_text": size_text(row["size"]),
            "created_at_text": local_text(row["created_at"]),
        }

    def _folder(self) -> Path:
        """This session's own folder, which nobody else may look into and which goes with the session."""
        if self._copies is None:
            self._sweep()
            self._copies = TemporaryDirectory(prefix=COPIES, ignore_cleanup_errors=True)
            weakref.finalize(self, self._copies.cleanup)
        return Path(self._copies.name)

    def _sweep(self) -> None:
        """Remove what a session that broke down has left."""
        for folder in Path(gettempdir()).glob(f"{COPIES}*"):
            with suppress(OSError):
                age = self._context.clock.now().timestamp() - folder.stat().st_mtime
                if age > KEPT.total_seconds():
                    for file in folder.iterdir():
                        file.chmod(stat.S_IWRITE)
                        file.unlink()
                    folder.rmdir()


def read_file(path: Path, on_progress: OnProgress | None = None) -> bytes:
    """The whole file; its name and size are looked at before anything is read."""
    try:
        if path.is_dir():
            raise FieldError(f"“{path.name}”是文件夹，请选择文件。")
        if not path.exists():
            raise FieldError(f"找不到文件“{path}”，可能已被移动或删除。")
        if not path.is_file():
            raise FieldError(f"“{path.name}”不是普通文件，不能作为附件。")
        check_name(path.name)
        size = path.stat().st_size
        check_size(path.name, size)
        return _read(path, size, on_progress)
    except OSError as error:
        raise FieldError(f"无法读取“{path.name}”：没有读取权限，或磁盘、U盘出错。") from error


def _read(path: Path, size: int, on_progress: OnProgress | None) -> bytes:
    pieces, done = [], 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            pieces.append(piece)
            done += len(piece)
            check_size(path.name, done)  # it may be growing
            if on_progress:
                on_progress(done, max(size, done))
    check_size(path.name, done)
    return b"".join(pieces)
