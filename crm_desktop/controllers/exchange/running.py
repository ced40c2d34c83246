"""Writes what a preview planned, in one transaction and one operation of the log."""

from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult, PlannedRow
from crm_desktop.controllers.exchange.sheets import Cancelled, OnProgress
from crm_desktop.errors import Conflict, ImportRefused, ValidationError

BATCH = 2000
CONTACT = "contact."


def run(
    context: Context,
    controller: EntityController,
    contacts: EntityController,
    dictionaries: Dictionaries,
    preview: ImportPreview,
    on_progress: OnProgress | None,
    cancelled: Cancelled | None,
) -> ImportResult:
    with context.operation("import", f"导入{controller.entity.label}：{preview.path.name}") as operation:
        writer = _Writer(controller, contacts, preview, operation, on_progress, cancelled)
        try:
            add_unknown_words(dictionaries, preview)
            writer.write()
        except (ValidationError, Conflict) as error:
            raise ImportRefused(f"预览之后数据有了变化，请重新预览：{error}") from error
    return ImportResult(
        added=preview.count("add"),
        updated=preview.count("update"),
        skipped=preview.count("skip"),
        bad=preview.count("bad"),
        contacts=writer.contact_count,
        operation=operation,
    )


def add_unknown_words(dictionaries: Dictionaries, preview: ImportPreview) -> None:
    """Do with each unknown word what the clerk decided, in every row that has it."""
    chosen: dict[tuple[str, str], int | None] = {}
    made: dict[tuple[str, str], int] = {}
    for word in preview.unknown:
        match word.action:
            case "add":
                key = (word.kind, word.value)
                made[key] = made.get(key) or dictionaries.add(word.kind, {"name": word.value})
                chosen[word.field, word.value] = made[key]
            case "map":
                chosen[word.field, word.value] = word.target
            case "blank":
                chosen[word.field, word.value] = None
    for row in preview.rows:
        for path, value in row.pending.items():
            is_contacts, name = path.startswith(CONTACT), path.removeprefix(CONTACT)
            (row.contact if is_contacts else row.record)[name] = chosen[path, value]


class _Writer:
    def __init__(
        self,
        controller: EntityController,
        contacts: EntityController,
        preview: ImportPreview,
        operation: int,
        on_progress: OnProgress | None,
        cancelled: Cancelled | None,
    ) -> None:
        self.operation = operation
        self.controller = controller
        self.contacts = contacts
        self.rows = [row for row in preview.rows if row.fate in ("add", "update", "skip")]
        self.on_progress = on_progress or (lambda done, total: None)
        self.cancelled = cancelled or (lambda: False)
        self.identity: dict[int, int] = {}
        """Row number → the record it became or belongs to."""
        self.contact_count = 0
        self.done = 0

    def write(self) -> None:
        added = [row for row in self.rows if row.fate == "add" and row.same_as is None]
        for start in range(0, len(added), BATCH):
            batch = added[start : start + BATCH]
            ids = self.controller._insert_accepted([row.record for row in batch])
            self.identity.update((row.number, record) for row, record in zip(batch, ids, strict=True))
            self._step(len(batch))
        for row in self.rows:
            if row.fate == "update":
                assert row.target is not None
                self._update(row.target, row.record)
                self._step(1)
        self._write_contacts()

    def _update(self, record: int, accepted: dict[str, Any]) -> None:
        existing = self.controller._get(record)
        changed = {name: value for name, value in accepted.items() if value != existing[name]}
        if changed:
            self.controller._write_changes(self.operation, existing, changed)

    def _write_contacts(self) -> None:
        """Contacts that share a row with their customer, once all customers have their ids."""
        found = [row for row in self.rows if row.contact and row.fate != "skip"]
        for start in range(0, len(found), BATCH):
            batch = found[start : start + BATCH]
            self.contacts._insert_accepted([{**row.contact, "customer": self._owner(row)} for row in batch])
            self.contact_count += len(batch)
            self._step(0)

    def _owner(self, row: PlannedRow) -> int:
        if row.target is not None:
            return row.target
        return self.identity[row.same_as or row.number]

    def _step(self, rows: int) -> None:
        if self.cancelled():
            raise ImportRefused("已取消导入，数据没有改动。")
        self.done += rows
        self.on_progress(self.done, len(self.rows))
