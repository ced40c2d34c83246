"""The search tables: every record's key as it would be written now, and the words that lead to it."""

from collections import Counter
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from crm_desktop.controllers.checks.findings import Example, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.db import search_index
from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import quote
from crm_desktop.errors import DatabaseError
from crm_desktop.models import ENTITIES, Entity

SENTENCE = "查找索引与记录不一致，快速查找可能漏掉或多出记录。"
REMEDY = "从记录重建查找索引，记录不变。"
PHONES = "SELECT record, field, digits, reversed FROM phone_numbers WHERE entity = ? ORDER BY record"
VERSION = "SELECT value FROM settings WHERE operator = 0 AND key = 'search_version'"
DIGITS = "SELECT digits FROM phone_numbers"
KEY = ("name_sort", "text", "initials", "name_key")


def in_step(reading: Reading) -> Iterator[Finding]:
    """One finding for all that is not in step: one repair makes all of it anew."""
    examples: list[Example] = []
    count = 0
    try:
        if reading.db.value(VERSION) != str(search_index.SEARCH_VERSION):
            count, examples = 1, [Example("查找索引是按旧的规则建立的。")]
        for entity in ENTITIES.values():
            for look in (_records_of, _words_of, _phones_of):
                number, found = look(reading, entity)
                count += number
                examples += found
        count += _trigrams(reading)
    except DatabaseError as error:
        count, examples = count + 1, [*examples, Example(str(error))]
    if count:
        yield Finding("search", SENTENCE, count, True, REMEDY, tuple(examples))


def rebuild(context: Context, finding: Finding) -> None:
    search_index.rebuild(context.db)


def _records_of(reading: Reading, entity: Entity) -> tuple[int, tuple[Example, ...]]:
    """Records whose stored key is not what it would be now, and keys without a record."""
    if not entity.is_searchable:
        return 0, ()
    names = list(dict.fromkeys(("id", entity.title, *entity.search_fields)))
    table, keys = quote(entity.table), quote(f"{entity.key}_search")
    chosen = ", ".join([*(f"t.{quote(name)}" for name in names), *(f"s.{name}" for name in KEY)])
    wrong = []
    for row in reading.rows(f"SELECT {chosen} FROM {table} t LEFT JOIN {keys} s ON s.id = t.id"):
        record = dict(zip(names, row, strict=False))
        if search_index.search_row(entity, record)[1:] != row[len(names) :]:
            wrong.append(record["id"])
    lost = int(reading.db.value(f"SELECT count(*) FROM {keys} WHERE id NOT IN (SELECT id FROM {table})"))
    return len(wrong) + lost, reading.records(entity, wrong, "：查找不到或查找有误")


def _words_of(reading: Reading, entity: Entity) -> tuple[int, tuple[Example, ...]]:
    """Words that lead to more or fewer records than have them: the index itself tells only how many."""
    if not entity.is_searchable:
        return 0, ()
    expected: Counter[str] = Counter()
    for row in reading.rows(f"SELECT name_sort, text, initials FROM {quote(f'{entity.key}_search')}"):
        expected.update(search_index.indexed_text(*map(str, row)).split())
    return _apart(expected, reading, f"{entity.key}_bigrams"), ()


def _trigrams(reading: Reading) -> int:
    expected: Counter[str] = Counter()
    for (digits,) in reading.rows(DIGITS):
        text = str(digits)
        expected.update({text[place : place + 3] for place in range(len(text) - 2)})
    return _apart(expected, reading, "phone_trigrams")


def _apart(expected: Counter[str], reading: Reading, index: str) -> int:
    """How many words of a full-text index are not there as often as expected."""
    stored = {str(term): documents for term, documents in vocabulary(reading.db, index)}
    return len(stored.items() ^ expected.items())


def vocabulary(database: Connections, index: str) -> list[Any]:
    """(word, how many rows have it) of a full-text index."""
    database.execute(f"CREATE VIRTUAL TABLE temp.vocabulary USING fts5vocab(main, {quote(index)}, 'row')")
    try:
        return [tuple(row) for row in database.execute("SELECT term, doc FROM temp.vocabulary")]
    finally:
        database.execute("DROP TABLE temp.vocabulary")


def _phones_of(reading: Reading, entity: Entity) -> tuple[int, tuple[Example, ...]]:
    """Records whose telephone numbers are not indexed as they stand in the record."""
    if not entity.phone_fields:
        return 0, ()
    stored = {
        record: sorted(row[1:] for row in rows)
        for record, rows in groupby(reading.rows(PHONES, (entity.key,)), key=lambda row: row[0])
    }
    names = ("id", *entity.phone_fields)
    wrong = []
    for row in reading.rows(f"SELECT {', '.join(map(quote, names))} FROM {quote(entity.table)}"):
        if _numbers(entity, row[1:]) != stored.pop(row[0], []):
            wrong.append(row[0])
    return len(wrong) + len(stored), reading.records(entity, wrong, "：电话查找有误")


def _numbers(entity: Entity, texts: tuple[object, ...]) -> list[tuple[str, str, str]]:
    pairs = [(field, str(text)) for field, text in zip(entity.phone_fields, texts, strict=True) if text]
    found = [(field, digits) for field, text in pairs for digits in search_index.phone_digits(text)]
    return sorted((field, digits, digits[::-1]) for field, digits in found)
