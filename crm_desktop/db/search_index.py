"""Writes the derived search tables: names by pinyin, bigrams of text and initials, and telephone digits.

Each row's exact indexed text is stored, because a contentless FTS5 table can only forget text it is told again.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import accumulate, islice, takewhile
from operator import add, itemgetter
from typing import Any

from crm_desktop.db import pinyin, schema
from crm_desktop.db.connection import MANY_ROWS, Connections
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES, Entity, phones
from crm_desktop.models.company_names import normalised_company_name
from crm_desktop.models.text import search_text

SEARCH_VERSION = 4
BATCH = 2000
LISTED = "(SELECT value FROM json_each(?))"
OF_RECORDS = f"entity = ? AND record IN {LISTED}"
MARK = "ǁ"
"""A letter that no name has; it makes words of the index that are no pair."""
DEPTHS = (2, 3, 4)
"""Syllables of a name's beginnings that are indexed."""
DIGIT_TRIPLES = re.compile("(?=([0-9]{3}))")
LAST_LETTER = re.compile(r"[^\W_\x00-\x7f](?![^\W_])")
Record = Mapping[str, Any]
OnProgress = Callable[[int, int], object]
"""Records done, of how many; it may raise to stop the work."""


def grams(text: str) -> str:
    """The overlapping letter pairs of a normalised text, as words for FTS5; pairs with punctuation are left out.

    Digits come in threes too: a hundred pairs of digits would name every customer code.
    """
    pairs = filter(str.isalnum, map(add, text, text[1:]))
    return " ".join(dict.fromkeys((*pairs, *DIGIT_TRIPLES.findall(text))))


def indexed_text(name_sort: str, text: str, initials: str) -> str:
    """All words by which a record is found: its pairs, what stands before no other letter, how its name begins."""
    whole = text if initials in text else f"{text}\n{initials}"  # the customary initials are in it as 拼音码
    return " ".join((grams(whole), *last_letters(text), *heads(name_sort)))


def last_letters(text: str) -> list[str]:
    """Each last letter with the mark behind it: so every Chinese character begins some word of the index."""
    return sorted({f"{letter}{MARK}" for letter in LAST_LETTER.findall(text)})


def heads(name_sort: str) -> list[str]:
    """A name's beginnings of every depth that it has."""
    syllables = takewhile(str.isascii, first_syllables(name_sort, DEPTHS[-1]))
    begun = list(accumulate(f"{MARK}{each}" for each in syllables))
    return begun[DEPTHS[0] - 1:]


def head(name_sort: str, depth: int) -> str:
    """The first syllables of a name as one word; nothing when it has not so many, or what FTS5 might fold."""
    syllables = first_syllables(name_sort, depth)
    is_plain = len(syllables) == depth and all(each.isascii() for each in syllables)
    return MARK + MARK.join(syllables) if is_plain else ""


def first_syllables(name_sort: str, most: int) -> list[str]:
    """Without the characters that follow a name's syllables in its place in the order."""
    return name_sort.partition("\t")[0].split(" ", most)[:most]


def search_row(entity: Entity, record: Record) -> tuple[int, str, str, str, str]:
    """(id, name_sort, text, initials, name_key) of one record."""
    name = record[entity.title]
    text = "\n".join(search_text(record[field]) for field in entity.search_fields if record[field])
    spelling = pinyin.spell(name, entity.is_person)
    return record["id"], spelling.sort, text, spelling.initials, normalised_company_name(name)


def concerns(entity: Entity, names: Iterable[str]) -> bool:
    """Whether a change of these fields changes what is indexed."""
    return not {entity.title, *entity.search_fields, *entity.phone_fields}.isdisjoint(names)


def add_records(database: Connections, entity: Entity, records: Iterable[Record]) -> None:
    """Index new records, in batches, inside the caller's transaction."""
    remaining = iter(records)
    while batch := list(islice(remaining, BATCH)):
        if entity.is_searchable:
            _add_search_rows(database, entity, [search_row(entity, record) for record in batch])
        if entity.phone_fields:
            _add_phones(database, entity, batch)


def _add_search_rows(database: Connections, entity: Entity, rows: Sequence[tuple[int, str, str, str, str]]) -> None:
    """In the order of the names, the widest index: so its pages are each read and changed once, not at random."""
    table, words = quote(f"{entity.key}_search"), quote(f"{entity.key}_bigrams")
    by_name = sorted(rows, key=itemgetter(1))
    database.executemany(
        f"INSERT INTO {table} (id, name_sort, text, initials, name_key) VALUES (?, ?, ?, ?, ?)", by_name
    )
    database.executemany(
        f"INSERT INTO {words} (rowid, bigrams) VALUES (?, ?)", [(row[0], indexed_text(*row[1:4])) for row in rows]
    )


def _add_phones(database: Connections, entity: Entity, records: Sequence[Record]) -> None:
    found = [
        (digits, digits[::-1], entity.key, record["id"], field)
        for record in records
        for field in entity.phone_fields
        if record[field]
        for digits in phone_digits(record[field])
    ]
    if not found:
        return
    start = (database.value("SELECT max(id) FROM phone_numbers") or 0) + 1
    numbered = [(number, *row) for number, row in enumerate(sorted(found), start)]  # as in the index of digits
    database.executemany("INSERT INTO phone_numbers VALUES (?, ?, ?, ?, ?, ?)", numbered)
    database.executemany(
        "INSERT INTO phone_trigrams (rowid, digits) VALUES (?, ?)", [(row[0], row[1]) for row in numbered]
    )


def phone_digits(text: str) -> list[str]:
    """The bare digits of each number in a field, country prefix and extension removed."""
    plain = phones.plain_digits(text)
    if plain:
        return [plain]
    return [digits for part in phones.split_numbers(text) if (digits := phones.canonical(part))]


def remove_records(database: Connections, entity: Entity, ids: Sequence[int]) -> None:
    """Forget records, in batches, before they are indexed anew or purged."""
    for start in range(0, len(ids), BATCH):
        listed = json.dumps(list(ids[start : start + BATCH]))
        if entity.is_searchable:
            _remove_search_rows(database, entity, listed)
        if entity.phone_fields:
            _remove_phones(database, entity, listed)


def _remove_search_rows(database: Connections, entity: Entity, listed: str) -> None:
    table, words = quote(f"{entity.key}_search"), quote(f"{entity.key}_bigrams")
    rows = database.query(f"SELECT id, name_sort, text, initials FROM {table} WHERE id IN {LISTED}", (listed,))
    database.executemany(
        f"INSERT INTO {words} ({words}, rowid, bigrams) VALUES ('delete', ?, ?)",
        ((row[0], indexed_text(*row[1:4])) for row in rows),
    )
    database.execute(f"DELETE FROM {table} WHERE id IN {LISTED}", (listed,))


def _remove_phones(database: Connections, entity: Entity, listed: str) -> None:
    rows = database.query(f"SELECT id, digits FROM phone_numbers WHERE {OF_RECORDS}", (entity.key, listed))
    database.executemany(
        "INSERT INTO phone_trigrams (phone_trigrams, rowid, digits) VALUES ('delete', ?, ?)",
        (tuple(row) for row in rows),
    )
    database.execute(f"DELETE FROM phone_numbers WHERE {OF_RECORDS}", (entity.key, listed))


def replace_records(database: Connections, entity: Entity, records: Sequence[Record]) -> None:
    remove_records(database, entity, [record["id"] for record in records])
    add_records(database, entity, records)


def rebuild(database: Connections, on_progress: OnProgress = lambda done, total: None) -> None:
    """Make every search table anew, as schema.sql has it, from the records, in one transaction."""
    indexed = [entity for entity in ENTITIES.values() if entity.is_searchable or entity.phone_fields]
    with database.roomy(MANY_ROWS), database.atomic():
        schema.recreate_derived(database)
        total, done = sum(database.value(f"SELECT count(*) FROM {quote(each.table)}") for each in indexed), 0

        def told(rows: Iterable[Any]) -> Iterator[Record]:
            nonlocal done
            for row in rows:
                if done % BATCH == 0:
                    on_progress(done, total)
                done += 1
                yield dict(row)

        for entity in indexed:
            add_records(database, entity, told(database.execute(f"SELECT * FROM {quote(entity.table)}")))
        database.execute(
            "INSERT INTO settings (operator, key, value) VALUES (0, 'search_version', ?)"
            " ON CONFLICT DO UPDATE SET value = excluded.value",
            (str(SEARCH_VERSION),),
        )


def rebuild_when_outdated(database: Connections, on_progress: OnProgress = lambda done, total: None) -> None:
    stored = database.value("SELECT value FROM settings WHERE operator = 0 AND key = 'search_version'")
    if stored != str(SEARCH_VERSION):
        rebuild(database, on_progress)
