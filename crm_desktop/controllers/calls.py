"""客户呼叫中心: whose number it is, where it is from, what is open with them, and a record of the call."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from crm_desktop.controllers.base import Controller, EntityReader, Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.rights import requires
from crm_desktop.db import phone_search
from crm_desktop.errors import FieldError, ValidationError
from crm_desktop.models import CONTACTS, CUSTOMERS, Condition, Entity, Query, phones
from crm_desktop.models.fields import Phone
from crm_desktop.models.interaction import INCOMING, MISSED, OUTGOING
from crm_desktop.models.query import Values

KINDS = {"mobile": "手机", "landline": "固定电话", "local": "固定电话", "service": "服务号码", "foreign": "境外"}
SUBJECTS = {INCOMING: "客户来电", OUTGOING: "去电联系", MISSED: "未接来电"}
"""What a call is called when nobody says more."""
LONGEST_SUBJECT = 30
LAST_CALLS, OPEN_SHOWN = 5, 20
SHARED_PREFIX = 3
"""Digits of the calling codes of 香港, 澳门 and 台湾, which are regions of the tree."""
CITIES = """SELECT r.full_name, r.name, r.level, p.name AS above FROM regions r LEFT JOIN regions p ON p.code = r.parent
 WHERE r.area_code = ? AND r.is_active = 1 AND (r.level < 3 OR r.area_code IS NOT p.area_code)
   AND r.name NOT LIKE '%直辖县级行政区划' ORDER BY r.level, r.code"""
"""Provinces and cities; counties only where the city has another area code."""


class NumberPlace(NamedTuple):
    """``kind`` in words, "" for what is no number; ``place`` is known of fixed lines with their area code."""

    kind: str
    place: str


@dataclass(frozen=True)
class Overview:
    """What to know while a customer is on the line; each row has words beside ids as lists have them."""

    customer: Record
    complaints: Sequence[Record]
    """Open ones, oldest first, with ``days`` since they came in and ``is_overdue``."""
    feedback: Sequence[Record]
    """Not filed yet, oldest first."""
    interactions: Sequence[Record]
    """The last five, newest first."""
    follow_up: Record | None
    """The interaction that promised the next contact."""


class Calls(Controller):
    area = "interactions"

    def __init__(self, context: Context, records: dict[str, EntityController]) -> None:
        super().__init__(context)
        self._records = records

    # -- whose number ----------------------------------------------------------------------------------------------

    @requires("view")
    def find(self, text: str, limit: int = 20) -> list[Record]:
        """The customers and contacts that a number, whole or begun, may belong to, the likeliest first.

        Text that is no number finds customers and contacts by name or pinyin. Each row: entity, record, customer,
        code, name, contact, contact_name, number, label, level, owner, is_same (the number itself was typed).
        """
        self._context.demand(CUSTOMERS.key, "view")
        if not phones.is_like_number(text):
            return self._by_name(text, limit)
        digits = phones.typed_digits(text)
        scope, hides_numbers = self._context.scope(CUSTOMERS), not self._context.sees_numbers
        hits = phone_search.find(self._db, digits, scope, limit, whole_only=hides_numbers)
        hits = [hit for hit in hits if hit.contact is None or self._context.may(CONTACTS.key, "view")]
        customers = self._rows(CUSTOMERS, {hit.customer for hit in hits})
        contacts = self._rows(CONTACTS, {hit.contact for hit in hits if hit.contact})
        return [
            self._match(hit.entity, hit.field, customers[hit.customer], contacts.get(hit.contact or 0))
            | {"is_same": hit.rank <= phone_search.LOCAL_RANK}
            for hit in hits
            if hit.customer in customers
        ]

    def _by_name(self, text: str, limit: int) -> list[Record]:
        if not text.strip() or text.strip().isdecimal():
            return []
        query = Query(text, limit=limit)
        customers = self._reader(CUSTOMERS).search(query, _shown(CUSTOMERS)).rows
        found = [self._match(CUSTOMERS.key, "", row) for row in customers]
        if self._context.may(CONTACTS.key, "view"):
            contacts = self._reader(CONTACTS).search(query, _shown(CONTACTS)).rows
            of = self._rows(CUSTOMERS, {row["customer"] for row in contacts})
            found += [
                self._match(CONTACTS.key, "", of[row["customer"]], row) for row in contacts if row["customer"] in of
            ]
        return found[:limit]

    def _match(self, entity: str, field: str, customer: Record, contact: Record | None = None) -> Record:
        """``field`` is where the number stands; without it the first number that the record has."""
        declared, row = (CONTACTS, contact) if contact else (CUSTOMERS, customer)
        field = field or next((name for name in declared.phone_fields if row[name]), "")
        return {
            "entity": entity, "record": row["id"], "customer": customer["id"], "is_same": False,
            "code": customer["code"], "name": customer["name"],
            "level": customer["level_text"], "owner": customer["owner_text"],
            "contact": contact["id"] if contact else None, "contact_name": contact["name"] if contact else "",
            "number": row[field] if field else "", "label": declared[field].label if field else "",
        }  # fmt: skip

    def _rows(self, entity: Entity, ids: set[int]) -> dict[int, Record]:
        rows = self._reader(entity).rows(sorted(ids), _shown(entity)) if ids else []
        return {row["id"]: row for row in rows}

    def _reader(self, entity: Entity) -> EntityReader:
        return self._records[entity.key]

    # -- what kind of number ---------------------------------------------------------------------------------------

    @requires("view")
    def problems(self, number: str) -> str:
        """Why this is no telephone number, in one sentence; "" when it is one."""
        try:
            phones.parse_phone(number)
        except FieldError as error:
            return str(error)
        return ""

    @requires("view")
    def place(self, number: str) -> NumberPlace:
        """What kind of number it is, and of a fixed line the city, or the cities that share its area code."""
        try:
            phone = phones.parse_phone(number)
        except FieldError:
            return NumberPlace("", "")
        code = phones.area_code(phone)
        if phone.kind == "foreign":
            code = "00" + phone.digits[:SHARED_PREFIX]
        return NumberPlace(KINDS[phone.kind], self._cities(code) if code else "")

    def _cities(self, code: str) -> str:
        rows = self._db.query(CITIES, (code,))
        if not rows or rows[0]["level"] == 1:
            return rows[0]["full_name"] if rows else ""
        named, above = list[str](), ""
        for row in rows:
            named.append(row["name"] if row["above"] == above else row["full_name"])
            above = row["above"]
        return "、".join(named)

    @requires("view")
    def proposal(self, number: str, entity: str) -> Values:
        """What a new customer or contact begins with: the number in the field that its kind demands."""
        try:
            phone = phones.parse_phone(number)
        except FieldError:
            return {} if phones.is_like_number(number) else {self._records[entity].entity.title: number.strip()}
        is_mobile = phone.kind == "mobile"
        fields = [each for each in self._records[entity].entity.fields if isinstance(each, Phone)]
        field = next(each for each in fields if each.is_mobile == is_mobile)
        return {field.name: phones.format_phone(phone)}

    # -- what is open ----------------------------------------------------------------------------------------------

    @requires("view")
    def overview(self, customer: int) -> Overview:
        """A customer at a glance; NotFound outside the operator's scope. What may not be seen is left out."""
        today, now = self._context.clock.today(), self._context.clock.local_minute()
        return Overview(
            customer=self._records[CUSTOMERS.key].get(customer),
            complaints=[
                {**row, "days": _days_since(row["date"], today), "is_overdue": (row["open_due_at"] or now) < now}
                for row in self._open("complaints", customer, ("type", "severity", "content", "status", "open_due_at"))
            ],
            feedback=self._open("feedback", customer, ("type", "content", "status")),
            interactions=self._of("interactions", customer, (), "-date", LAST_CALLS),
            follow_up=next(iter(self._promised(customer)), None),
        )

    def _open(self, key: str, customer: int, names: Sequence[str]) -> list[Record]:
        flow = self._records[key].entity.workflow
        assert flow is not None
        is_open = Condition("status", "!=", flow.last)
        return self._of(key, customer, (is_open,), "date", OPEN_SHOWN, ("number", "date", "handler", *names))

    def _promised(self, customer: int) -> list[Record]:
        waiting = (Condition("is_followed_up", "=", False), Condition("follow_up", "!=", None))
        return self._of("interactions", customer, waiting, "follow_up", 1)

    def _of(
        self, key: str, customer: int, conditions: Sequence[Condition], order: str, limit: int,
        names: Sequence[str] | None = None,
    ) -> list[Record]:  # fmt: skip
        if not self._context.may(key, "view"):
            return []
        mine = (Condition("customer", "=", customer), *conditions)
        columns = names or [*self._records[key].entity.list_columns, "time", "call_result", "content"]
        return self._records[key].search(Query(conditions=mine, order=order, limit=limit), columns).rows

    # -- the call itself -------------------------------------------------------------------------------------------

    @requires("create")
    def log(
        self,
        direction: str,
        customer: int,
        contact: int | None = None,
        number: str = "",
        result: Any = None,
        duration: Any = None,
        content: str = "",
        follow_up: Any = None,
        subject: str = "",
    ) -> int:
        """Keep a call of now as an interaction of one's own; its id. ValidationError names the fields of 业务往来."""
        if number and (problem := self.problems(number)):
            raise ValidationError({"phone_number": problem})
        values = {
            "subject": subject.strip() or _first_line(content) or SUBJECTS.get(direction, direction),
            "date": self._context.clock.today(), "time": self._context.clock.local_minute()[11:],
            "handler": self._context.operator.id,
            "customer": customer, "contact": contact, "direction": direction,
            "phone_number": phones.format_phone(phones.parse_phone(number)) if number else "",
            "call_result": result, "duration": duration, "content": content, "follow_up": follow_up,
        }  # fmt: skip
        return self._records["interactions"].create(values)


def _shown(entity: Entity) -> tuple[str, ...]:
    """What a match tells of a record."""
    return ("customer", "name", *entity.phone_fields) if entity is CONTACTS else (
        "code", "name", "level", "owner", *entity.phone_fields)  # fmt: skip


def _first_line(content: str) -> str:
    return next(iter(content.strip().splitlines()), "")[:LONGEST_SUBJECT]


def _days_since(day: str, today: date) -> int:
    return (today - date.fromisoformat(day)).days
