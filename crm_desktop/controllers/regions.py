"""区域信息: the tree of provinces, cities and counties with area codes and postcodes, and looking things up in it."""

import json
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import requires
from crm_desktop.db import pinyin, serials
from crm_desktop.db.statements import escape_like
from crm_desktop.errors import FieldError, InUse, NotFound, ValidationError
from crm_desktop.models import CUSTOMERS, ENTITIES
from crm_desktop.models.fields import Region as RegionField
from crm_desktop.models.query import Values
from crm_desktop.models.text import search_text

Row = dict[str, Any]
TOP_LEVEL = "SELECT * FROM regions WHERE parent IS NULL ORDER BY is_own, code"
CHILDREN = "SELECT * FROM regions WHERE parent = ? ORDER BY is_own, code"
BRANCH = """WITH RECURSIVE branch(code, depth) AS (
  SELECT code, 0 FROM regions WHERE code = ?
  UNION ALL SELECT r.code, depth + 1 FROM regions r JOIN branch b ON r.parent = b.code)
SELECT r.* FROM branch b JOIN regions r ON r.code = b.code WHERE r.is_active = 1 ORDER BY r.code"""
FIND = """SELECT * FROM regions WHERE is_active = 1 AND (
  full_name LIKE :contains ESCAPE '\\' OR pinyin LIKE :starts ESCAPE '\\' OR initials LIKE :starts ESCAPE '\\'
  OR area_code = :text OR postcode LIKE :starts ESCAPE '\\')
 ORDER BY (name = :text) DESC, (name LIKE :starts ESCAPE '\\') DESC, (initials = :text) DESC, level, code LIMIT :limit"""
POSTCODE_OFFICE_DIGITS = 4
"""Postcodes of one county share their first four digits, so an unknown one still names its county."""
LOWEST_LEVEL = 3


class Regions(Controller):
    area = "regions"

    @requires("view")
    def children(self, parent: str | None = None) -> list[Row]:
        """Regions directly below one, or the provinces; inactive ones too, marked by ``is_active``."""
        rows = self._db.query(TOP_LEVEL) if parent is None else self._db.query(CHILDREN, (parent,))
        return [dict(row) for row in rows]

    @requires("view")
    def get(self, code: str) -> Row:
        row = self._db.one("SELECT * FROM regions WHERE code = ?", (code,))
        if row is None:
            raise NotFound("没有这个区域。")
        return dict(row)

    @requires("view")
    def branch(self, code: str) -> list[Row]:
        """A region and everything below it that is in use, in the order of the codes."""
        return [dict(row) for row in self._db.query(BRANCH, (code,))]

    @requires("view")
    def find(self, text: str, limit: int = 50) -> list[Row]:
        """Regions by any part of the name, the start of pinyin or initials, an area code or a postcode."""
        needle = search_text(text)
        if not needle:
            return []
        rows = self._find(needle, limit)
        if not rows and needle.isdigit() and len(needle) == 6:
            rows = self._find(needle[:POSTCODE_OFFICE_DIGITS], limit)
        return rows

    def _find(self, needle: str, limit: int) -> list[Row]:
        escaped = escape_like(needle)
        values = {"text": needle, "contains": f"%{escaped}%", "starts": f"{escaped}%", "limit": limit}
        return [dict(row) for row in self._db.query(FIND, values)]

    # -- the office's own changes ----------------------------------------------------------------------------------

    @requires("create")
    def add(self, parent: str | None, values: Values) -> str:
        """Add a region of the office's own; returns its code ``X…``."""
        above = self.get(parent) if parent else None
        level = above["level"] + 1 if above else 1
        if level > LOWEST_LEVEL:
            raise ValidationError({"name": "县区之下不能再加区域。"})
        accepted = self._accept(values)
        with self._context.operation("create", f"新增区域：{accepted['name']}") as operation:
            code = f"X{serials.take(self._db, 'region:X'):05d}"
            self._db.execute(
                "INSERT INTO regions (code, parent, level, name, full_name, pinyin, initials, area_code, postcode, is_own)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)",
                (code, parent, level, accepted["name"], *self._made(accepted["name"], above),
                 accepted["area_code"], accepted["postcode"]),
            )  # fmt: skip
            self._context.audit_change(operation, "regions", 0, {}, {"code": code, **accepted})
            self._context.changed("regions", None, operation)
        return code

    @requires("update")
    def update(self, code: str, values: Values) -> None:
        """Rename or correct a region; the office's words outlive updates of the shipped list."""
        stored = self.get(code)
        accepted = {k: v for k, v in self._accept({**stored, **values}).items() if v != stored[k]}
        if not accepted:
            return
        edited = sorted({*json.loads(stored["edited"]), *accepted})
        with self._context.operation("update", f"修改区域：{stored['full_name']}") as operation:
            made = {}
            if "name" in accepted:
                above = self.get(stored["parent"]) if stored["parent"] else None
                made = dict(zip(("full_name", "pinyin", "initials"), self._made(accepted["name"], above), strict=True))
            columns = {**accepted, **made, "edited": json.dumps(edited)}
            assignments = ", ".join(f"{name} = :{name}" for name in columns)
            self._db.execute(f"UPDATE regions SET {assignments} WHERE code = :code", {**columns, "code": code})
            if made:
                self._rename_branch(code, stored["full_name"], made["full_name"])
            old = {name: stored[name] for name in accepted}
            self._context.audit_change(operation, "regions", 0, {"code": code, **old}, {"code": code, **accepted})
            self._context.changed("regions", None, operation)

    def _rename_branch(self, code: str, old: str, new: str) -> None:
        """Full names below a renamed region begin with its new name."""
        below = "UPDATE regions SET full_name = ? || substr(full_name, ?) WHERE code = ? AND full_name LIKE ? ESCAPE '\\'"
        rows = self._db.query(BRANCH, (code,))[1:]
        pattern = escape_like(old) + "%"
        self._db.executemany(below, [(new, len(old) + 1, row["code"], pattern) for row in rows])

    @requires("update")
    def set_active(self, code: str, is_active: bool) -> None:
        """Hide a region from pick lists, or show it again; records keep it."""
        stored = self.get(code)
        with self._context.operation("update", f"{'启用' if is_active else '停用'}区域：{stored['full_name']}") as operation:
            self._db.execute("UPDATE regions SET is_active = ? WHERE code = ?", (int(is_active), code))
            change = ({"code": code, "is_active": stored["is_active"]}, {"code": code, "is_active": int(is_active)})
            self._context.audit_change(operation, "regions", 0, *change)
            self._context.changed("regions", None, operation)

    @requires("delete")
    def delete(self, code: str) -> None:
        """Remove a region the office added itself, when nothing uses it."""
        stored = self.get(code)
        if not stored["is_own"]:
            raise InUse("国家标准中的区域不能删除，只能停用。", [])
        uses = self._uses(code)
        if uses:
            places = "、".join(f"{where} {number} 处" for where, number in uses)
            raise InUse(f"这个区域正在使用，不能删除，可以停用：{places}。", uses)
        with self._context.operation("delete", f"删除区域：{stored['full_name']}") as operation:
            self._db.execute("DELETE FROM regions WHERE code = ?", (code,))
            self._context.changed("regions", None, operation)

    def _uses(self, code: str) -> list[tuple[str, int]]:
        found = []
        for entity in ENTITIES.values():
            for field in entity.fields:
                if isinstance(field, RegionField):
                    sql = f"SELECT count(*) FROM {entity.table} WHERE {field.name} = ?"
                    found.append((entity.label, self._db.value(sql, (code,))))
        found.append(("下级区域", self._db.value("SELECT count(*) FROM regions WHERE parent = ?", (code,))))
        return [(where, number) for where, number in found if number]

    def _accept(self, values: Values) -> dict[str, str]:
        """Name, area code and postcode, checked as a customer's are."""
        errors: dict[str, str] = {}
        accepted: dict[str, str] = {}
        today = self._context.clock.today()
        for name in ("area_code", "postcode"):
            try:
                accepted[name] = CUSTOMERS[name].accept(values.get(name), today)
            except FieldError as error:
                errors[name] = str(error)
        accepted["name"] = str(values.get("name") or "").strip()
        if not accepted["name"]:
            errors["name"] = "请填写区域名称。"
        elif len(accepted["name"]) > 40:
            errors["name"] = "区域名称最多 40 个字。"
        if errors:
            raise ValidationError(errors)
        return accepted

    def _made(self, name: str, above: Row | None) -> tuple[str, str, str]:
        """full_name, pinyin and initials of a name below ``above``."""
        full_name = (above["full_name"] if above else "") + name
        return full_name, pinyin.full_pinyin(name), pinyin.initials(name)
