"""批量修改: the same new values for many records, all or nothing, in one operation."""

from collections.abc import Sequence

from crm_desktop.controllers.base import Record
from crm_desktop.controllers.entity import EntityWriter
from crm_desktop.controllers.lookup import Lookup, words
from crm_desktop.controllers.records import batches
from crm_desktop.errors import CrmError, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.fields import Field, State
from crm_desktop.models.query import Values
from crm_desktop.reports.document import Cancelled, OnProgress

SHOWN_REFUSALS = 3
CANCELLED = "已取消批量修改，数据没有改动。"


def fields(entity: Entity) -> list[Field]:
    """What can be the same in many records: not what is unique, made, fixed or changed by steps."""
    return [
        field
        for field in entity.fields
        if field.name not in entity.unique
        and field.name != entity.title
        and not (field.is_fixed or field.is_made or field.is_hidden or isinstance(field, State))
    ]


def update_many(
    controller: EntityWriter,
    records: Sequence[int],
    values: Values,
    on_progress: OnProgress | None = None,
    cancelled: Cancelled | None = None,
) -> int:
    """How many changed; those that have the values already are not touched. ValidationError names who refuses."""
    entity, context = controller.entity, controller._context
    wanted, changes = controller._visible(records), 0
    refused: dict[str, list[str]] = {}
    with context.operation("batch", f"批量修改{entity.label} {len(wanted)} 条") as operation:
        lookup = Lookup(context.db)
        for done, batch in enumerate(batches(wanted)):
            if cancelled is not None and cancelled():
                raise CrmError(CANCELLED)
            for existing in controller._read(batch, list(entity.by_name)):
                changed = _accepted(controller, values, existing, lookup, refused)
                if changed:
                    controller._write_changes(operation, existing, changed)
                    changes += 1
            if on_progress is not None:
                on_progress(min(len(wanted), (done + 1) * len(batch)), len(wanted))
        if refused:
            raise ValidationError({name: _told(found) for name, found in refused.items()})
        context.name_operation(operation, _sentence(controller, values, changes))
    return changes


def _accepted(
    controller: EntityWriter, values: Values, existing: Record, lookup: Lookup, refused: dict[str, list[str]]
) -> Record:
    """The values that are new to a record; nothing and a word why, when it refuses them."""
    try:
        accepted = controller._accept(values, existing, lookup)
    except ValidationError as error:
        for name, sentence in error.fields.items():
            place = name if name in values else next(iter(values))
            refused.setdefault(place, []).append(f"“{existing[controller.entity.title]}”：{sentence}")
        return {}
    return {name: value for name, value in accepted.items() if value != existing[name]}


def _told(refusals: Sequence[str]) -> str:
    more = f"等 {len(refusals)} 条，没有修改任何记录。" if len(refusals) > SHOWN_REFUSALS else "没有修改任何记录。"
    return "".join(refusals[:SHOWN_REFUSALS]) + more


def _sentence(controller: EntityWriter, values: Values, changes: int) -> str:
    """批量修改客户 12 条：客户级别改为重要."""
    entity, lookup = controller.entity, Lookup(controller._context.db)
    today = controller._context.clock.today()
    told = []
    for name, value in values.items():
        field = entity[name]
        raw = lookup.resolve(field, field.accept(value, today))
        told.append(f"{field.label}改为{words(controller._context.db, field, raw) or '空'}")
    return f"批量修改{entity.label} {changes} 条：{'、'.join(told)}"
