"""客户: codes by the code rule, hints about duplicates and levels."""

import json
from collections import defaultdict
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.controllers.places import CHINA, PlaceController
from crm_desktop.controllers.rights import requires
from crm_desktop.controllers.settings import read_option
from crm_desktop.db import phone_search, search_index, serials
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import CUSTOMERS, checks, customer_code, phones
from crm_desktop.models.company_names import normalised_company_name
from crm_desktop.models.dictionaries import LevelThresholds, level_hint
from crm_desktop.models.query import Values

LEVEL = "SELECT id, name FROM dictionary_items WHERE kind = 'level' AND key = ?"
LEVEL_LETTER = "SELECT json_extract(attributes, '$.letter') FROM dictionary_items WHERE id = ?"
TAKEN_CODES = "SELECT c.code FROM json_each(?) j CROSS JOIN customers c ON c.code = j.value COLLATE NOCASE"
CODE_PARTS = ("level", "region", "area_code", "country", "country_code")
"""The fields that a code is made from."""
GENERAL_LETTER = "n"
"""A customer without a 客户级别 counts as 一般."""
FEN_IN_WAN = 1_000_000
SERIAL_RULE_WIDTH = 7
LEVEL_BOUNDS = ("important_revenue", "important_employees", "general_revenue", "general_employees")
MOST_OWNERS = 50
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
 WHERE +p.entity IN ('customers', 'contacts') AND (p.reversed >= ? AND p.reversed < ? OR p.reversed = ?) LIMIT 50"""
"""With +, because the planner would rather read every number of all customers."""


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
        prefix, hint = self._code_prefix(self._code_parts(values), Lookup(self._db))
        number, is_serial = serials.peek(self._db, prefix), self._uses_serial_rule()
        while self._used([code := compose_code(prefix, number, is_serial)]):
            number += 1
        return CodeSuggestion(code, hint)

    def _code_parts(self, values: Values) -> Record:
        """What the code depends on, as far as it can be understood while it is being typed."""
        lookup, today = Lookup(self._db), self._context.clock.today()
        parts: Record = {}
        for name in CODE_PARTS:
            field = self.entity[name]
            try:
                parts[name] = lookup.resolve(field, field.accept(values.get(name), today))
            except FieldError:
                parts[name] = field.empty
        self._fill_country_code(values, parts, lookup)
        return parts

    def _next_codes(self, counts: Mapping[str, int], spoken_for: Container[str]) -> dict[str, list[str]]:
        """So many new codes under each prefix, none of them ever used."""
        is_serial = self._uses_serial_rule()
        found: dict[str, list[str]] = {prefix: [] for prefix in counts}
        while missing := {prefix: n - len(found[prefix]) for prefix, n in counts.items() if n > len(found[prefix])}:
            blocks = {
                prefix: [compose_code(prefix, number, is_serial) for number in range(first, first + missing[prefix])]
                for prefix, first in serials.take_many(self._db, missing).items()
            }
            used = self._used([code for block in blocks.values() for code in block])
            for prefix, block in blocks.items():
                found[prefix] += [each for each in block if each.upper() not in spoken_for and each.upper() not in used]
        return found

    def _uses_serial_rule(self) -> bool:
        return bool(read_option(self._db, "code_rule") == "serial")

    def _code_prefix(self, record: Record, lookup: Lookup) -> tuple[str, str]:
        """Letter of the level, and the area code that applies, with a hint when it is the office's own."""
        level = record.get("level")
        letter = lookup.remember(LEVEL_LETTER, level, lambda: self._letter(level))
        if lookup.remember("code rule", None, self._uses_serial_rule):
            return letter, ""
        area_code, hint = self._area_code(record)
        try:
            return customer_code.code_prefix(letter, area_code), hint
        except FieldError as error:
            raise ValidationError({"area_code": str(error)}) from None

    def _letter(self, level: int | None) -> str:
        return (level and self._db.value(LEVEL_LETTER, (level,))) or GENERAL_LETTER

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
        return f"客户编号“{value}”已被使用（编号不重复使用），请换一个。" if self._used([value]) else ""

    def _used(self, codes: Sequence[str]) -> set[str]:
        """Those of the codes that a customer has or had, in capitals."""
        taken = {row[0].upper() for row in self._db.query(TAKEN_CODES, (json.dumps(codes),))}
        return taken | serials.retired(self._db, codes)

    # -- hooks ---------------------------------------------------------------------------------------------------

    def _complete(
        self, values: Values, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
    ) -> None:
        super()._complete(values, accepted, existing, errors, lookup)
        if existing is None:
            self._fill_country_code(values, accepted, lookup)
        self._keep_own(accepted, existing, errors, lookup)

    def _fill_country_code(self, values: Values, accepted: Record, lookup: Lookup) -> None:
        """A foreign country brings its calling code, unless one was given, even empty."""
        if accepted["country"] is not None and "country_code" not in values:
            code = self._calling_code(accepted["country"], lookup)
            accepted["country_code"] = "" if code in (None, CHINA) else code

    def _keep_own(self, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup) -> None:
        """An operator who sees a part of the customers only keeps within it what they create and change."""
        if lookup.remember("data scope", None, self._context.data_scope) == "全部":
            return
        if existing is None and accepted["owner"] is None:
            accepted["owner"] = self._context.operator.id
        elif "owner" in accepted and not self._context.is_in_scope(self.entity, accepted["owner"]):
            errors["owner"] = "您只能管理自己范围内的客户，不能把客户交给别人。"

    def _before_insert(self, records: Sequence[Record]) -> None:
        """Codes typed by hand first, so that none of them is given to another record of the same batch."""
        spoken_for = self._refuse_used_codes([record["code"] for record in records if record["code"]])
        groups = self._by_prefix([record for record in records if not record["code"]])
        codes = self._next_codes({prefix: len(group) for prefix, group in groups.items()}, spoken_for)
        for prefix, group in groups.items():
            for record, code in zip(group, codes[prefix], strict=True):
                record["code"] = code

    def _refuse_used_codes(self, typed: Sequence[str]) -> set[str]:
        """The codes in capitals, or ValidationError when one is used or stands there twice."""
        spoken_for, used = set[str](), self._used(typed)
        for code in typed:
            if code.upper() in used or code.upper() in spoken_for:
                raise ValidationError({"code": self._taken("code", code, None) or DOUBLE.format(code)})
            spoken_for.add(code.upper())
        return spoken_for

    def _by_prefix(self, records: Sequence[Record]) -> dict[str, list[Record]]:
        lookup = Lookup(self._db)
        prefix_of = cache(lambda *parts: self._code_prefix(dict(zip(CODE_PARTS, parts, strict=True)), lookup)[0])
        found: dict[str, list[Record]] = defaultdict(list)
        for record in records:
            # A known area code makes the region irrelevant, and there are far fewer area codes to ask about.
            region = None if record["area_code"] else record["region"]
            parts = (region if name == "region" else record[name] for name in CODE_PARTS)
            found[prefix_of(*parts)].append(record)
        return found

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
            for digits in search_index.phone_digits(known_numbers(values, name)):
                for found in self._owners_of(digits):
                    reasons.setdefault(found, f"{self.entity[name].label}相同")
        reasons.pop(record or 0, None)
        rows = self._read(list(reasons), ("code", "name", "region"))[:5]
        return [{**row, "reason": reasons[row["id"]]} for row in rows]

    def _owners_of(self, digits: str) -> list[int]:
        """Customers a number leads to, with or without its area code."""
        if len(digits) < SHORT_LOCAL_NUMBER:
            return []
        if not self._context.sees_numbers:
            scope = self._context.scope(self.entity)
            return [hit.customer for hit in phone_search.find(self._db, digits, scope, MOST_OWNERS, whole_only=True)]
        backwards, local = digits[::-1], phones.local_part(digits)[::-1]
        return [row["id"] for row in self._db.query(SAME_PHONE, (backwards, backwards + ":", local)) if row["id"]]


def known_numbers(values: Values, name: str) -> str:
    """What stands in a telephone field, nothing while part of it is stars."""
    text = str(values.get(name) or "")
    return "" if "*" in text else text


def compose_code(prefix: str, number: int, is_serial: bool) -> str:
    """The code of a number under a prefix; ValidationError when its room is used up."""
    if is_serial:
        return f"{prefix}{number:0{SERIAL_RULE_WIDTH}d}"
    try:
        return prefix + customer_code.serial_text(number)
    except FieldError as error:
        raise ValidationError({"code": str(error)}) from None
