"""Reads customers and contacts as what they are compared by, some at a time, within the operator's scope."""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.db import pinyin
from crm_desktop.db.statements import quote
from crm_desktop.models import CONTACTS, CUSTOMERS, Entity, likeness
from crm_desktop.models.company_names import key_of, name_parts
from crm_desktop.models.likeness import SHORTEST_NUMBER, CompanyTraits, Likeness, PersonTraits

Traits = dict[int, Any]
Numbers = dict[int, dict[str, set[str]]]
BATCH = 2000
LISTED = "(SELECT value FROM json_each(?))"
NEXT = "SELECT t.id FROM {source} t WHERE t.id > ? AND t.deleted_at IS NULL AND ({scope}) ORDER BY t.id LIMIT ?"
LIVE = "SELECT {columns} FROM {table} t WHERE t.deleted_at IS NULL AND t.id IN " + LISTED
OWN_NUMBERS = f"""SELECT p.record AS id, p.field, p.digits FROM phone_numbers p
 WHERE p.entity = ? AND p.record IN {LISTED}"""
NUMBERS_OF_CONTACTS = f"""SELECT k.customer AS id, p.field, p.digits FROM contacts k
 JOIN phone_numbers p ON p.entity = 'contacts' AND p.record = k.id
 WHERE k.deleted_at IS NULL AND k.customer IN {LISTED}"""
OF_ONE_PERSON = ("mobile", "home_phone")


@dataclass(frozen=True)
class Kind:
    """How the records of one entity are compared."""

    entity: Entity
    columns: Sequence[str]
    traits: Callable[..., Any]
    read_traits: Callable[[Context, Sequence[Any]], Traits]
    blocks: Callable[[Any], set[str]]
    compare: Callable[[Any, Any], Likeness]

    def read(self, context: Context, ids: Iterable[int]) -> Traits:
        """What live records are compared by, by their ids."""
        columns = ", ".join(f"t.{quote(name)}" for name in ("id", *self.columns))
        sql = LIVE.format(columns=columns, table=quote(self.entity.table))
        return self.read_traits(context, context.db.query(sql, (json.dumps(list(ids)),)))

    def batches(self, context: Context) -> Iterator[list[int]]:
        """The ids of all live records that the operator may see, some at a time."""
        scope, last = context.scope(self.entity), 0
        sql = NEXT.format(source=quote(self.entity.source), scope=scope.sql)
        while batch := [row[0] for row in context.db.query(sql, (last, *scope.parameters, BATCH))]:
            yield batch
            last = batch[-1]


def _companies(context: Context, rows: Sequence[Any]) -> Traits:
    listed = json.dumps([row["id"] for row in rows])
    numbers = _numbers(context, [(OWN_NUMBERS, ("customers", listed)), (NUMBERS_OF_CONTACTS, (listed,))])
    return {row["id"]: _company(row, frozenset().union(*numbers[row["id"]].values())) for row in rows}


def _company(row: Any, numbers: frozenset[str]) -> CompanyTraits:
    place, core = name_parts(row["name"])
    return CompanyTraits(
        core, key_of(place, core), place, likeness.short_key(row["short_name"]), pinyin.full_pinyin(core),
        likeness.city_of(row["region"]), likeness.with_local(numbers), row["email"].casefold(),
        likeness.plain_address(row["address"]), likeness.plain(row["tax_number"]),
    )  # fmt: skip


def _persons(context: Context, rows: Sequence[Any]) -> Traits:
    numbers = _numbers(context, [(OWN_NUMBERS, ("contacts", json.dumps([row["id"] for row in rows])))])
    return {row["id"]: _person(row, numbers[row["id"]]) for row in rows}


def _person(row: Any, numbers: dict[str, set[str]]) -> PersonTraits:
    own = {digits for field in OF_ONE_PERSON for digits in numbers.get(field, ())}
    shared = {digits for found in numbers.values() for digits in found} - own
    chats = {f"{name}{text}" for name in ("wechat", "qq") if (text := row[name].casefold())}
    return PersonTraits(
        likeness.plain(row["name"]), pinyin.full_pinyin(row["name"], person=True), row["customer"],
        likeness.with_local(own), likeness.with_local(shared), row["email"].casefold(), frozenset(chats),
        likeness.plain_birthday(row["birthday"], row["birthday_calendar"]),
    )  # fmt: skip


def _numbers(context: Context, asked: Iterable[tuple[str, tuple[str, ...]]]) -> Numbers:
    """Digits by record and field, without those too short to tell anything."""
    found: Numbers = defaultdict(lambda: defaultdict(set))
    for sql, parameters in asked:
        for row in context.db.query(sql, parameters):
            if len(row["digits"]) >= SHORTEST_NUMBER:
                found[row["id"]][row["field"]].add(row["digits"])
    return found


KINDS = {
    CUSTOMERS.key: Kind(
        CUSTOMERS, ("name", "short_name", "region", "email", "address", "tax_number"),
        CompanyTraits, _companies, likeness.company_blocks, likeness.companies,
    ),
    CONTACTS.key: Kind(
        CONTACTS, ("name", "customer", "email", "wechat", "qq", "birthday", "birthday_calendar"),
        PersonTraits, _persons, likeness.person_blocks, likeness.persons,
    ),
}  # fmt: skip
"""What can be looked through for duplicates."""
