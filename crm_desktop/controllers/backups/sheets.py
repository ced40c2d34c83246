"""Everything an office has, as tables: the records as its lists show them, and what stands behind them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.base import EntityReader
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.records import record_table
from crm_desktop.controllers.rights import AREAS, VERBS
from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES, RECORDS, Query
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.models.moments import local_text
from crm_desktop.reports import Column, Table

LONGEST_SHEET = 1_000_000
"""Records on one sheet; workbooks end at 1,048,576 rows."""
Convert = Callable[[Any], Any]
TITLES = " ".join(
    f"WHEN '{each.key}' THEN (SELECT {quote(each.title)} FROM {quote(each.table)} r WHERE r.id = t.record)"
    for each in RECORDS
)
TITLE = f"CASE t.entity {TITLES} END"
ROLES = """SELECT r.name, p.area, p.verb FROM permissions p JOIN roles r ON r.id = p.role
 WHERE r.deleted_at IS NULL ORDER BY r.id, p.area, p.verb"""
GRANTS = """SELECT o.full_name, p.area, p.verb FROM operator_permissions p JOIN operators o ON o.id = p.operator
 WHERE o.deleted_at IS NULL ORDER BY o.id, p.area, p.verb"""
ITEMS = """SELECT kind, name, position, is_active, attributes FROM dictionary_items WHERE deleted_at IS NULL
 ORDER BY kind, position"""
OWN_REGIONS = """SELECT r.code, p.full_name, r.name, r.area_code, r.postcode, r.is_active FROM regions r
 LEFT JOIN regions p ON p.code = r.parent WHERE r.is_own = 1 OR r.edited <> '[]' ORDER BY r.code"""
STEPS = f"""SELECT t.entity, {TITLE}, t.from_state, t.to_state, o.full_name, t.at, t.remark FROM transitions t
 JOIN operators o ON o.id = t.operator ORDER BY t.id"""
FILES = f"""SELECT t.entity, {TITLE}, t.name, t.size, t.created_at, t.sha256 FROM attachments t
 WHERE t.deleted_at IS NULL ORDER BY t.id"""
OPERATIONS = """SELECT o.id, o.at, p.full_name, o.computer, o.kind, o.sentence FROM operations o
 LEFT JOIN operators p ON p.id = o.operator ORDER BY o.id"""
CHANGES = "SELECT operation, entity, record, kind, old, new FROM audit ORDER BY id"


def area(key: str) -> str:
    return AREAS.get(key, key)


def yes_or_no(value: int) -> str:
    return "是" if value else "否"


def kind_of_item(key: str) -> str:
    return DICTIONARIES[key].label if key in DICTIONARIES else key


def verb(key: str) -> str:
    return VERBS.get(key, key)


def entity(key: str) -> str:
    return ENTITIES[key].label if key in ENTITIES else key


@dataclass(frozen=True)
class Sheet:
    """One table that is no list of records: its statement, and for each column a label, a kind and the words."""

    title: str
    sql: str
    columns: tuple[tuple[str, str, Convert | None], ...]


WHO_MAY = (("模块", "text", area), ("权限", "text", verb))
SHEETS = (
    Sheet("角色权限", ROLES, (("角色", "text", None), *WHO_MAY)),
    Sheet("操作员另有的权限", GRANTS, (("姓名", "text", None), *WHO_MAY)),
    Sheet("基础字典", ITEMS, (
        ("字典", "text", kind_of_item), ("名称", "text", None), ("位置", "integer", None), ("在用", "text", yes_or_no),
        ("其他", "text", None),
    )),
    Sheet("自定义区域", OWN_REGIONS, (
        ("代码", "text", None), ("上级", "text", None), ("名称", "text", None), ("区号", "text", None),
        ("邮编", "text", None), ("在用", "text", yes_or_no),
    )),
    Sheet("处理过程", STEPS, (
        ("类别", "text", entity), ("记录", "text", None), ("原状态", "text", None), ("新状态", "text", None),
        ("操作员", "text", None), ("时间", "datetime", local_text), ("说明", "text", None),
    )),
    Sheet("附件", FILES, (
        ("类别", "text", entity), ("记录", "text", None), ("文件名", "text", None), ("字节", "integer", None),
        ("添加时间", "datetime", local_text), ("SHA-256", "text", None),
    )),
)  # fmt: skip
LOG = (
    Sheet("系统日志", OPERATIONS, (
        ("编号", "integer", None), ("时间", "datetime", local_text), ("操作员", "text", None), ("电脑", "text", None),
        ("种类", "text", None), ("内容", "text", None),
    )),
    Sheet("修改记录", CHANGES, (
        ("日志编号", "integer", None), ("类别", "text", entity), ("记录", "integer", None), ("种类", "text", None),
        ("原值", "text", None), ("新值", "text", None),
    )),
)  # fmt: skip


class Stored:
    """The rows of a statement, read each time they are gone through, one after another."""

    def __init__(self, database: Connections, sheet: Sheet) -> None:
        self._database = database
        self._sheet = sheet

    def __iter__(self) -> Iterator[list[Any]]:
        words = [convert for _, _, convert in self._sheet.columns]
        for row in self._database.execute(self._sheet.sql):
            yield [
                value if convert is None or value is None else convert(value)
                for convert, value in zip(words, row, strict=True)
            ]


def everything(context: Context, readers: Sequence[EntityReader]) -> list[Table]:
    """The tables of the whole office; the log among them for who may take it out."""
    sheets = SHEETS + LOG if context.may("audit", "export") else SHEETS
    stored = [
        Table(each.title, [Column(label, kind=kind) for label, kind, _ in each.columns], Stored(context.db, each))
        for each in sheets
    ]
    return [table for reader in readers for table in _of_records(reader)] + stored


def _of_records(reader: EntityReader) -> list[Table]:
    """All fields of all records, on as many sheets as they need."""
    declared, ids = reader.entity, reader.ids(Query())
    names = list(declared.by_name)
    parts = range(0, max(1, len(ids)), LONGEST_SHEET)
    return [
        record_table(
            reader,
            f"{declared.words}{number if number > 1 else ''}",
            Query(),
            names,
            ids[start : start + LONGEST_SHEET],
        )
        for number, start in enumerate(parts, 1)
    ]
