"""Rules between the fields of a record, and between records: dates in order, one of a number, one 主联系人."""

import json
from collections.abc import Iterator

from crm_desktop.controllers.checks.findings import CORRECT, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.db.statements import quote
from crm_desktop.models import CONTACTS, CUSTOMERS, ENTITIES, Entity

SECOND_PRIMARIES = """SELECT k.id FROM contacts k WHERE k.is_primary = 1 AND k.deleted_at IS NULL AND EXISTS (
  SELECT 1 FROM contacts o WHERE o.customer = k.customer AND o.is_primary = 1 AND o.deleted_at IS NULL
   AND o.id < k.id) ORDER BY k.id"""
GIVE_UP = """UPDATE contacts SET is_primary = 0, version = version + 1, updated_at = ?, updated_by = ?
 WHERE id IN (SELECT value FROM json_each(?))"""


def dates_in_order(reading: Reading) -> Iterator[Finding]:
    """Compared as when they are saved: a day with a time on it by the day."""
    for entity in ENTITIES.values():
        for later, earlier in entity.in_order:
            end, begin = quote(later), quote(earlier)
            sql = (
                f"SELECT id FROM {quote(entity.table)} WHERE {end} <> '' AND {begin} <> ''"
                f" AND substr({end}, 1, length({begin})) < substr({begin}, 1, length({end})) ORDER BY id"
            )
            records = [row[0] for row in reading.rows(sql)]
            if records:
                sentence = f"{entity.label}的{entity[later].label}早于{entity[earlier].label}。"
                yield Finding("values", sentence, len(records), False, CORRECT, reading.records(entity, records))


def unique_values(reading: Reading) -> Iterator[Finding]:
    """Numbers and names that two records share; a customer's code is not even given to one after another."""
    for entity in ENTITIES.values():
        for name in entity.unique:
            records = [row[0] for row in reading.rows(_shared(entity, name))]
            if records:
                sentence = f"{entity.label}的“{entity[name].label}”有重复。"
                yield Finding("values", sentence, len(records), False, CORRECT, reading.records(entity, records))


def _shared(entity: Entity, name: str) -> str:
    table, value = quote(entity.table), quote(name)
    living = "" if entity is CUSTOMERS else "WHERE deleted_at IS NULL"
    doubles = f"SELECT upper({value}) FROM {table} {living} GROUP BY upper({value}) HAVING count(*) > 1"
    return f"SELECT id FROM {table} {living or 'WHERE 1'} AND upper({value}) IN ({doubles}) ORDER BY id"


def one_primary(reading: Reading) -> Iterator[Finding]:
    """At most one contact of a customer is the 主联系人."""
    records = [row[0] for row in reading.rows(SECOND_PRIMARIES)]
    if records:
        yield Finding(
            "primary", "同一客户有几个主联系人。", len(records), True, "保留最早的一个，其余改为普通联系人。",
            reading.records(CONTACTS, records), tuple(records),
        )  # fmt: skip


def keep_first_primary(context: Context, finding: Finding) -> None:
    records = [row["id"] for row in context.db.query(SECOND_PRIMARIES)]
    with context.operation("repair", finding.sentence) as operation:
        stamp = (context.clock.timestamp(), context.operator.id)
        context.db.execute(GIVE_UP, (*stamp, json.dumps(records)))
        for record in records:
            context.audit_change(operation, CONTACTS.key, record, {"is_primary": 1}, {"is_primary": 0})
        context.changed(CONTACTS.key, records)
