"""From a telephone number, whole or begun, to the customers and contacts it may belong to, the likeliest first."""

from collections.abc import Iterator
from typing import NamedTuple

from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import Clause
from crm_desktop.models.phones import local_part

CANDIDATES = 1000
"""Beyond this many numbers a few digits more are needed anyway."""
SHORTEST = 4
"""Fewer digits would name half the office."""
SHORTEST_LOCAL = 7
"""Fewer digits are no number without its area code."""
LONGEST_PART = 10
"""As many digits or fewer may stand in the middle of a number; more are a whole one, or its beginning or end."""
AFTER_DIGITS = ":"
"""The character behind 9: where the numbers that begin with given digits end."""

SAME = "SELECT * FROM phone_numbers WHERE reversed = ?"
ENDS = "SELECT * FROM phone_numbers WHERE reversed > ? AND reversed < ?"
BEGINS = "SELECT * FROM phone_numbers WHERE digits > ? AND digits < ?"
HOLDS = """SELECT p.* FROM phone_trigrams CROSS JOIN phone_numbers p ON p.id = phone_trigrams.rowid
 WHERE phone_trigrams MATCH ? AND instr(p.digits, ?)"""
IS_WHOLE = "(p.reversed = {typed} OR (p.digits GLOB '0*' AND length(p.digits) <= length({typed}) + 4))"
"""Of numbers that end with typed digits, those that are the same number, or that number with its area code;
``typed`` stands for the digits from the last to the first."""
SAMPLED = 5000
"""Of the first numbers of the office, to see which digits are rare."""
ASKED = 3
"""Triples of digits that leave few numbers to look at; every further one is gone through for nothing."""
OWNERS = """SELECT p.entity, p.record, p.field, p.digits, t.id AS customer, k.id AS contact
 FROM ({numbers} LIMIT {candidates}) p LEFT JOIN contacts k ON p.entity = 'contacts' AND k.id = p.record
 CROSS JOIN customers t ON t.id = CASE p.entity WHEN 'customers' THEN p.record ELSE k.customer END
 WHERE p.entity IN ('customers', 'contacts') AND k.deleted_at IS NULL AND t.deleted_at IS NULL AND ({scope})
 LIMIT ?"""


class Hit(NamedTuple):
    """A number of a customer's or a contact's; ``rank`` is 0 for the number itself, higher the less it says."""

    rank: int
    entity: str
    record: int
    field: str
    customer: int
    contact: int | None


SAME_RANK, LOCAL_RANK, BEGINS_RANK, HOLDS_RANK = range(4)


def find(database: Connections, digits: str, scope: Clause, limit: int, *, whole_only: bool = False) -> list[Hit]:
    """At most ``limit`` hits in the order of their rank, each field of a record once; ``scope`` is over customers.

    A whole number that is known is not looked for in the middle of others: that takes longest and helps least.
    ``whole_only`` is for who may not see numbers, and could guess them digit by digit otherwise.
    """
    found: dict[tuple[str, int, str], Hit] = {}
    for numbers in lookups(database, digits):
        is_known = whole_only or any(hit.rank <= LOCAL_RANK for hit in found.values())
        if len(found) >= limit or (is_known and numbers.sql == HOLDS):
            break
        sql = OWNERS.format(numbers=numbers.sql, candidates=CANDIDATES, scope=scope.sql)
        for row in database.query(sql, (*numbers.parameters, *scope.parameters, limit)):
            key = (row["entity"], row["record"], row["field"])
            hit = Hit(rank_of(row["digits"], digits), *key, row["customer"], row["contact"])
            found[key] = min(hit, found.get(key, hit))
    hits = [hit for hit in found.values() if not whole_only or hit.rank <= LOCAL_RANK]
    return sorted(hits)[:limit]


def lookups(database: Connections, digits: str) -> Iterator[Clause]:
    """The quickest and likeliest first: each is asked only when those before it found too little."""
    backwards, local = digits[::-1], local_part(digits)
    if len(digits) < SHORTEST:
        return
    yield Clause(SAME, (backwards,))
    if local != digits:
        yield Clause(SAME, (local[::-1],))
    if len(digits) >= SHORTEST_LOCAL:
        yield Clause(ENDS, (backwards, backwards + AFTER_DIGITS))
    yield Clause(BEGINS, (digits, digits + AFTER_DIGITS))
    if len(digits) <= LONGEST_PART:
        yield Clause(HOLDS, (rarest(database, digits), digits))


def rarest(database: Connections, digits: str) -> str:
    """What the index of trigrams is asked for: the rarest of a number's triples, for 000 is in every other number."""
    triples = list(dict.fromkeys(digits[place : place + 3] for place in range(len(digits) - 2)))
    if len(triples) > ASKED:
        one = f"(SELECT count(*) FROM phone_trigrams WHERE phone_trigrams MATCH ? AND rowid <= {SAMPLED})"
        counts = database.query(f"SELECT {', '.join([one] * len(triples))}", [f'"{triple}"' for triple in triples])[0]
        triples = [triple for _, triple in sorted(zip(counts, triples, strict=True))[:ASKED]]
    return " ".join(f'"{triple}"' for triple in triples)


def rank_of(stored: str, typed: str) -> int:
    if stored == typed:
        return SAME_RANK
    if local_part(stored) == typed or stored == local_part(typed):
        return LOCAL_RANK
    return BEGINS_RANK if stored.startswith(typed) else HOLDS_RANK
