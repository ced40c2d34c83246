"""The quick search: which index answers a typed word, and the SQL that verifies every hit.

A word is looked up in the index first. When few records hold it, those are read and sorted; when many do, the
records are scanned in the order of their names instead, which ends early because hits are frequent.
"""

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from crm_desktop.db import few, word_index
from crm_desktop.db.conditions import Compiler, field_of
from crm_desktop.db.connection import Connections
from crm_desktop.db.few import Ids, listed
from crm_desktop.db.number_owners import NumberOwners
from crm_desktop.db.statements import ALWAYS, Begin, Clause, Selection, column, join, quote, sort_expression
from crm_desktop.db.word_index import WordIndex
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, Entity, Query, phones
from crm_desktop.models.fields import Text
from crm_desktop.models.text import search_text

ALWAYS_THERE = ("id", "created_at", "updated_at")
PHONE = re.compile(r"[+(]?[0-9][0-9()\-+.]*")
BEYOND = "\U0010ffff"
"""Sorts after anything that a number may go on with."""
NUMBER = re.compile(r"[a-z]{2}\d{3,8}(-\d*)?")
LATIN = re.compile(r"[a-z0-9]*[a-z][a-z0-9]*")
VOWEL = re.compile("[aeiouv]")
"""Every syllable has one; most initials have none and need no scan."""


@dataclass(frozen=True)
class Word:
    """One word of the quick search: the ids its index names (None: too many, or no index), and how to verify."""

    ids: Ids | None
    predicate: Clause
    match: str = ""
    """What the index is asked for, unless it has named the ids."""


def selection(
    database: Connections,
    entity: Entity,
    query: Query,
    scope: Callable[[Entity], Clause],
    today: date,
    *,
    hides_numbers: bool = False,
) -> Selection:
    """Everything a Query asks for, as FROM, WHERE and ORDER BY; ``scope`` limits it to the operator's own rows.

    With ``hides_numbers`` telephones are found by whole numbers only, and neither compared nor an order.
    """
    words = find_words(database, entity, query.text, hides_numbers)
    find_text = partial(matching, database, hides_numbers=hides_numbers)
    compiler = Compiler(today, scope, find_text, hides_numbers)
    limits = [each for each in (scope(entity), compiler.all(entity, query.conditions)) if each != ALWAYS]
    order = query.order or entity.order
    if hides_numbers and order.removeprefix("-") in entity.hidden_fields:
        order = entity.order
    name, is_descending = order.removeprefix("-"), order.startswith("-")
    by_name = entity.is_searchable and name == entity.title
    needs_record = bool(limits) or not by_name
    alive = Clause("t.deleted_at IS NULL") if needs_record else not_deleted(entity)
    asks_records = by_name and bool(limits) and not words
    start: Callable[[], Begin | None] = no_begin
    if asks_records:
        start = partial(few.begin, database, entity, join("AND", [alive, *limits]))
    elif by_name and not is_descending:
        start = partial(begin, database, entity, words, needs_record)
    return Selection(
        records=quote(entity.source),
        source=source(entity, words, entity.is_searchable and (bool(words) or by_name), needs_record),
        where=join("AND", [alive, *limits, *(word.predicate for word in words)]),
        order_key="s.name_sort" if by_name else order_key(entity, name),
        is_descending=is_descending,
        has_nulls=not (by_name or is_always_there(entity, name)),
        id_column="s.id" if by_name else "t.id",
        begin=start,
        whole=few.all_that_match(entity) if asks_records else None,
    )


def no_begin() -> None:
    """Any record may be the first one."""


def begin(database: Connections, entity: Entity, words: Sequence[Word], needs_record: bool) -> Begin | None:
    """Where a scan in the order of names may begin, when it is frequent words that are looked for."""
    matches = [word.match for word in words if word.match]
    index = WordIndex(database, entity)
    if not matches or any(word.ids for word in words):
        return None
    if index.has_page_soon(join("AND", [word.predicate for word in words])):
        return None
    found = next((found for match in matches if (found := index.begin(match))), None)
    return found and Begin(found.name_sort, listed(entity, found.before, needs_record))


def is_always_there(entity: Entity, name: str) -> bool:
    """Whether every record has a value to order by, so that a page may begin anywhere in the field's index."""
    field = entity.writable.get(name)
    return name in ALWAYS_THERE or (field is not None and field.required and sort_expression(field) == column(name))


def not_deleted(entity: Entity) -> Clause:
    """For a search that reads no record: few are deleted, and an index names them."""
    return Clause(f"s.id NOT IN (SELECT id FROM {quote(entity.table)} WHERE deleted_in IS NOT NULL)")


def matching(database: Connections, entity: Entity, text: str, hides_numbers: bool = False) -> Clause:
    """The records a quick-search text finds, as a predicate over ``t.id``."""
    if not text.strip():
        return ALWAYS
    found = found_ids(database, entity, text, hides_numbers)
    return Clause(f"t.id IN ({found.sql})", found.parameters)


def found_ids(database: Connections, entity: Entity, text: str, hides_numbers: bool) -> Clause:
    """SELECT of the ids that a quick-search text finds."""
    words = find_words(database, entity, text, hides_numbers)
    inner = join("AND", [word.predicate for word in words])
    rows = source(entity, words, needs_search_row=entity.is_searchable)
    return Clause(f"SELECT t.id FROM {rows.sql} WHERE {inner.sql}", (*rows.parameters, *inner.parameters))


def order_key(entity: Entity, name: str) -> str:
    """Numbers and codes are ordered as they are compared, without case, which is how their index has them."""
    if name in entity.number_fields:
        return f"{column(name)} COLLATE NOCASE"
    return column(name) if name in ALWAYS_THERE else sort_expression(field_of(entity, name))


def source(entity: Entity, words: Sequence[Word], needs_search_row: bool, needs_record: bool = True) -> Clause:
    """FROM, with the most selective word's ids first when there are any; CROSS JOIN keeps that order."""
    records = f"{quote(entity.source)} t"
    search = f"{quote(entity.key + '_search')} s"
    known = [word.ids for word in words if word.ids is not None]
    if not known and not needs_search_row:
        return Clause(records)
    if known:
        return listed(entity, min(known, key=lambda ids: ids.size), needs_record)
    return Clause(f"{search} CROSS JOIN {records} ON t.id = s.id" if needs_record else search)


def find_words(database: Connections, entity: Entity, text: str, hides_numbers: bool) -> list[Word]:
    """Every word must be found; a number written with spaces is one word."""
    needle = search_text(text)
    if not entity.is_searchable:
        return [find_in_columns(database, entity, word, hides_numbers) for word in needle.split()]
    digits = whole_number(needle)
    if digits:
        return [find_digits(database, entity, needle, digits, hides_numbers)]
    return [find_word(database, entity, word, hides_numbers) for word in needle.split()]


def whole_number(needle: str) -> str:
    """The digits of a text that is one complete telephone number in any spelling."""
    try:
        return phones.parse_phone(needle).digits
    except FieldError:
        return ""


def find_in_columns(database: Connections, entity: Entity, word: str, hides_numbers: bool) -> Word:
    """Records without an index of their own: by their number, else a look into what a list shows, or their owner."""
    if entity.serial_number and NUMBER.fullmatch(word):
        number = f"{column(entity.serial_number.name)} COLLATE NOCASE"
        return Word(None, Clause(f"{number} >= ? AND {number} < ?", (word, word + BEYOND)))
    hidden = entity.hidden_fields if hides_numbers else ()
    shown = [name for name in entity.list_columns if name not in hidden]
    names = [name for name in shown if isinstance(entity[name], Text)] or [entity.title]
    predicates = [Clause(f"instr(lower({column(name)}), ?)", (word,)) for name in names]
    owner = entity.owner_reference
    if owner is not None and ENTITIES[owner.entity].is_searchable:
        found = found_ids(database, ENTITIES[owner.entity], word, hides_numbers)
        predicates.append(Clause(f"{column(owner.name)} IN ({found.sql})", found.parameters))
    return Word(None, join("OR", predicates))


def find_word(database: Connections, entity: Entity, word: str, hides_numbers: bool) -> Word:
    understood = whole_number if hides_numbers else phones.canonical
    digits = understood(word) if PHONE.fullmatch(word) else ""
    if len(digits) >= 3:
        return find_digits(database, entity, word, digits, hides_numbers)
    if not LATIN.fullmatch(word):
        return find_name(database, entity, word, Clause("instr(s.text, ?)", (word,)))
    found = find_name(database, entity, word, Clause("instr(s.text, ?) OR instr(s.initials, ?)", (word, word)))
    if len(word) >= 4 and word.isalpha() and VOWEL.search(word):
        return find_pinyin(word, found.ids, found.predicate)
    return found


def find_name(database: Connections, entity: Entity, word: str, predicate: Clause) -> Word:
    """A piece of a name. The index knows a single character only from the pairs that begin with it, which takes long
    for a frequent one, so there the names are looked at first."""
    index = WordIndex(database, entity)
    if len(word) == 1 and index.has_page_soon(predicate, word_index.REACH_OF_ONE):
        return Word(None, predicate)
    match = index.match(word)
    ids = index.probe(match) if match else None
    return Word(ids, predicate, match if ids is None else "")


def find_pinyin(word: str, ids: Ids | None, predicate: Clause) -> Word:
    """Perhaps full pinyin, which has no index of its own: a scan of the names, beside what the index found.

    Asking for the ids keeps the scan within the index of the order; the initials stand only in the table.
    """
    spelled = Clause("instr(replace(s.name_sort, ' ', ''), ?)", (word,))
    if ids is None:
        return Word(None, join("OR", (predicate, spelled)))
    hits = Clause("s.id IN (SELECT value FROM json_each(?))", (ids.listed,))
    return Word(None, join("OR", (spelled, hits & predicate)))


def find_digits(database: Connections, entity: Entity, word: str, digits: str, hides_numbers: bool) -> Word:
    """A number: any of the record's telephones, those of the records it owns, or digits in its text."""
    owners = NumberOwners(database, entity, digits, whole_only=hides_numbers)
    by_phone = owners.ids
    by_text = find_name(database, entity, word, ALWAYS).ids
    few = by_phone and by_text and by_phone.size <= word_index.PROBE_LIMIT
    predicate = join("OR", (Clause("instr(s.text, ?)", (word,)), owners.predicate))
    return Word(either(by_phone, by_text) if few and by_phone and by_text else None, predicate)


def either(one: Ids, other: Ids) -> Ids:
    """The ids that are in one of them, or in both."""
    both = sorted({*json.loads(one.listed), *json.loads(other.listed)})
    return Ids(json.dumps(both), len(both))
