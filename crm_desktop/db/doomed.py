"""Records chosen to leave the file for ever: they stand in a temporary table and are taken out set by set."""

import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass

from crm_desktop.db import search_index, serials
from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import Clause, quote
from crm_desktop.errors import DatabaseError
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Choice, Reference

ATTACHMENTS, ITEMS = "attachments", "dictionary_items"
MAIL, LETTERS, ENCLOSURES = "mail_jobs", "mail_messages", "mail_attachments"
"""A job of 发送邮件, who got its letter, and the files that went with it."""
OTHERS = (ATTACHMENTS, ITEMS, MAIL, LETTERS, ENCLOSURES)
BATCH = 2000
LISTED = "IN (SELECT value FROM json_each(?))"
CREATE = """CREATE TEMP TABLE doomed (entity TEXT NOT NULL, record INTEGER NOT NULL, PRIMARY KEY (entity, record))
 WITHOUT ROWID"""
DROP = "DROP TABLE IF EXISTS temp.doomed"
CHOSEN = "(SELECT record FROM doomed WHERE entity = '{}')"
COUNTS = "SELECT entity, count(*) AS number FROM doomed GROUP BY entity"
WITH_RECORDS = """INSERT OR IGNORE INTO doomed SELECT 'attachments', a.id FROM attachments a
 JOIN doomed d ON d.entity = a.entity AND d.record = a.record"""
OF_THOSE_SPARED = """DELETE FROM doomed WHERE entity = 'attachments' AND record IN (SELECT a.id FROM attachments a
 WHERE a.entity = ? AND a.record = ?)"""
KEEPERS = f"SELECT DISTINCT entity FROM attachments WHERE id IN {CHOSEN.format(ATTACHMENTS)}"
AUDIT = "INSERT INTO audit (operation, entity, record, kind) SELECT ?, entity, record, 'purge' FROM doomed"
NEXT = "SELECT record FROM doomed WHERE entity = ? AND record > ? ORDER BY record LIMIT ?"


@dataclass(frozen=True)
class Use:
    """Records that were spared because others, which stay, refer to them."""

    entity: str
    """What was spared."""
    where: str
    """The field that refers to it: 业务往来的联系人."""
    number: int
    """How many records refer."""
    records: tuple[int, ...]


class Doomed:
    """Use it as a context: the choice is forgotten at its end.

    Keys are those of entities and the tables of ``OTHERS``.
    """

    def __init__(self, database: Connections) -> None:
        self._db = database

    def __enter__(self) -> "Doomed":
        self._db.execute(DROP)
        self._db.execute(CREATE)
        return self

    def __exit__(self, *error: object) -> None:
        with suppress(DatabaseError):  # the transaction may be undone already, and the table with it
            self._db.execute(DROP)

    # -- choosing --------------------------------------------------------------------------------------------------

    def choose(self, key: str, ids: Clause) -> None:
        """Add the records whose ids a SELECT gives."""
        self._db.execute(f"INSERT OR IGNORE INTO doomed SELECT ?, * FROM ({ids.sql})", (key, *ids.parameters))

    def choose_listed(self, key: str, ids: Sequence[int]) -> None:
        self.choose(key, Clause("SELECT value FROM json_each(?)", (json.dumps(list(ids)),)))

    def choose_owned(self) -> None:
        """Add what belongs to those chosen: it cannot stay without its owner."""
        for child, field in owned():
            chosen = CHOSEN.format(field.entity)
            self.choose(child.key, Clause(f"SELECT id FROM {quote(child.table)} WHERE {quote(field.name)} IN {chosen}"))
        self._db.execute(WITH_RECORDS)
        for key in (LETTERS, ENCLOSURES):
            self.choose(key, Clause(f"SELECT id FROM {key} WHERE job IN {CHOSEN.format(MAIL)}"))

    def spare_used(self) -> list[Use]:
        """Take back what others that stay refer to, and what belongs together with it."""
        found: list[Use] = []
        while uses := list(self._uses()):
            for use in uses:
                self._spare(use.entity, use.records)
            found += uses
        return found

    def _uses(self) -> Iterator[Use]:
        chosen = self.counts()
        for other, name, target in referring():
            if target not in chosen:
                continue  # or every record would be looked at for nothing
            rows = self._db.query(
                f"SELECT t.{quote(name)}, count(*) FROM {quote(other.table)} t"
                f" WHERE t.{quote(name)} IN {CHOSEN.format(target)} AND NOT EXISTS"
                " (SELECT 1 FROM doomed d WHERE d.entity = ? AND d.record = t.id) GROUP BY 1",
                (other.key,),
            )
            if rows:
                where = f"{other.label}的{other[name].label}"
                yield Use(target, where, sum(row[1] for row in rows), tuple(row[0] for row in rows))

    def _spare(self, key: str, records: Sequence[int]) -> None:
        """A record that stays keeps what belongs to it."""
        self._db.executemany("DELETE FROM doomed WHERE entity = ? AND record = ?", ((key, each) for each in records))
        self._db.executemany(OF_THOSE_SPARED, ((key, each) for each in records))
        for child, field in owned():
            if field.entity == key:
                sql = f"SELECT id FROM {quote(child.table)} WHERE {quote(field.name)} {LISTED}"
                own = [row[0] for row in self._db.query(sql, (json.dumps(list(records)),))]
                if own:
                    self._spare(child.key, own)

    # -- asking ----------------------------------------------------------------------------------------------------

    def counts(self) -> dict[str, int]:
        """How many of each kind are chosen now, in the order of the declarations."""
        found = {row["entity"]: row["number"] for row in self._db.query(COUNTS)}
        return {key: found[key] for key in (*ENTITIES, *OTHERS) if key in found}

    def batches(self, key: str) -> Iterator[list[int]]:
        """The chosen ids of one kind, some at a time."""
        last = -1
        while batch := [row[0] for row in self._db.query(NEXT, (key, last, BATCH))]:
            yield batch
            last = batch[-1]

    def owners(self, key: str) -> list[int]:
        """Whom the chosen records of one kind belong to."""
        field = ENTITIES[key].owner_reference
        assert field is not None
        sql = f"SELECT DISTINCT {quote(field.name)} FROM {quote(key)} WHERE id IN {CHOSEN.format(key)}"
        return [row[0] for row in self._db.query(sql)]

    def keepers(self) -> list[str]:
        """The kinds of records that the chosen attachments are kept with."""
        return [row[0] for row in self._db.query(KEEPERS)]

    # -- taking out ------------------------------------------------------------------------------------------------

    def take_out(self, operation: int) -> Iterator[int]:
        """Remove everything chosen inside the caller's transaction; tells how many records each step has done.

        Their numbers and codes stay used, their steps and search rows go, the log says which they were.
        """
        self._db.execute("PRAGMA defer_foreign_keys = ON")  # they refer to each other, too
        self._db.execute(AUDIT, (operation,))
        for key in self.counts():
            if key in ENTITIES:
                yield from self._prepare(ENTITIES[key])
        for key, number in self.counts().items():
            self._db.execute(f"DELETE FROM {quote(key)} WHERE id IN {CHOSEN.format(key)}")
            yield number

    def _prepare(self, entity: Entity) -> Iterator[int]:
        """What hangs on the records of one entity."""
        chosen = CHOSEN.format(entity.key)
        self._db.execute(f"DELETE FROM drafts WHERE entity = ? AND record IN {chosen}", (entity.key,))
        for name in ("one", "other"):
            self._db.execute(f"DELETE FROM not_duplicates WHERE entity = ? AND {name} IN {chosen}", (entity.key,))
        if entity.number_fields:
            retire_numbers(self._db, entity)
        if entity.workflow:
            self._db.execute(f"DELETE FROM transitions WHERE entity = ? AND record IN {chosen}", (entity.key,))
        if entity.is_searchable or entity.phone_fields:
            for batch in self.batches(entity.key):
                search_index.remove_records(self._db, entity, batch)
                yield len(batch)


def owned() -> Iterator[tuple[Entity, Reference]]:
    """Entities whose records belong to another's, with the reference to it."""
    for entity in ENTITIES.values():
        if entity.owner_reference is not None:
            yield entity, entity.owner_reference


def referring() -> Iterator[tuple[Entity, str, str]]:
    """(entity, field, what it refers to) of every declared field that refers to something that can be purged."""
    for entity in ENTITIES.values():
        for field in entity.fields:
            if isinstance(field, Reference):
                yield entity, field.name, field.entity
            elif isinstance(field, Choice):
                yield entity, field.name, ITEMS


def retire_numbers(database: Connections, entity: Entity) -> None:
    """Of the chosen records: one that was typed by hand may lie ahead of those that are given out."""
    for name in entity.number_fields:
        sql = f"SELECT {quote(name)} FROM {quote(entity.table)} WHERE id IN {CHOSEN.format(entity.key)}"
        serials.retire_all(database, (row[0] for row in database.query(sql)))
