"""What a question finds, decided record by record in plain Python from the Chinese meaning of each verb.

It reads the bare tables once, works out for itself what the views compute, and knows nothing of conditions or SQL.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from crm_desktop.db import Database
from crm_desktop.models import ENTITIES, RECORDS, Entity
from crm_desktop.models.field import Field
from crm_desktop.models.fields import (
    Choice,
    Date,
    DateTime,
    Flag,
    Note,
    Options,
    Reference,
    Region,
    Text,
    Timestamp,
)
from crm_desktop.models.question import Part, Question, Row

Record = dict[str, Any]
WIDE = "".join(chr(code) for code in range(0xFF01, 0xFF5F)) + "\u3000"
NARROW = "".join(chr(code) for code in range(0x21, 0x7F)) + " "
SAME_WIDTH = str.maketrans(WIDE, NARROW)
TITLES = {"operators": "full_name", "customers": "name", "contacts": "name", "products": "name", "complaints": "number"}


def plain(text: str) -> str:
    """As people compare: neither the width nor the case of a letter counts."""
    return text.translate(SAME_WIDTH).lower()


class Oracle:
    """The office as lists and dictionaries; ``today`` is the day that relative days count from."""

    def __init__(self, database: Database, today: date) -> None:
        self._today = today
        tables = {
            key: {row["id"]: dict(row) for row in database.query(f"SELECT * FROM {key}")}
            for key in (*(each.key for each in RECORDS), "operators", "dictionary_items")
        }
        self._all = tables
        self._regions = {row["code"]: dict(row) for row in database.query("SELECT * FROM regions")}
        self.records = {
            each.key: {number: row for number, row in tables[each.key].items() if row["deleted_at"] is None}
            for each in RECORDS
        }
        self._answered: dict[tuple[str, str, int | None], dict[int, list[Record]]] = {}
        self._visible: dict[tuple[str, int], dict[int, Record]] = {}
        for record in self._each_computed():
            record["customer_code"] = record["_of"]["code"]
            record["customer_owner"] = record["_of"]["owner"]
            record["customer_region"] = record["_of"]["region"]
            record["customer_level"] = record["_of"]["level"]

    def _each_computed(self) -> Iterator[Record]:
        for customer in self.records["customers"].values():
            customer |= {"primary_contact": None, "primary_mobile": None, "last_contact": None}
        for contact in self.records["contacts"].values():
            if contact["is_primary"]:
                owner = self.records["customers"][contact["customer"]]
                owner |= {"primary_contact": contact["name"], "primary_mobile": contact["mobile"]}
        for each in self.records["interactions"].values():
            owner = self.records["customers"][each["customer"]]
            owner["last_contact"] = max(owner["last_contact"] or "", each["date"])
        for each in self.records["complaints"].values():
            each["open_due_at"] = each["due_at"] if each["status"] in ("待处理", "处理中") else None
        for each in self.records["sales"].values():
            each["product_code"] = self._all["products"][each["product"]]["code"]
            each["net_amount"] = each["amount"] if each["kind"] == "销售" or each["amount"] is None else -each["amount"]
        nobody = dict.fromkeys(("code", "owner", "region", "level"))
        for key in ("contacts", "interactions", "feedback", "complaints", "sales", "memos"):
            for each in self.records[key].values():
                each["_of"] = self.records["customers"][each["customer"]] if each["customer"] else nobody
                yield each

    # -- deciding --------------------------------------------------------------------------------------------------

    def finds(self, question: Question, owner: int | None = None) -> set[int]:
        """Ids of the records that the question is true of; with ``owner`` only the world of that operator's customers."""
        entity = ENTITIES[question.entity]
        parts = [part for part in question.parts if part.rows or part.of]
        return {
            number
            for number, record in self.visible(entity, owner).items()
            if together(question.joined_by, [self._part_holds(entity, record, part, owner) for part in parts])
        }

    def visible(self, entity: Entity, owner: int | None) -> dict[int, Record]:
        records = self.records[entity.key]
        if owner is None or entity.key == "products":
            return records
        whose = {"customers": ["owner"], "memos": ["owner", "created_by", "customer_owner"]}
        names = whose.get(entity.key, ["customer_owner"])
        key = (entity.key, owner)
        if key not in self._visible:
            self._visible[key] = {
                number: record for number, record in records.items() if owner in [record[name] for name in names]
            }
        return self._visible[key]

    def _part_holds(self, entity: Entity, record: Record, part: Part, owner: int | None) -> bool:
        if not part.of:
            return self._rows_hold(entity, record, part) is part.has
        other = ENTITIES[part.of]
        there = self._other_side(entity, record, other, owner)
        return any(self._rows_hold(other, each, part) for each in there) is part.has

    def _other_side(self, entity: Entity, record: Record, other: Entity, owner: int | None) -> Iterator[Record]:
        visible = self.visible(other, owner)
        own = [each.name for each in entity.fields if isinstance(each, Reference) and each.entity == other.key]
        if own:
            found = visible.get(record[own[0]])
            return iter([found] if found else [])
        theirs = next(each.name for each in other.fields if isinstance(each, Reference) and each.entity == entity.key)
        return iter(self._referring(other, theirs, owner).get(record["id"], []))

    def _referring(self, other: Entity, by: str, owner: int | None) -> dict[int, list[Record]]:
        key = (other.key, by, owner)
        if key not in self._answered:
            found = self._answered[key] = {}
            for each in self.visible(other, owner).values():
                found.setdefault(each[by], []).append(each)
        return self._answered[key]

    def _rows_hold(self, entity: Entity, record: Record, part: Part) -> bool:
        return together(part.joined_by, [self.holds(entity[row.field], record[row.field], row) for row in part.rows])

    def holds(self, field: Field, stored: Any, row: Row) -> bool:
        """Whether what one field holds is what one row says."""
        match row.verb:
            case "empty":
                return stored in (None, "")
            case "filled":
                return stored not in (None, "")
            case "contains" | "not_contains":
                return (typed(field, row.value).strip() in plain(self.words(field, stored))) is (row.verb == "contains")
            case "starts":
                return plain(self.words(field, stored)).startswith(typed(field, row.value).strip())
            case "within" | "not_within":
                return (row.value in self.up(stored)) is (row.verb == "within")
            case "in" | "not_in":
                return (stored in row.value) is (row.verb == "in")
            case "=" | "!=":
                return self._is(field, stored, row.value) is (row.verb == "=")
        return stored not in (None, "") and self._ordered(field, stored, row)

    def _is(self, field: Field, stored: Any, value: Any) -> bool:
        if isinstance(field, Text):
            return plain(stored or "") == typed(field, value)
        if isinstance(field, Date | DateTime | Timestamp):
            return stored is not None and day_of(field, stored) == date.fromisoformat(value)
        if isinstance(field, Choice | Reference | Region | Options | Flag):
            return bool(stored == value)
        return bool(stored == field.accept(value, self._today))

    def _ordered(self, field: Field, stored: Any, row: Row) -> bool:
        mine: Any = day_of(field, stored) if isinstance(field, Date | DateTime | Timestamp) else stored

        def told(value: Any) -> Any:
            return date.fromisoformat(value) if isinstance(mine, date) else field.accept(value, self._today)

        match row.verb:
            case ">":
                return bool(mine > told(row.value))
            case ">=":
                return bool(mine >= told(row.value))
            case "<":
                return bool(mine < told(row.value))
            case "<=":
                return bool(mine <= told(row.value))
            case "between":
                low, high = row.value
                return (low in (None, "") or mine >= told(low)) and (high in (None, "") or mine <= told(high))
            case "last_days":
                return 0 <= (self._today - mine).days <= int(row.value)
            case "next_days":
                return 0 <= (mine - self._today).days <= int(row.value)
            case "before_days":
                return (self._today - mine).days > int(row.value)
        return SAID_OF_DAYS[row.verb](mine, self._today)

    # -- words -----------------------------------------------------------------------------------------------------

    def words(self, field: Field, stored: Any) -> str:
        if stored is None:
            return ""
        if isinstance(field, Choice):
            return str(self._all["dictionary_items"][stored]["name"])
        if isinstance(field, Region):
            return str(self._regions[stored]["full_name"])
        if isinstance(field, Reference):
            return str(self._all[field.entity][stored][TITLES[field.entity]])
        return str(stored)

    def up(self, code: str | None) -> list[str]:
        """The region and all it lies in."""
        return [code, *self.up(self._regions[code]["parent"])] if code else []


def together(word: str, answers: list[bool]) -> bool:
    """并且 or 或者; nothing said is true of everybody."""
    return not answers or (all(answers) if word == "all" else any(answers))


def typed(field: Field, text: str) -> str:
    """What somebody meant by a text: a line without superfluous spaces, a note as it stands."""
    return plain(text.rstrip() if isinstance(field, Note) else " ".join(text.split()) if isinstance(field, Text) else text.strip())


def day_of(field: Field, stored: str) -> date:
    """The office's own day of a stored day or time."""
    if isinstance(field, Timestamp):
        return datetime.fromisoformat(stored).replace(tzinfo=UTC).astimezone().date()
    return date.fromisoformat(stored[:10])


def monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def month(day: date) -> int:
    return day.year * 12 + day.month - 1


SAID_OF_DAYS: dict[str, Callable[[date, date], bool]] = {
    "today": lambda day, today: day == today,
    "yesterday": lambda day, today: (today - day).days == 1,
    "this_week": lambda day, today: monday(day) == monday(today),
    "last_week": lambda day, today: (monday(today) - monday(day)).days == 7,
    "this_month": lambda day, today: month(day) == month(today),
    "last_month": lambda day, today: month(day) == month(today) - 1,
    "this_quarter": lambda day, today: month(day) // 3 == month(today) // 3,
    "this_year": lambda day, today: day.year == today.year,
    "last_year": lambda day, today: day.year == today.year - 1,
}
