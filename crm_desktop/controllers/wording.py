"""What is read for some fields of an entity, and how the words that people read are made of it."""

from collections.abc import Sequence
from typing import Any

from crm_desktop.db import statements
from crm_desktop.models import Entity
from crm_desktop.models.field import Field

Record = dict[str, Any]


class Wording:
    """The select list of these fields, and their words: from SQL for ids, from the field's format for the rest."""

    def __init__(self, entity: Entity, names: Sequence[str]) -> None:
        fields = [entity[name] for name in dict.fromkeys(names)]
        looked_up = {each for each in fields if statements.text_expression(each) is not None}
        own = [each for each in fields if each not in looked_up]
        self.selected = statements.selected(entity, names)
        self._looked_up = [f"{each.name}_text" for each in fields if each in looked_up]
        self._as_stored = [(each.name, f"{each.name}_text") for each in own if is_read_as_stored(each)]
        self._formatted = [
            (each.name, f"{each.name}_text", each.format) for each in own if not is_read_as_stored(each)
        ]

    def records(self, rows: Sequence[Any]) -> list[Record]:
        """Rows of the select list, which may have more columns, with their words."""
        columns = rows[0].keys() if rows else ()  # a row asked by name looks through its columns each time
        return [self._worded(dict(zip(columns, row, strict=True))) for row in rows]

    def _worded(self, record: Record) -> Record:
        for words in self._looked_up:
            record[words] = record[words] or ""
        for name, words in self._as_stored:
            record[words] = record[name] or ""
        for name, words, as_text in self._formatted:
            record[words] = as_text(record[name])
        return record


def is_read_as_stored(field: Field) -> bool:
    """Whether people read the stored text itself."""
    return field.sql_type == "TEXT" and type(field).format is Field.format
