"""How several records become one: which fields are chosen from, what is proposed, what the kept one is known by."""

from collections.abc import Mapping, Sequence
from typing import Any

from crm_desktop.models.entity import Entity
from crm_desktop.models.fields import Field, Note

Record = Mapping[str, Any]
ALL = 0
"""Chosen instead of one record's text: the texts of all, one below the other."""
PRIMARY = "is_primary"
BETWEEN = " "


def choosable(entity: Entity) -> tuple[Field, ...]:
    """Fields of which each record's value may be kept; codes stay, and what is made or ruled by others follows."""
    owner = entity.owner_reference
    return tuple(
        each
        for each in entity.fields
        if not (each.is_fixed or each.is_made or each.is_hidden or each is owner or each.name == PRIMARY)
    )


def takes_all(field: Field) -> bool:
    """Whether the texts of all records may be kept together."""
    return isinstance(field, Note)


def differing(entity: Entity, records: Sequence[Record]) -> list[str]:
    """Names of the fields in which records differ."""
    return [each.name for each in choosable(entity) if len({record[each.name] for record in records}) > 1]


def proposed(entity: Entity, records: Sequence[Record], keep: int) -> dict[str, int]:
    """Field → the record whose value is kept: the kept one's own, or the first that has one; of notes all."""
    ordered = sorted(records, key=lambda record: record["id"] != keep)
    found: dict[str, int] = {}
    for each in choosable(entity):
        having = [record for record in ordered if record[each.name] not in (None, "", 0)]
        several = takes_all(each) and len({record[each.name] for record in having}) > 1
        found[each.name] = ALL if several else having[0]["id"] if having else keep
    return found


def chosen_values(entity: Entity, records: Sequence[Record], keep: int, chosen: Mapping[str, int]) -> dict[str, Any]:
    """What the kept record gets: each chosen value, and the codes of the others; KeyError for what cannot be chosen."""
    by_id = {record["id"]: record for record in records}
    allowed = {each.name: each for each in choosable(entity)}
    values = {
        name: together(allowed[name], records) if source == ALL else by_id[source][name]
        for name, source in chosen.items()
        if allowed[name]
    }
    return values | _former_codes(entity, records, keep, values)


def together(field: Field, records: Sequence[Record]) -> str:
    """The different texts of a field, one below the other."""
    if not takes_all(field):
        raise KeyError(field.name)
    return "\n".join(dict.fromkeys(str(record[field.name]) for record in records if record[field.name]))


def _former_codes(entity: Entity, records: Sequence[Record], keep: int, values: Record) -> dict[str, Any]:
    """The codes of those that go stay findable: in the field for former ones, and where it is full in the note."""
    if not entity.formerly:
        return {}
    field, code = entity.writable[entity.formerly], entity.lasting[0]
    own = next(record for record in records if record["id"] == keep)
    first = str(values.get(field.name, own[field.name]) or "")
    others = [record for record in records if record["id"] != keep]
    known = [text for record in others for text in (record[code], record[field.name]) if text]
    text, left = first, list[str]()
    for each in dict.fromkeys(known):
        if each in text.split(BETWEEN):
            continue
        longer = f"{text}{BETWEEN}{each}".strip()
        if len(longer) <= field.length:  # type: ignore[attr-defined]
            text = longer
        else:
            left.append(each)
    return {field.name: text} | (_in_the_note(entity, field, left, own, values) if left else {})


def _in_the_note(entity: Entity, field: Field, codes: Sequence[str], own: Record, values: Record) -> dict[str, str]:
    note = next(each for each in entity.fields if isinstance(each, Note))
    written = str(values.get(note.name, own[note.name]) or "")
    return {note.name: f"{written}\n{field.label}：{'、'.join(codes)}".strip()}
