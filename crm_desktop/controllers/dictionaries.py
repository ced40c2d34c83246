"""Dictionaries: ordered lists the office edits; an item in use is deactivated or merged, never deleted."""

import json
import re
from collections.abc import Mapping
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.db import pinyin
from crm_desktop.db.statements import quote
from crm_desktop.errors import FieldError, InUse, NotFound, Taken, ValidationError
from crm_desktop.models import ENTITIES, checks
from crm_desktop.models.dictionaries import DICTIONARIES, Attribute
from crm_desktop.models.fields import Choice
from crm_desktop.models.log import INTO
from crm_desktop.models.query import Values
from crm_desktop.models.text import clean_line

Item = dict[str, Any]
LONGEST_NAME = 40
LETTER = re.compile(r"[A-Za-z]")
ITEMS = "SELECT * FROM dictionary_items WHERE kind = ? AND deleted_at IS NULL ORDER BY position, id"
ONE = "SELECT * FROM dictionary_items WHERE id = ? AND deleted_at IS NULL"
DELETED = "SELECT * FROM dictionary_items WHERE id = ? AND deleted_at IS NOT NULL"
RESTORE = "UPDATE dictionary_items SET deleted_at = NULL, deleted_in = NULL, name = ? WHERE id = ?"
INSERT = """INSERT INTO dictionary_items
 (kind, name, position, attributes, created_at, created_by, updated_at, updated_by)
 VALUES (?, ?, (SELECT COALESCE(max(position), 0) + 1 FROM dictionary_items WHERE kind = ?), ?, ?, ?, ?, ?)"""


class Dictionaries(Controller):
    area = "dictionaries"

    @requires(ANYONE)
    def items(self, kind: str, active_only: bool = False) -> list[Item]:
        """A kind's items in order: id, name, initials, position, is_active, is_system, key, version, attributes."""
        self._kind(kind)
        rows = [self._as_item(row) for row in self._db.query(ITEMS, (kind,))]
        return [item for item in rows if item["is_active"]] if active_only else rows

    @requires("create")
    def add(self, kind: str, values: Values) -> int:
        """A new item at the end of its list; returns its id."""
        operator, now = self._context.operator.id, self._context.clock.timestamp()
        with self._context.operation("create", f"新增{self._kind(kind)}：{values.get('name', '')}") as operation:
            name, attributes = self._accept(kind, values, None)
            cursor = self._db.execute(
                INSERT, (kind, name, kind, json.dumps(attributes, ensure_ascii=False), now, operator, now, operator)
            )
            item = int(cursor.lastrowid or 0)
            self._context.audit_many(operation, "dictionary_items", "create", [item])
            self._context.changed("dictionary_items", [item])
        return item

    @requires("update")
    def update(self, item: int, values: Values) -> None:
        """Rename an item or change its attributes; every record shows the new name."""
        with self._db.atomic():
            stored = self._get(item)
            name, attributes = self._accept(stored["kind"], {**stored, **values}, item)
            self._write(stored, {"name": name, "attributes": json.dumps(attributes, ensure_ascii=False)}, "修改")

    @requires("update")
    def set_active(self, item: int, is_active: bool) -> None:
        """Deactivated items stay in old records and charts but are no longer offered."""
        stored = self._get(item)
        if stored["is_system"] and not is_active:
            raise InUse(f"“{stored['name']}”是系统项目，可以改名，不能停用。", [])
        self._write(stored, {"is_active": int(is_active)}, "启用" if is_active else "停用")

    @requires("update")
    def move(self, item: int, position: int) -> None:
        """Put an item at a place of its list, counted from 1; the others make room."""
        stored = self._get(item)
        with self._context.operation("update", f"调整{self._kind(stored['kind'])}的顺序") as operation:
            order = [row["id"] for row in self._db.query(ITEMS, (stored["kind"],)) if row["id"] != item]
            order.insert(max(position - 1, 0), item)
            self._db.executemany(
                "UPDATE dictionary_items SET position = ? WHERE id = ?",
                [(place, each) for place, each in enumerate(order, 1)],
            )
            places = {"position": stored["position"]}, {"position": order.index(item) + 1}
            self._context.audit_change(operation, "dictionary_items", item, *places)
            self._context.changed("dictionary_items", order)

    @requires("delete")
    def delete(self, item: int) -> None:
        """Remove an item nobody uses; InUse says where it is used."""
        with self._db.atomic():
            stored = self._get(item)
            if stored["is_system"]:
                raise InUse(f"“{stored['name']}”是系统项目，可以改名，不能删除。", [])
            uses = self._uses(stored)
            if uses:
                places = "、".join(f"{where} {number} 条" for where, number in uses)
                raise InUse(f"“{stored['name']}”正在使用（{places}），不能删除；可以停用，或合并到另一项。", uses)
            self._remove(stored, f"删除{self._kind(stored['kind'])}：{stored['name']}")

    @requires("delete")
    def merge(self, item: int, into: int) -> int:
        """Give all records of one item to another of its kind and delete it; returns how many records changed."""
        stored, target = self._get(item), self._get(into)
        if stored["kind"] != target["kind"] or item == into:
            raise ValidationError({"into": "请选择同一字典里的另一项。"})
        if stored["is_system"]:
            raise InUse(f"“{stored['name']}”是系统项目，不能合并到别的项目。", [])
        changed = 0
        sentence = f"{self._kind(stored['kind'])}：“{stored['name']}”合并到“{target['name']}”"
        with self._context.operation("merge", sentence) as operation:
            stamp = (self._context.clock.timestamp(), self._context.operator.id)
            for table, field in self._places(stored["kind"]):
                rows = self._db.query(
                    f"UPDATE {quote(table)} SET {quote(field)} = ?, version = version + 1, updated_at = ?,"
                    f" updated_by = ? WHERE {quote(field)} = ? RETURNING id",
                    (into, *stamp, item),
                )
                for row in rows:
                    self._context.audit_change(operation, table, row["id"], {field: item}, {field: into})
                self._context.changed(table, [row["id"] for row in rows])
                changed += len(rows)
            self._remove(stored, sentence, {INTO: into})
        return changed

    @requires("delete")
    def restore(self, item: int, name: str | None = None) -> None:
        """Bring a deleted item back, under another name if need be; Taken when its list has one of that name."""
        with self._db.atomic():
            stored = self._deleted(item)
            called = stored["name"] if name is None else self._accept(stored["kind"], {**stored, "name": name}, item)[0]
            label = self._kind(stored["kind"])
            if self._is_taken(stored["kind"], called, item):
                sentence = f"{label}里已有“{called}”，请先改名再恢复。"
                raise Taken(sentence, "dictionary_items", item, "name", called)
            with self._context.operation("restore", f"恢复{label}：{called}") as operation:
                self._db.execute(RESTORE, (called, item))
                if called != stored["name"]:
                    names = {"name": stored["name"]}, {"name": called}
                    self._context.audit_change(operation, "dictionary_items", item, *names)
                self._context.audit_many(operation, "dictionary_items", "restore", [item])
                self._context.changed("dictionary_items", [item])

    @requires("view")
    def get(self, item: int) -> Item:
        return self._get(item)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _get(self, item: int) -> Item:
        row = self._db.one(ONE, (item,))
        if row is None:
            raise NotFound("没有这个字典项目，可能已被删除。")
        return self._as_item(row)

    def _deleted(self, item: int) -> Item:
        row = self._db.one(DELETED, (item,))
        if row is None:
            raise NotFound("回收站里没有这个字典项目。")
        return self._as_item(row)

    def _kind(self, kind: str) -> str:
        if kind not in DICTIONARIES:
            raise NotFound(f"没有“{kind}”这个字典。")
        return DICTIONARIES[kind].label

    def _as_item(self, row: Any) -> Item:
        item = dict(row)
        attributes = json.loads(item.pop("attributes"))
        item["is_system"] = bool(item["key"])
        item["initials"] = pinyin.initials(item["name"])
        declared = {each.key: attributes.get(each.key) for each in DICTIONARIES[item["kind"]].attributes}
        return item | declared

    def _accept(self, kind: str, values: Values, item: int | None) -> tuple[str, Mapping[str, Any]]:
        label = self._kind(kind)
        errors: dict[str, str] = {}
        name = clean_line(str(values.get("name") or ""))
        if not name or len(name) > LONGEST_NAME:
            errors["name"] = f"请填写名称，最多 {LONGEST_NAME} 个字。"
        elif self._is_taken(kind, name, item):
            errors["name"] = f"{label}里已有“{name}”。"
        attributes = {}
        for attribute in DICTIONARIES[kind].attributes:
            try:
                value = accept_attribute(attribute, values.get(attribute.key))
            except FieldError as error:
                errors[attribute.key] = str(error)
                continue
            if value is not None:
                attributes[attribute.key] = value
        if errors:
            raise ValidationError(errors)
        return name, attributes

    def _is_taken(self, kind: str, name: str, item: int | None) -> bool:
        sql = "SELECT 1 FROM dictionary_items WHERE kind = ? AND name = ? AND id IS NOT ? AND deleted_at IS NULL"
        return self._db.one(sql, (kind, name, item)) is not None

    def _write(self, stored: Item, columns: Mapping[str, Any], verb: str) -> None:
        with self._context.operation("update", f"{verb}{self._kind(stored['kind'])}：{stored['name']}") as operation:
            row = self._db.one(ONE, (stored["id"],))
            assert row is not None
            old = {name: row[name] for name in columns if row[name] != columns[name]}
            new = {name: columns[name] for name in old}
            if not old:
                return
            assignments = ", ".join(f"{quote(name)} = ?" for name in new)
            stamp = (self._context.clock.timestamp(), self._context.operator.id, stored["id"])
            self._db.execute(
                f"UPDATE dictionary_items SET {assignments}, updated_at = ?, updated_by = ?, version = version + 1"
                " WHERE id = ?",
                (*new.values(), *stamp),
            )
            self._context.audit_change(operation, "dictionary_items", stored["id"], old, new)
            self._context.changed("dictionary_items", [stored["id"]])

    def _remove(self, stored: Item, sentence: str, told: Mapping[str, int] | None = None) -> None:
        with self._context.operation("delete", sentence) as operation:
            self._db.execute(
                "UPDATE dictionary_items SET deleted_at = ?, deleted_in = ? WHERE id = ?",
                (self._context.clock.timestamp(), operation, stored["id"]),
            )
            self._context.audit_many(operation, "dictionary_items", "delete", [stored["id"]], told)
            self._context.changed("dictionary_items", [stored["id"]])

    def _places(self, kind: str) -> list[tuple[str, str]]:
        """(table, field) of every field that takes items of this kind."""
        return [
            (entity.table, field.name)
            for entity in ENTITIES.values()
            for field in entity.fields
            if isinstance(field, Choice) and field.kind == kind
        ]

    def _uses(self, stored: Item) -> list[tuple[str, int]]:
        """Where an item is used, records in the recycle bin included: they may come back."""
        found = []
        for table, field in self._places(stored["kind"]):
            sql = f"SELECT count(*) FROM {quote(table)} WHERE {quote(field)} = ?"
            number = self._db.value(sql, (stored["id"],))
            if number:
                found.append((ENTITIES[table].label, number))
        return found


def accept_attribute(attribute: Attribute, value: Any) -> Any:
    """The stored value of one attribute, None for nothing; FieldError when it cannot be."""
    if value is None or value == "":
        return None
    if attribute.type == "flag":
        return bool(value)
    if attribute.type == "integer":
        number = checks.parse_amount(str(value))
        if number != int(number) or number < 0:
            raise FieldError(f"{attribute.label}应为整数。")
        return int(number)
    if attribute.key == "letter" and not LETTER.fullmatch(str(value)):
        raise FieldError(f"{attribute.label}应为一个英文字母，例如 i。")
    if attribute.type == "colour" and not is_colour(str(value)):
        raise FieldError(f"{attribute.label}应类似 #2E7D32。")
    return str(value).strip()


def is_colour(text: str) -> bool:
    return len(text) == 7 and text[0] == "#" and all(c in "0123456789abcdefABCDEF" for c in text[1:])
