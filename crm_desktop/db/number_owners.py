"""Which records a telephone number leads to in a list: through their own numbers or those of what belongs to them."""

from functools import cached_property

from crm_desktop.db.connection import Connections
from crm_desktop.db.few import Ids
from crm_desktop.db.phone_search import AFTER_DIGITS, IS_WHOLE, rarest
from crm_desktop.db.statements import Clause, quote
from crm_desktop.models import ENTITIES, Entity, phones

MOST_LISTED = 10_000
"""More numbers with the digits are not read: a look at the records in their order then soon finds a page."""

WHOLE = f"""SELECT p.entity, p.record FROM phone_numbers p WHERE p.reversed IN (?, ?)
 UNION SELECT p.entity, p.record FROM phone_numbers p WHERE p.reversed > ? AND p.reversed < ?
  AND {IS_WHOLE.format(typed="?")}"""
"""Only the number itself, with or without its area code, for who may not see numbers."""
HOLDING = """SELECT p.entity, p.record FROM phone_trigrams CROSS JOIN phone_numbers p ON p.id = phone_trigrams.rowid
  WHERE phone_trigrams MATCH ? AND instr(p.digits, ?)
 UNION ALL SELECT entity, record FROM phone_numbers WHERE reversed = ?"""
"""Numbers that hold the digits, and the same number kept without its area code. CROSS JOIN, because the planner would
rather read every number."""
OWNERS = """WITH numbers AS MATERIALIZED ({numbers} LIMIT {most}), owners(id) AS ({owners})
 SELECT json_group_array(id), count(*), (SELECT count(*) FROM numbers) FROM owners"""
HAS_NUMBER = "EXISTS (SELECT 1 FROM phone_numbers p WHERE p.entity = ? AND p.record = {record} AND {is_it})"
IS_IT = "(instr(p.digits, ?) OR p.reversed = ?)"


class NumberOwners:
    """The records of an entity that have a number with the digits; ``whole_only`` for who may not see numbers."""

    def __init__(self, database: Connections, entity: Entity, digits: str, *, whole_only: bool) -> None:
        self._database = database
        self._entity = entity
        self._digits = digits
        self._local = phones.local_part(digits)[::-1]
        self._whole_only = whole_only
        self._children = [
            (each, reference)
            for each in ENTITIES.values()
            if (reference := each.owner_reference) and reference.entity == entity.key and each.phone_fields
        ]

    @cached_property
    def ids(self) -> Ids | None:
        """Those records; None when they are too many to read, as whole numbers never are."""
        own = "SELECT record FROM numbers WHERE entity = ?"
        theirs = [
            f"SELECT {quote(reference.name)} FROM {quote(child.table)}"
            f" WHERE deleted_at IS NULL AND id IN (SELECT record FROM numbers WHERE entity = ?)"
            for child, reference in self._children
        ]
        numbers = self._numbers()
        most = -1 if self._whole_only else MOST_LISTED + 1
        sql = OWNERS.format(numbers=numbers.sql, most=most, owners=" UNION ".join((own, *theirs)))
        keys = (self._entity.key, *(child.key for child, _ in self._children))
        listed, size, read = self._database.query(sql, (*numbers.parameters, *keys))[0]
        return None if read == most else Ids(listed, size)

    @property
    def predicate(self) -> Clause:
        """Over ``s``, the search row of a record."""
        if self.ids is not None:
            return Clause("s.id IN (SELECT value FROM json_each(?))", (self.ids.listed,))
        found = [HAS_NUMBER.format(record="s.id", is_it=IS_IT)]
        found += [
            f"EXISTS (SELECT 1 FROM {quote(child.table)} k WHERE k.{quote(reference.name)} = s.id"
            f" AND k.deleted_at IS NULL AND {HAS_NUMBER.format(record='k.id', is_it=IS_IT)})"
            for child, reference in self._children
        ]
        keys = (self._entity.key, *(child.key for child, _ in self._children))
        return Clause(" OR ".join(found), tuple(value for key in keys for value in (key, self._digits, self._local)))

    def _numbers(self) -> Clause:
        if not self._whole_only:
            return Clause(HOLDING, (rarest(self._database, self._digits), self._digits, self._local))
        backwards = self._digits[::-1]
        ends = (backwards, backwards + AFTER_DIGITS)
        return Clause(WHOLE, (backwards, self._local, *ends, backwards, backwards))
