"""系统日志: its list, an operation in detail, a record's own history, the chain followed, everything exported."""

from array import array
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.controllers import chain
from crm_desktop.controllers.audit.finding import NEWEST, Found
from crm_desktop.controllers.audit.telling import OTHERS, Teller, label_of
from crm_desktop.controllers.base import Controller, Record
from crm_desktop.controllers.listings import around
from crm_desktop.controllers.records import batches, save_table
from crm_desktop.controllers.rights import requires
from crm_desktop.db.statements import ALWAYS, quote
from crm_desktop.errors import NotFound, ReportError
from crm_desktop.models import ENTITIES
from crm_desktop.models.log import KINDS, LogFilter
from crm_desktop.models.moments import local_text
from crm_desktop.reports import Column, Table

OPERATIONS = """SELECT o.id, o.at, o.kind, o.sentence, o.computer, o.purged_in IS NOT NULL AS is_purged,
  COALESCE(p.full_name, '') AS operator
 FROM operations o LEFT JOIN operators p ON p.id = o.operator
 WHERE o.id IN (SELECT value FROM json_each(?)) ORDER BY o.id DESC"""
CHANGES = "SELECT id, entity, record, kind, old, new FROM audit WHERE operation = ? ORDER BY id LIMIT ?"
CHANGE_COUNT = "SELECT count(*) FROM audit WHERE operation = ?"
HISTORY = """SELECT o.at, COALESCE(p.full_name, '') AS operator, o.kind AS operation_kind, o.sentence,
  a.entity, a.record, a.kind, a.old, a.new
 FROM audit a JOIN operations o ON o.id = a.operation LEFT JOIN operators p ON p.id = o.operator
 WHERE (a.entity = :entity AND a.record = :record) OR (a.entity = 'attachments' AND a.record IN
  (SELECT f.id FROM attachments f WHERE f.entity = :entity AND f.record = :record))
 ORDER BY a.id"""
PEOPLE = """SELECT p.id, p.full_name FROM operators p
 WHERE EXISTS (SELECT 1 FROM operations o WHERE o.operator = p.id) ORDER BY p.full_name"""
OPERATION_COUNT = "SELECT count(*) FROM operations"
PURGED = "（内容已清理）"
EVERYTHING = LogFilter()
MOST_CHANGES = 500
MOST_EXPORTED_CHANGES = 20
MOST_BREAKS = 100
STEP = 500
COLUMNS = ("编号", "时间", "操作员", "计算机", "类别", "内容", "变动")
OnProgress = Callable[[int, int], object]
Cancelled = Callable[[], bool]


class Audit(Controller):
    area = "audit"

    @requires("view")
    def operations(
        self, before: int = NEWEST, limit: int = 200, asked: LogFilter = EVERYTHING, reach: int = 0
    ) -> list[Record]:
        """The log, newest first; pass the last row's id as ``before`` for the next page.

        With ``reach`` only so many of the newest operations are looked at: a first answer that cannot take long.
        """
        return self._rows(Found(self._db, asked).page(before, limit, reach))

    @requires("view")
    def ids(self, asked: LogFilter = EVERYTHING) -> "array[int]":
        """Of all that is asked for, newest first."""
        return Found(self._db, asked).ids()

    @requires("view")
    def rows(self, ids: Sequence[int]) -> list[Record]:
        """These operations, newest first."""
        return self._rows(ids)

    @requires("view")
    def count(self, asked: LogFilter = EVERYTHING) -> int:
        return Found(self._db, asked).count()

    @requires("view")
    def people(self) -> list[Record]:
        """Who stands in the log, those who left included: id, full_name."""
        return [dict(row) for row in self._db.query(PEOPLE)]

    @requires("view")
    def details(self, operation: int, most: int = MOST_CHANGES) -> list[Record]:
        """What an operation changed: each record's entity, id, label, name, kind and changes as (field, old, new).

        At most so many records are told; ``change_count`` says how many there are.
        """
        return self._details(operation, most)

    @requires("view")
    def change_count(self, operation: int) -> int:
        return int(self._db.value(CHANGE_COUNT, (operation,)))

    @requires("view")
    def history(self, entity: str, record: int) -> list[Record]:
        """What happened to one record and its attachments, oldest first, with changes as (label, old, new).

        For who may see the record and the log; of a record removed for ever, for who may see all records.
        """
        self._demand_sight(entity, record)
        teller = Teller(self._context)
        rows = self._db.query(HISTORY, {"entity": entity, "record": record})
        return [{**teller.told(dict(row)), "at_text": local_text(row["at"])} for row in rows]

    @requires("view")
    def verify(self, on_progress: OnProgress | None = None, cancelled: Cancelled | None = None) -> list[str]:
        """Follow the chain of the log; what is not as it was written, in words, nothing when the log is whole."""
        total = int(self._db.value(OPERATION_COUNT))
        done = 0

        def step() -> None:
            nonlocal done
            done += 1
            if done % STEP == 0:
                if cancelled and cancelled():
                    raise ReportError("已取消，没有核对完。")
                if on_progress:
                    on_progress(done, total)

        found = list[str]()
        for each in chain.breaks(self._db, step):
            if len(found) == MOST_BREAKS:
                found.append("还有更多，没有一一列出。")
                break
            found.append(self._told_break(each))
        return found

    @requires("export")
    def export(
        self,
        path: Path | str,
        asked: LogFilter = EVERYTHING,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> int:
        """Write what is asked for to ``.xlsx`` or ``.csv``; returns how many operations. Looking is needed, too."""
        self.demand(self.area, "view")
        path, ids = Path(path), Found(self._db, asked).ids()
        table = Table("系统日志", [Column(label) for label in COLUMNS], _Lines(ids, self._lines))
        save_table(table, path, on_progress, cancelled, **around(self._context))
        with self._context.operation("export", f"导出系统日志 {len(ids)} 条：{path.name}"):
            pass
        return len(ids)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _rows(self, ids: Sequence[int]) -> list[Record]:
        listed = "[" + ",".join(map(str, ids)) + "]"
        return [
            {
                **dict(row),
                "at_text": local_text(row["at"]),
                "kind_text": KINDS.get(row["kind"], row["kind"]),
                "sentence": PURGED if row["is_purged"] else row["sentence"],
            }
            for row in self._db.query(OPERATIONS, (listed,))
        ]

    def _details(self, operation: int, most: int) -> list[Record]:
        teller = Teller(self._context)
        rows = [teller.told(dict(row)) for row in self._db.query(CHANGES, (operation, most))]
        entities = {row["entity"] for row in rows}
        named = {
            each: teller.names(each, (row["record"] for row in rows if row["entity"] == each)) for each in entities
        }
        for row in rows:
            row["label"] = label_of(row["entity"])
            row["name"] = named[row["entity"]].get(row["record"]) or (f"第 {row['record']} 号" if row["record"] else "")
        return rows

    def _lines(self, ids: Sequence[int]) -> Iterator[list[Any]]:
        for row in self._rows(ids):
            changes = "\n".join(map(line_of, self._details(row["id"], MOST_EXPORTED_CHANGES)))
            more = self._db.value(CHANGE_COUNT, (row["id"],)) - MOST_EXPORTED_CHANGES
            changes += f"\n另有 {more} 条记录" if more > 0 else ""
            told = (row["at_text"], row["operator"], row["computer"], row["kind_text"], row["sentence"])
            yield [str(row["id"]), *told, changes]

    def _demand_sight(self, entity: str, record: int) -> None:
        if entity not in ENTITIES:
            area = OTHERS[entity][1] if entity in OTHERS else ""
            self.demand(area or self.area, "view")
            return
        self.demand(entity, "view")
        declared = ENTITIES[entity]
        scope = self._context.scope(declared)
        sql = f"SELECT 1 FROM {quote(declared.source)} t WHERE t.id = ? AND ({scope.sql})"
        if scope != ALWAYS and self._db.one(sql, (record, *scope.parameters)) is None:
            raise NotFound()

    def _told_break(self, each: chain.Break) -> str:
        found = self._rows([each.operation])
        about = f"（{found[0]['at_text']} {found[0]['operator']} {found[0]['sentence']}）" if found else ""
        return f"第 {each.operation} 号操作{about}：{each.problem}。"


class _Lines:
    """Rows of the exported log, read in batches while they are written."""

    def __init__(self, ids: Sequence[int], read: Callable[[Sequence[int]], Iterator[list[Any]]]) -> None:
        self._ids = ids
        self._read = read

    def __len__(self) -> int:
        return len(self._ids)

    def __iter__(self) -> Iterator[list[Any]]:
        for batch in batches(self._ids):
            yield from self._read(batch)


def line_of(row: Record) -> str:
    """修改客户“宏达”：级别 一般 → 重要；…"""
    changes = "；".join(f"{label} {old or '空'} → {new or '空'}" for label, old, new in row["changes"])
    return f"{row['kind_text']}{row['label']}“{row['name']}”" + (f"：{changes}" if changes else "")
