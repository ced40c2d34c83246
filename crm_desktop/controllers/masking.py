"""Stars in place of telephone numbers, for operators who may not see them, and the way back when they save."""

from collections.abc import Iterable
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import words
from crm_desktop.models import Entity
from crm_desktop.models.field import Field
from crm_desktop.models.fields import CalledNumber
from crm_desktop.models.number_masks import masked, unmasked
from crm_desktop.models.query import Values

Record = dict[str, Any]


def hide_numbers(context: Context, entity: Entity, records: Iterable[Record]) -> None:
    """Put stars into records that are about to leave the office, unless the operator may see numbers."""
    if not entity.hidden_fields or context.sees_numbers:
        return
    for record in records:
        for name in entity.hidden_fields & record.keys():
            record[name] = record[f"{name}_text"] = masked(record[name] or "")


def told(context: Context, field: Field, value: Any) -> str:
    """A raw value in words, as the operator may read it."""
    text = words(context.db, field, value)
    is_hidden = isinstance(field, CalledNumber) and not field.is_public and not context.sees_numbers
    return masked(text) if is_hidden else text


def given(field: Field, value: Any, existing: Values) -> Any:
    """What was typed, with the stored numbers in place of their stars, whoever saves them."""
    if not isinstance(field, CalledNumber) or not isinstance(value, str):
        return value
    return unmasked(value, existing[field.name] or "")
