"""客户: codes by the code rule, hints about duplicates and levels."""

import json
from collections.abc import Container, Sequence
from dataclasses import dataclass
from decimal import Decimal

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.places import CHINA, COUNTRY, PlaceController
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import read_option
from crm_desktop.db import search_index, serials
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import CUSTOMERS, checks, customer_code
from crm_desktop.models.company_names import normalised_company_name
from crm_desktop.models.dictionaries import LevelThresholds, level_hint
from crm_desktop.models.query import Values

LEVEL = "SELECT id, name FROM dictionary_items WHERE kind = 'level' AND key = ?"
LEVEL_LETTER = "SELECT json_extract(attributes, '$.letter') FROM dictionary_items WHERE id = ?"
GENERAL_LETTER = "n"
"""A customer without a 客户级别 counts as 一般."""
FEN_IN_WAN = 1_000_000
SERIAL_RULE_WIDTH = 7
LEVEL_BOUNDS = ("important_revenue", "important_employees", "general_revenue", "general_employees")
SHORT_LOCAL_NUMBER = 7
"""Fewer digits than this are too common to point to one customer."""

OWN_AREA_CODE = """SELECT CASE c.area_code WHEN '' THEN r.area_code ELSE c.area_code END
 FROM company c LEFT JOIN regions r ON r.code = c.region"""
NO_AREA_CODE = "没有区号，编号用了本单位的区号。"
NO_OWN_AREA_CODE = "没有区号，编号里就没有区号；请在“本单位信息”中填写本单位的区号。"
DOUBLE = "客户编号“{}”重复，请换一个。"

SAME_NAME = """SELECT s.id FROM customers_search s JOIN customers c ON c.id = s.id
 WHERE s.name_key = ? AND c.deleted_at IS NULL LIMIT 50"""
SAME_PHONE = """SELECT CASE p.entity WHEN 'customers' THEN p.record
   ELSE (SELECT customer FROM contacts WHERE id = p.record AND deleted_at IS NULL) END AS id
 FROM phone_numbers p
 WHERE p.entity IN ('customers', 'contacts') AND (p.reversed >= ? AND p.reversed < ? OR p.reversed = ?) LIMIT 50"""


@dataclass(frozen=True)
class CodeSuggestion:
    """The code a new customer would get, and what the clerk should know about it."""

    code: str
    hint: str = ""


class Customers(PlaceController):
    area = "customers"
    entity = CUSTOMERS

    # -- code ----------------------------------------------------------------------------------------------------

    @requires("create")
    def suggest_code(self, values: Values) -> CodeSuggestion:
        """The code that saving these values now would give; it may be typed over before the first save."""
        prefix, hint = self._code_prefix(self._code_parts(values))
        number = serials.peek(self._db, prefix)
        while self._is_used(code := self._compose(prefix, number)):
            number += 1
        return CodeSuggestion(code, hint)

    def _code_parts(self, values: Values) -> Record:
        """What the code depends on, as far as it can be understood while it is being typed."""
        lookup, today = Lookup(self._db), self._context.clock.today()
        parts: Record = {}
        for name in ("level", "region", "area_code", "country", "country_code"):
            field = self.entity[name]
            try:
                parts[name] = lookup.resolve(field, field.accept(values.get(name), today))
            except FieldError:
                parts[name] = field.empty
        self._fill_country_code(values, parts)
        return parts

    def _next_code(self, record: Record, spoken_for: Container[str]) -> str:
        prefix, _ = self._code_prefix(record)
        while True:
            code = self._compose(prefix, serials.take(self._db, prefix))
            if code.upper() not in spoken_for and not self._is_used(code):
                return code

    def _compose(self, prefix: str, number: int) -> str:
        if self._uses_serial_rule():
            return f"{prefix}{number:0{SERIAL_RULE_WIDTH}d}"
        try:
            return prefix + customer_code.serial_text(number)
        except FieldError as error:
            raise ValidationError({"code": str(error)}) from None

    def _uses_serial_rule(self) -> bool:
        return bool(read_option(self._db, "code_rule") == "serial")

    def _code_prefix(self, record: Record) -> tuple[str, str]:
        """Letter of the level, and the area code that applies, with a hint when it is the office's own."""
        level = record.get("level")
        letter = (level and self._db.value(LEVEL_LETTER, (level,))) or GENERAL_LETTER
        if self._uses_serial_rule():
            return letter, ""
        area_code, hint = self._area_code(record)
        try:
            return customer_code.code_prefix(letter, area_code), hint
        except FieldError as error:
            raise ValidationError({"area_code": str(error)}) from None

    def _area_code(self, record: Record) -> tuple[str, str]:
        abroad = record.get("country_code")
        if abroad and abroad != CHINA:
            return "00" + abroad, ""
        if record.get("area_code"):
            return record["area_code"], ""
        region = record.get("region")
        of_region = region and self._db.value("SELECT area_code FROM regions WHERE code = ?", (region,))
        if of_region:
            return of_region, ""
        own = self._db.value(OWN_AREA_CODE) or ""
        return own, NO_AREA_CODE if own else NO_OWN_AREA_CODE

    def _taken(self, name: str, value: str, but: int | None) -> str:
        """Codes of deleted and purged customers stay used."""
        return f"客户编号“{value}”已被使用（编号不重复使用），请换一个。" if self._is_used(value) else ""

    def _is_used(self, code: str) -> bool:
        sql = "SELECT 1 FROM customers WHERE code = ? COLLATE NOCASE"
        return self._db.one(sql, (code,)) is not None or serials.is_retired(self._db, code)

    @requires("delete")
    def purge(self, records: Sequence[int]) -> None:
        """Remove for ever; the codes stay used."""
        sql = "SELECT code FROM customers WHERE id IN (SELECT value FROM json_each(?))"
        with self._db.atomic():
            for row in self._db.query(sql, (json.dumps(list(records)),)):
                serials.retire(self._db, row["code"])
            super().purge(records)

    # -- hooks ---------------------------------------------------------------------------------------------------

    def _complete(self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str]) -> None:
        super()._complete(values, accepted, existing, errors)
        if existing is None:
            self._fill_country_code(values, accepted)
        self._keep_own(accepted, existing, errors)

    def _fill_country_code(self, values: Values, accepted: Record) -> None:
        """A foreign country brings its calling code, unless one was given, even empty."""
        if accepted["country"] is not None and "country_code" not in values:
            code = self._db.value(COUNTRY, (accepted["country"],))
            accepted["country_code"] = "" if code in (None, CHINA) else code

    def _keep_own(self, accepted: Record, existing: Record | None, errors: dict[str, str]) -> None:
        """An operator who sees a part of the customers only keeps within it what they create and change."""
        if self._context.data_scope() == "全部":
            return
        if existing is None and accepted["owner"] is None:
            accepted["owner"] = self._context.operator.id
        elif "owner" in accepted and not self._context.is_in_scope(self.entity, accepted["owner"]):
            errors["owner"] = "您只能管理自己范围内的客户，不能把客户交给别人。"

    def _before_insert(self, records: Sequence[Record]) -> None:
        """Codes typed by hand first, so that none of them is given to another record of the same batch."""
        spoken_for: set[str] = set()
        for record in records:
            code = record["code"].upper()
            if code and (code in spoken_for or self._is_used(code)):
                raise ValidationError({"code": self._taken("code", record["code"], None) or DOUBLE.format(code)})
            spoken_for.add(code)
        for record in records:
            record["code"] = record["code"] or self._next_code(record, spoken_for)

    # -- hints ---------------------------------------------------------------------------------------------------

    @requires("view")
    def warnings(self, values: Values) -> dict[str, str]:
        """What deserves a second look but stops nothing: field → sentence."""
        found: dict[str, str] = {}
        problem = checks.credit_code_problem(str(values.get("tax_number") or ""))
        if problem:
            found["tax_number"] = problem
        hint = self._level_hint(values)
        if hint:
            found["level"] = hint
        return found

    def _level_hint(self, values: Values) -> str:
        try:
            today = self._context.clock.today()
            revenue = self.entity["annual_revenue"].accept(values.get("annual_revenue"), today)
            employees = self.entity["employee_count"].accept(values.get("employee_count"), today)
        except FieldError:
            return ""
        if revenue is None and employees is None:
            return ""
        bounds = LevelThresholds(*(read_option(self._db, f"level_{key}") for key in LEVEL_BOUNDS))
        in_wan = None if revenue is None else Decimal(revenue) / FEN_IN_WAN
        hint = level_hint(in_wan, employees, bounds)
        level = self._db.one(LEVEL, (hint,)) if hint else None
        if level is None or values.get("level") in tuple(level):
            return ""
        return f"按年营业额和员工人数，建议级别：{level['name']}。"

    @requires("view")
    def possible_duplicates(self, values: Values, record: int | None = None) -> list[Record]:
        """Customers with the same normalised name or telephone: id, code, name, reason; five at most."""
        reasons: dict[int, str] = {}
        name_key = normalised_company_name(str(values.get("name") or ""))
        if name_key:
            for row in self._db.query(SAME_NAME, (name_key,)):
                reasons[row["id"]] = "名称相近"
        for name in self.entity.phone_fields:
            for digits in search_index.phone_digits(str(values.get(name) or "")):
                for found in self._owners_of(digits):
                    reasons.setdefault(found, f"{self.entity[name].label}相同")
        reasons.pop(record or 0, None)
        rows = self._read(list(reasons), ("code", "name", "region"))[:5]
        return [{**row, "reason": reasons[row["id"]]} for row in rows]

    def _owners_of(self, digits: str) -> list[int]:
        """Customers a number leads to, with or without its area code."""
        if len(digits) < SHORT_LOCAL_NUMBER:
            return []
        backwards, local = digits[::-1], search_index.local_part(digits)[::-1]
        return [row["id"] for row in self._db.query(SAME_PHONE, (backwards, backwards + ":", local)) if row["id"]]

