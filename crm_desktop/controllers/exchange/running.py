"""Writes what a preview planned, in one transaction and one operation of the log."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.exchange import words
from crm_desktop.controllers.exchange.plan import PEOPLE, ImportPreview, ImportResult
from crm_desktop.controllers.exchange.planned_row import CONTACT, PlannedRow, whole
from crm_desktop.controllers.exchange.planning import newest_change
from crm_desktop.controllers.exchange.sheets import Cancelled, OnProgress
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.errors import ImportRefused, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.fields import Choice

BATCH = 2000
CHANGED = "预览之后数据有了变化，请重新预览后再导入。"
CANCELLED = "已取消导入，数据没有改动。"


def run(
    context: Context,
    controller: EntityController,
    contacts: EntityController,
    dictionaries: Dictionaries,
    preview: ImportPreview,
    on_progress: OnProgress | None,
    cancelled: Cancelled | None,
    remember: Callable[[], object],
) -> ImportResult:
    """Write everything or nothing; ImportRefused when the data is not what the preview saw.

    ``remember`` is called last, inside the transaction: once all is saved, nothing can fail any more.
    """
    with context.operation("import", _sentence(controller.entity, preview)) as operation:
        if newest_change(context.db) != preview.seen:
            raise ImportRefused(CHANGED)
        meanings = words.settle(context, dictionaries, preview.unknown)
        writer = _Writer(controller, contacts, preview, meanings, operation, on_progress, cancelled)
        try:
            writer.write()
        except ValidationError as error:  # the room for codes is used up
            raise ImportRefused(f"没有导入任何内容：{error}") from error
        remember()
    return ImportResult(
        added=preview.added,
        updated=len(writer.updated),
        skipped=preview.count("skip"),
        bad=preview.count("bad"),
        contacts=preview.contacts,
        operation=operation,
    )


def _sentence(entity: Entity, preview: ImportPreview) -> str:
    """What the log says: 导入客户：名单.xlsx（新增 12、更新 3、联系人 5）."""
    counts = {"新增": preview.added, "更新": preview.count("update"), "联系人": preview.contacts}
    told = "、".join(f"{word} {count}" for word, count in counts.items() if count)
    return f"导入{entity.label}：{preview.path.name}" + (f"（{told}）" if told else "")


class _Writer:
    def __init__(
        self,
        controller: EntityController,
        contacts: EntityController,
        preview: ImportPreview,
        meanings: words.Meanings,
        operation: int,
        on_progress: OnProgress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self.operation = operation
        self.controller = controller
        self.contacts = contacts
        self.rows = [row for row in preview.rows if row.fate in ("add", "update")]
        self.meanings = meanings
        self.on_progress = on_progress or (lambda done, total: None)
        self.cancelled = cancelled or (lambda: False)
        self.identity: dict[int, int] = {}
        """Row number → the record it became or belongs to."""
        self.updated: set[int] = set()
        self.done = 0
        self.lookup = Lookup(controller._db)

    def write(self) -> None:
        """New records in batches, then the updates, then the contacts, whose customers all have ids by now."""
        self.step(0)
        own = [row for row in self.rows if row.same_as is None]
        new = [row for row in own if row.target is None]
        # Codes and numbers that the file names come first, or one of them might be given to a row above.
        unique = frozenset(self.controller.entity.unique)
        named = [row for row in new if not unique.isdisjoint(row.record)]  # where nothing that is blank is kept
        others = [row for row in new if unique.isdisjoint(row.record)]
        for batch in (*_batches(named), *_batches(others)):
            ids = self.controller._write_new(self.operation, [self._record(row) for row in batch])
            self.identity.update((row.number, record) for row, record in zip(batch, ids, strict=True))
            self.step(len(batch))
        for row in own:
            if row.target is not None:
                self._update(self.controller, row.target, self._record(row))
                self.step(1)
        people = [row for row in self.rows if row.contact]
        for batch in _batches([row for row in people if row.contact_target is None]):
            people_of_batch = [{**self._contact(row), "customer": self._owner(row)} for row in batch]
            self.contacts._write_new(self.operation, people_of_batch)
            self.step(0)
        for row in people:
            if row.contact_target is not None:
                self._update(self.contacts, row.contact_target, self._contact(row))

    def step(self, rows: int) -> None:
        if self.cancelled():
            raise ImportRefused(CANCELLED)
        self.done += rows
        self.on_progress(self.done, len(self.rows))

    def _update(self, controller: EntityController, record: int, accepted: Mapping[str, Any]) -> None:
        existing = controller._get(record)
        changed = {name: value for name, value in accepted.items() if value != existing[name]}
        if changed:
            controller._write_changes(self.operation, existing, changed)
            if controller is self.controller:
                self.updated.add(record)

    def _owner(self, row: PlannedRow) -> int:
        if row.target is not None:
            return row.target
        return self.identity[row.same_as or row.number]

    def _record(self, row: PlannedRow) -> dict[str, Any]:
        """What is written; a word that was decided about may change what else follows, such as a deadline."""
        meant = self._meant(row, "")
        if not meant or row.given is None:
            return whole(self.controller.entity, row.record) if row.target is None else dict(row.record)
        existing = self.controller._get(row.target) if row.target is not None else None
        return self.controller._accept({**row.given, **meant}, existing, self.lookup)

    def _contact(self, row: PlannedRow) -> dict[str, Any]:
        known = whole(self.contacts.entity, row.contact) if row.contact_target is None else dict(row.contact)
        return {**known, **self._meant(row, CONTACT)}

    def _meant(self, row: PlannedRow, prefix: str) -> dict[str, int]:
        """What the row's unknown words stand for; those left blank are as if the cells were empty."""
        if not row.pending:
            return {}
        found = {}
        for path, word in row.pending.items():
            if path.startswith(CONTACT) == (prefix == CONTACT):
                meaning = self.meanings[self._kind(path), word]
                if meaning is not None:
                    found[path.removeprefix(CONTACT)] = meaning
        return found

    def _kind(self, path: str) -> str:
        entity = self.contacts.entity if path.startswith(CONTACT) else self.controller.entity
        field = entity[path.removeprefix(CONTACT)]
        return field.kind if isinstance(field, Choice) else PEOPLE


def _batches(rows: Sequence[PlannedRow]) -> list[Sequence[PlannedRow]]:
    return [rows[start : start + BATCH] for start in range(0, len(rows), BATCH)]
