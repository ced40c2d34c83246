"""Checks of a record's fields against each other that follow from its declaration alone."""

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.db.connection import Connections
from crm_desktop.db.statements import quote
from crm_desktop.models import ENTITIES, Entity
from crm_desktop.models.fields import Field, Reference


def check(
    context: Context, entity: Entity, accepted: Record, existing: Record | None, errors: dict[str, str], lookup: Lookup
) -> None:
    """Add a sentence for everything that does not fit; fields that have one already are left alone."""
    _refuse_foreign_owner(context, entity, accepted, errors, lookup)
    if existing is not None:
        _refuse_left_behind(context.db, entity, accepted, existing, errors)
    for later, earlier in entity.in_order:
        if (later in accepted or earlier in accepted) and later not in errors:
            end, begin = value_of(later, accepted, existing), value_of(earlier, accepted, existing)
            if end and begin and end[: len(begin)] < begin[: len(end)]:
                errors[later] = f"{entity[later].label}不能早于{entity[earlier].label}（{begin}）。"


def value_of(name: str, accepted: Record, existing: Record | None) -> str | None:
    """A date as it will be stored."""
    value = accepted[name] if name in accepted else (existing or {}).get(name)
    return str(value) if value else None


def shared_owner(field: Field, accepted: Record, existing: Record | None) -> int | None:
    """The owner that a ``within`` reference must share with this record."""
    if not isinstance(field, Reference) or not field.within:
        return None
    owner: int | None = accepted.get(field.within) or (existing or {}).get(field.within)
    return owner


def _refuse_foreign_owner(
    context: Context, entity: Entity, accepted: Record, errors: dict[str, str], lookup: Lookup
) -> None:
    """Nothing is hung onto a customer that the operator may not see."""
    reference = entity.owner_reference
    if reference is None or accepted.get(reference.name) is None:
        return
    owner = ENTITIES[reference.entity]
    record = accepted[reference.name]
    if not lookup.remember(f"may use {owner.key}", record, lambda: _may_use(context, owner, record)):
        errors[reference.name] = f"没有找到这个{owner.label}，或不是您的{owner.label}。"


def _may_use(context: Context, owner: Entity, record: int) -> bool:
    scope = context.scope(owner)
    sql = f"SELECT 1 FROM {quote(owner.source)} t WHERE t.id = ? AND t.deleted_at IS NULL AND ({scope.sql})"
    return context.db.one(sql, (record, *scope.parameters)) is not None


def _refuse_left_behind(
    database: Connections, entity: Entity, accepted: Record, existing: Record, errors: dict[str, str]
) -> None:
    """A record that goes to another customer does not keep a contact of the former one."""
    for field in entity.fields:
        if not isinstance(field, Reference) or not field.within or field.name in accepted:
            continue
        kept, owner = existing[field.name], accepted.get(field.within)
        if kept is None or owner in (None, existing[field.within]):
            continue
        sql = f"SELECT {quote(field.within)} FROM {quote(field.entity)} WHERE id = ?"
        if database.value(sql, (kept,)) != owner:
            errors[field.name] = f"这位{field.label}不属于所选的{entity[field.within].label}，请重新选择或清空。"
