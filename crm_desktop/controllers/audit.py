"""系统日志: who did what, when; a record's own history."""

import json
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.masking import told
from crm_desktop.controllers.rights import requires
from crm_desktop.models import ENTITIES
from crm_desktop.models.moments import local_text

OPERATIONS = """SELECT o.id, o.at, o.kind, o.sentence, o.computer, COALESCE(p.full_name, '') AS operator
 FROM operations o LEFT JOIN operators p ON p.id = o.operator WHERE o.id < ? ORDER BY o.id DESC LIMIT ?"""
HISTORY = """SELECT o.at, COALESCE(p.full_name, '') AS operator, a.kind, a.old, a.new
 FROM audit a JOIN operations o ON o.id = a.operation LEFT JOIN operators p ON p.id = o.operator
 WHERE a.entity = ? AND a.record = ? ORDER BY a.id"""
NEWEST = 2**62
LABELS = {
    "name": "名称", "position": "位置", "is_active": "在用", "attributes": "属性",
    "area_code": "区号", "postcode": "邮编",
}  # fmt: skip
"""Fields of dictionary items and regions."""


class Audit(Controller):
    area = "audit"

    @requires("view")
    def operations(self, before: int = NEWEST, limit: int = 200) -> list[dict[str, Any]]:
        """The log, newest first; pass the last row's id as ``before`` for the next page."""
        return [{**dict(row), "at_text": local_text(row["at"])} for row in self._db.query(OPERATIONS, (before, limit))]

    @requires("view")
    def history(self, entity: str, record: int) -> list[dict[str, Any]]:
        """What happened to one record, oldest first, with changes as (label, old, new)."""
        return [self._told(entity, dict(row)) for row in self._db.query(HISTORY, (entity, record))]

    def _told(self, entity: str, row: dict[str, Any]) -> dict[str, Any]:
        old, new = json.loads(row.pop("old") or "{}"), json.loads(row.pop("new") or "{}")
        row["changes"] = [self._change(entity, name, old.get(name), new[name]) for name in new]
        return row

    def _change(self, entity: str, name: str, old: Any, new: Any) -> tuple[str, str, str]:
        """A field's label and its two values in words; what is no declared entity keeps the names it has."""
        field = ENTITIES[entity].by_name.get(name) if entity in ENTITIES else None
        if field is None:
            return LABELS.get(name, name), plain(old), plain(new)
        return field.label, told(self._context, field, old), told(self._context, field, new)


def plain(value: Any) -> str:
    return "" if value is None else str(value)
