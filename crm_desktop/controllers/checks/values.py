"""Every stored value by the rules of its field: what a form or an import would refuse today is listed."""

from collections.abc import Iterator

from crm_desktop.controllers.checks.findings import CORRECT, SHOWN, Example, Finding, Reading
from crm_desktop.db.statements import quote
from crm_desktop.errors import FieldError
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Choice, Field, Half, Note, Reference, Region, Text

MERE_TEXT = (Text, Note, Half)


def by_their_fields(reading: Reading) -> Iterator[Finding]:
    """One finding a field; its examples say why each value is refused."""
    for entity in ENTITIES.values():
        for field in entity.fields:
            if isinstance(field, Choice):
                yield from _of_another_kind(reading, entity, field)
            elif not isinstance(field, Reference | Region):  # those are references of the file itself
                yield from _refused(reading, entity, field)


def _refused(reading: Reading, entity: Entity, field: Field) -> Iterator[Finding]:
    """Each different value is asked about once."""
    column, table = quote(field.name), quote(entity.table)
    condition = "1"
    if isinstance(field, Text) and type(field) in MERE_TEXT:  # only its length can be wrong: SQLite sees that sooner
        condition = f"length({column}) > {field.length:d} OR coalesce({column}, '') = ''"
    values = (row[0] for row in reading.rows(f"SELECT DISTINCT {column} FROM {table} WHERE {condition}"))
    bad = {value: sentence for value in values if (sentence := problem(field, value, reading))}
    count, examples = 0, list[Example]()
    for value, sentence in bad.items():
        records = [row[0] for row in reading.rows(f"SELECT id FROM {table} WHERE {column} IS ? ORDER BY id", (value,))]
        count += len(records)
        if len(examples) < SHOWN:
            examples += reading.records(entity, records, f"：{sentence}")
    if count:
        sentence = f"{entity.label}的“{field.label}”不符合规定。"
        yield Finding("values", sentence, count, False, CORRECT, tuple(examples[:SHOWN]))


def problem(field: Field, value: object, reading: Reading) -> str:
    """Why a stored value would be refused today, or nothing."""
    if value is None or value == "":
        is_missing = field.required or (value is None and field.empty is not None)
        return f"没有{field.label}。" if is_missing else ""
    try:
        accepted = field.accept(value, reading.today)
    except FieldError as error:
        return str(error)
    # Text may be tidier today than when it was written; anything else has one way to be stored.
    return "" if isinstance(field, Text) or accepted == value else f"“{value}”不是{field.label}应有的写法。"


def _of_another_kind(reading: Reading, entity: Entity, field: Choice) -> Iterator[Finding]:
    sql = (
        f"SELECT t.id FROM {quote(entity.table)} t JOIN dictionary_items d ON d.id = t.{quote(field.name)}"
        " WHERE d.kind <> ? ORDER BY t.id"
    )
    records = [row[0] for row in reading.rows(sql, (field.kind,))]
    if records:
        sentence = f"{entity.label}的“{field.label}”用了别的字典里的项。"
        yield Finding("values", sentence, len(records), False, CORRECT, reading.records(entity, records))
