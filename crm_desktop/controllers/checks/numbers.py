"""Running numbers: the last one given out is not behind those that records have."""

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from crm_desktop.controllers.checks.findings import SHOWN, Example, Finding, Reading
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.customers import SERIAL_RULE_WIDTH
from crm_desktop.controllers.settings import read_option
from crm_desktop.db.statements import quote
from crm_desktop.models import CUSTOMERS, RECORDS
from crm_desktop.models.customer_code import SERIAL_LENGTH, serial_number

SENTENCE = "编号的流水号落后于已经用过的编号。"
REMEDY = "把流水号提到已用的最大编号，记录不变。"
LAST = "SELECT prefix, last FROM serials"
MADE_HERE = """SELECT 1 FROM audit a JOIN operations o ON o.id = a.operation
 WHERE a.entity = ? AND a.record = ? AND a.kind = 'create' AND o.kind = 'create'"""
"""Numbers that came with an import may run ahead: the program steps over them."""
AREAS = """SELECT area_code FROM regions UNION
 SELECT json_extract(attributes, '$.country_code') FROM dictionary_items WHERE kind = 'country'"""
"""What stands behind the letter of a customer's code: other codes were typed by hand."""
RAISE = """INSERT INTO serials (prefix, last) VALUES (?, ?)
 ON CONFLICT (prefix) DO UPDATE SET last = max(last, excluded.last)"""


def not_behind(reading: Reading) -> Iterator[Finding]:
    """Prefixes whose last number is smaller than one that the office gave a record."""
    last = {str(row[0]): int(str(row[1])) for row in reading.rows(LAST)}
    behind: dict[str, int] = {}
    for entity, record, prefix, number in _numbers(reading):
        if number > max(last.get(prefix, 0), behind.get(prefix, 0)) and reading.db.one(MADE_HERE, (entity, record)):
            behind[prefix] = number
    if behind:
        examples = (f"{prefix}：已用到 {number}，流水号记到 {last.get(prefix, 0)}" for prefix, number in behind.items())
        shown = tuple(map(Example, islice(examples, SHOWN)))
        yield Finding("serials", SENTENCE, len(behind), True, REMEDY, shown, (behind,))


def raise_last(context: Context, finding: Finding) -> None:
    for behind in finding.details:
        assert isinstance(behind, Mapping)
        context.db.executemany(RAISE, behind.items())


def _numbers(reading: Reading) -> Iterator[tuple[str, object, str, int]]:
    """(entity, record, prefix, number) of every number that has the shape the program gives."""
    is_serial = read_option(reading.db, "code_rule") == "serial"
    areas = {str(row[0]) for row in reading.rows(AREAS) if row[0]}
    for record, code in reading.rows("SELECT id, code FROM customers"):
        text = str(code).upper()
        if found := _by_serial_rule(text) if is_serial else _by_area_rule(text, areas):
            yield CUSTOMERS.key, record, *found
    yield from _document_numbers(reading)


def _document_numbers(reading: Reading) -> Iterator[tuple[str, object, str, int]]:
    for entity in RECORDS:
        field = entity.serial_number
        if field is None:
            continue
        shape = re.compile(re.escape(field.numbering.prefix) + r"\d{8}-")
        for record, number in reading.rows(f"SELECT id, {quote(field.name)} FROM {quote(entity.table)}"):
            text = str(number).upper()
            match = shape.match(text)
            if match and text[match.end() :].isdecimal():
                yield entity.key, record, match[0], int(text[match.end() :])


def _by_area_rule(code: str, areas: set[str]) -> tuple[str, int] | None:
    prefix, serial = code[:-SERIAL_LENGTH], serial_number(code[-SERIAL_LENGTH:])
    return (prefix, serial) if serial is not None and prefix[:1].isalpha() and prefix[1:] in areas else None


def _by_serial_rule(code: str) -> tuple[str, int] | None:
    prefix, serial = code[:-SERIAL_RULE_WIDTH], code[-SERIAL_RULE_WIDTH:]
    return (prefix, int(serial)) if len(prefix) == 1 and prefix.isalpha() and serial.isdecimal() else None
