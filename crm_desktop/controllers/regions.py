"""区域信息: the tree of provinces, cities and counties with area codes and postcodes, and looking things up in it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.rights import requires
from crm_desktop.db import pinyin, serials
from crm_desktop.db.regions import refresh_full_names, region_index
from crm_desktop.db.statements import insert, quote
from crm_desktop.errors import FieldError, InUse, NotFound, ValidationError
from crm_desktop.models import CUSTOMERS, ENTITIES, checks
from crm_desktop.models.fields import Region as RegionField
from crm_desktop.models.pasted_text import Recognised, recognise
from crm_desktop.models.query import Values
from crm_desktop.models.region_search import Place, answer
from crm_desktop.models.text import clean_line

Row = dict[str, Any]
TOP_LEVEL = "SELECT * FROM regions WHERE parent IS NULL ORDER BY is_own, code"
CHILDREN = "SELECT * FROM regions WHERE parent = ? ORDER BY is_own, code"
BRANCH = """WITH RECURSIVE branch(code, depth) AS (
  SELECT code, 0 FROM regions WHERE code = ?
  UNION ALL SELECT r.code, depth + 1 FROM regions r JOIN branch b ON r.parent = b.code)
SELECT r.* FROM branch b JOIN regions r ON r.code = b.code WHERE r.is_active = 1 ORDER BY r.code"""
PLACES = """SELECT code, parent, level, lower(name) AS name, lower(full_name) AS full_name, pinyin, initials,
  area_code, postcode, is_active FROM regions ORDER BY level, code"""
THESE = "SELECT r.* FROM json_each(?) asked JOIN regions r ON r.code = asked.value ORDER BY asked.key"
MOST_ANSWERED = 500
LOWEST_LEVEL = 3
LONGEST_NAME = 40
SAME_NAME = "SELECT 1 FROM regions WHERE parent IS ? AND name = ? AND code IS NOT ?"


@dataclass(frozen=True)
class Answered:
    """``rows`` are the best of ``total`` regions; ``note`` says what they answer where that is not plain, else ""."""

    rows: list[Row]
    total: int
    note: str = ""


class Regions(Controller):
    area = "regions"

    @requires("view")
    def children(self, parent: str | None = None) -> list[Row]:
        """Regions directly below one, or the provinces; inactive ones too, marked by ``is_active``."""
        rows = self._db.query(TOP_LEVEL) if parent is None else self._db.query(CHILDREN, (parent,))
        return [dict(row) for row in rows]

    @requires("view")
    def get(self, code: str) -> Row:
        return self._get(code)

    @requires("view")
    def branch(self, code: str) -> list[Row]:
        """A region and everything below it that is in use, in the order of the codes."""
        return [dict(row) for row in self._db.query(BRANCH, (code,))]

    @requires("view")
    def find(self, text: str, limit: int = 50) -> list[Row]:
        """Regions in use that ``ask`` would answer with: what a record may be given."""
        return [row for row in self.ask(text, limit).rows if row["is_active"]]

    @requires("view")
    def ask(self, text: str, limit: int = MOST_ANSWERED) -> Answered:
        """Regions by names or pinyin, also of what they lie in, by area code, postcode or telephone number.

        The best answer comes first. Each row has its province's code under ``province``.
        """
        places = [Place(*row) for row in self._db.query(PLACES)] if text.strip() else []
        found, note = answer(places, text)
        codes = [place.code for place in found[:limit]]
        above = {place.code: place.parent for place in places}
        rows = [dict(row) for row in self._db.query(THESE, (json.dumps(codes),))]
        return Answered([{**row, "province": top_of(row["code"], above)} for row in rows], len(found), note)

    @requires("view")
    def recognise(self, pasted: str) -> Recognised:
        """What a pasted text says about a customer or contact; its region is one in use."""
        return recognise(pasted, region_index(self._db))

    # -- the office's own changes ----------------------------------------------------------------------------------

    @requires("create")
    def add(self, parent: str | None, values: Values) -> str:
        """Add a region of the office's own; returns its code ``X…``."""
        with self._context.operation("create", f"新增区域：{values.get('name', '')}") as operation:
            above = self._get(parent) if parent else None
            accepted = self._accept(values, parent, None)
            code = f"X{serials.take(self._db, 'region:X'):05d}"
            level = above["level"] + 1 if above else 1
            row = {"code": code, "parent": parent, "level": level, **accepted, "is_own": 1}
            row |= made_from(accepted["name"], above)
            self._db.execute(insert("regions", list(row)), tuple(row.values()))
            self._context.audit_many(operation, "regions", "create", [record_number(code)])
            self._context.changed("regions", None)
        return code

    @requires("update")
    def update(self, code: str, values: Values) -> None:
        """Rename or correct a region; the office's words outlive updates of the shipped list."""
        with self._db.atomic():
            stored = self._get(code)
            accepted = self._accept({**stored, **values}, stored["parent"], code)
            self._write(stored, accepted, f"修改区域：{stored['full_name']}")

    @requires("update")
    def set_active(self, code: str, is_active: bool) -> None:
        """Hide a region from pick lists, or show it again; records keep it."""
        with self._db.atomic():
            stored = self._get(code)
            sentence = f"{'启用' if is_active else '停用'}区域：{stored['full_name']}"
            self._write(stored, {"is_active": int(is_active)}, sentence)

    def _write(self, stored: Row, wanted: Row, sentence: str) -> None:
        new = {name: value for name, value in wanted.items() if value != stored[name]}
        if not new:
            return
        code = stored["code"]
        with self._context.operation("update", sentence) as operation:
            columns = {**new, "edited": json.dumps(sorted({*json.loads(stored["edited"]), *new}))}
            if "name" in new:
                columns |= made_from(new["name"], self._get(stored["parent"]) if stored["parent"] else None)
            assignments = ", ".join(f"{quote(name)} = ?" for name in columns)
            self._db.execute(f"UPDATE regions SET {assignments} WHERE code = ?", (*columns.values(), code))
            if "name" in new:
                refresh_full_names(self._db, code)
            old = {name: stored[name] for name in new}
            self._context.audit_change(operation, "regions", record_number(code), old, new)
            self._context.changed("regions", None)

    @requires("delete")
    def delete(self, code: str) -> None:
        """Remove a region the office added itself, when nothing uses it."""
        with self._db.atomic():
            stored = self._get(code)
            if not stored["is_own"]:
                raise InUse("国家标准中的区域不能删除，只能停用。", [])
            uses = self._uses(code)
            if uses:
                places = "、".join(f"{where} {number} 处" for where, number in uses)
                raise InUse(f"这个区域正在使用，不能删除，可以停用：{places}。", uses)
            with self._context.operation("delete", f"删除区域：{stored['full_name']}") as operation:
                self._db.execute("DELETE FROM regions WHERE code = ?", (code,))
                self._context.audit_many(operation, "regions", "purge", [record_number(code)])
                self._context.changed("regions", None)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _get(self, code: str) -> Row:
        row = self._db.one("SELECT * FROM regions WHERE code = ?", (code,))
        if row is None:
            raise NotFound("没有这个区域。")
        return dict(row)

    def _uses(self, code: str) -> list[tuple[str, int]]:
        found = []
        for entity in ENTITIES.values():
            for field in entity.fields:
                if isinstance(field, RegionField):
                    sql = f"SELECT count(*) FROM {quote(entity.table)} WHERE {quote(field.name)} = ?"
                    found.append((entity.label, self._db.value(sql, (code,))))
        found.append(("下级区域", self._db.value("SELECT count(*) FROM regions WHERE parent = ?", (code,))))
        return [(where, number) for where, number in found if number]

    def _accept(self, values: Values, parent: str | None, code: str | None) -> dict[str, str]:
        """Name, area code and postcode, checked as a customer's are."""
        errors: dict[str, str] = {}
        accepted: dict[str, str] = {}
        today = self._context.clock.today()
        for name in ("area_code", "postcode"):
            try:
                accepted[name] = CUSTOMERS[name].accept(values.get(name), today)
            except FieldError as error:
                errors[name] = str(error)
        try:
            checks.check_postcode(accepted.get("postcode", ""), is_abroad=is_own(code or parent) and is_own(parent))
        except FieldError as error:
            errors["postcode"] = str(error)
        name = accepted["name"] = clean_line(str(values.get("name") or ""))
        if not name or len(name) > LONGEST_NAME:
            errors["name"] = f"请填写区域名称，最多 {LONGEST_NAME} 个字。"
        elif code is None and parent and self._get(parent)["level"] == LOWEST_LEVEL:
            errors["name"] = "县区之下不能再加区域。"
        elif self._db.one(SAME_NAME, (parent, name, code)):
            errors["name"] = f"这里已有“{name}”。"
        if errors:
            raise ValidationError(errors)
        return accepted


def top_of(code: str, above: Mapping[str, str | None]) -> str:
    """The province, or what the office has put beside the provinces, in which a region lies."""
    while parent := above.get(code):
        code = parent
    return code


def made_from(name: str, above: Row | None) -> dict[str, str]:
    """What is stored beside a name of a region below ``above``."""
    return {
        "full_name": (above["full_name"] if above else "") + name,
        "pinyin": pinyin.full_pinyin(name),
        "initials": pinyin.initials(name),
    }


def is_own(code: str | None) -> bool:
    """Whether a region is no division of China as shipped; nor is what stands above all provinces."""
    return code is None or code.startswith("X")


def record_number(code: str) -> int:
    """A region's code as the log numbers records; the office's own codes are negative."""
    return -int(code[1:]) if code.startswith("X") else int(code)
