"""Says in words what an audit row tells: which record, which field, from what to what."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from crm_desktop.controllers import masking
from crm_desktop.controllers.backups.plan import LABELS as PLAN_LABELS
from crm_desktop.controllers.context import Context
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES
from crm_desktop.models.dictionaries import DICTIONARIES
from crm_desktop.models.fields import Field
from crm_desktop.models.log import INTO, KINDS
from crm_desktop.settings import OPTIONS

OTHERS = {
    "dictionary_items": ("字典项目", "dictionaries", "SELECT id, name FROM dictionary_items"),
    "regions": ("区域", "regions", "SELECT id, name FROM (SELECT CASE WHEN code LIKE 'X%' THEN -CAST(substr(code, 2)"
                " AS INTEGER) ELSE CAST(code AS INTEGER) END AS id, full_name AS name FROM regions)"),
    "attachments": ("附件", "", "SELECT id, name FROM attachments"),
    "settings": ("系统设置", "settings", ""),
    "not_duplicates.customers": ("客户“不是重复”的标记", "customers", ""),
    "not_duplicates.contacts": ("联系人“不是重复”的标记", "contacts", ""),
    "mail_jobs": ("群发邮件", "mail", "SELECT id, subject AS name FROM mail_jobs"),
    "mail_messages": ("邮件的收件人", "mail", "SELECT id, name FROM mail_messages"),
    "mail_attachments": ("邮件的附件", "mail", "SELECT id, name FROM mail_attachments"),
}  # fmt: skip
"""What is logged and no declared entity: its word, its area, how a record's name is found."""

LABELS = {
    "name": "名称", "position": "位置", "is_active": "在用", "area_code": "区号", "postcode": "邮编", "rights": "权限",
    "customer": "客户", "contact": "联系人", "one": "记录", "other": "另一条记录", "at": "标记时间", INTO: "合并到",
    **PLAN_LABELS,
    **{each.key: each.label for kind in DICTIONARIES.values() for each in kind.attributes},
}  # fmt: skip
"""Fields of those."""
ATTRIBUTES = "attributes"

Change = tuple[str, str, str]
"""A field's label, what it was and what it became, in words."""


class Teller:
    """Answers for the length of one call: names are read once for all rows of an entity."""

    def __init__(self, context: Context) -> None:
        self._context = context

    def names(self, entity: str, records: Iterable[int]) -> Mapping[int, str]:
        """What records are called now, deleted ones included; those removed for ever are not in it."""
        if entity in ENTITIES:
            declared = ENTITIES[entity]
            source = f"SELECT id, {quote(declared.title)} AS name FROM {quote(declared.table)}"
        else:
            source = OTHERS[entity][2] if entity in OTHERS else ""
        if not source:
            return {}
        sql = f"{source} WHERE id IN (SELECT value FROM json_each(?))"
        rows = self._context.db.query(sql, (json.dumps(sorted(set(records))),))
        return {row["id"]: row["name"] for row in rows}

    def told(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """An audit row with ``kind_text`` and, instead of old and new, its ``changes``."""
        told = dict(row)
        old, new = json.loads(told.pop("old") or "{}"), json.loads(told.pop("new") or "{}")
        old, new = with_attributes(old), with_attributes(new)
        changes = [
            self._change(row["entity"], name, old.get(name), new.get(name))
            for name in {**old, **new}
            if old.get(name) != new.get(name)
        ]
        return {**told, "changes": changes, "kind_text": KINDS[row["kind"]]}

    def _change(self, entity: str, name: str, old: Any, new: Any) -> Change:
        """What is no declared field keeps the name it has."""
        field = ENTITIES[entity].by_name.get(name) if entity in ENTITIES else None
        if name == INTO:
            return LABELS[name], "", self.names(entity, [new]).get(new) or f"第 {new} 号"
        if field is None:
            label = OPTIONS[name].label if entity == "settings" and name in OPTIONS else LABELS.get(name, name)
            return label, plain(old), plain(new)
        return field.label, self._words(field, old), self._words(field, new)

    def _words(self, field: Field, value: Any) -> str:
        return masking.told(self._context, field, value)


def with_attributes(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of a dictionary item with each of its attributes by itself."""
    attributes: dict[str, Any] = json.loads(values.get(ATTRIBUTES) or "{}")
    return {name: value for name, value in values.items() if name != ATTRIBUTES} | attributes


def label_of(entity: str) -> str:
    """What a record of this entity is called in the log."""
    if entity in ENTITIES:
        return ENTITIES[entity].label
    return OTHERS[entity][0] if entity in OTHERS else entity


def plain(value: Any) -> str:
    """A value without a declaration, as well as can be."""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, list):
        return "、".join(map(plain, value))
    return "" if value is None else str(value)
