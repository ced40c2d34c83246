"""Plans an import: reads the table, checks every row as a form would, and decides what becomes of it."""

from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from crm_desktop.controllers.context import Context
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.exchange import cells, headers, places
from crm_desktop.controllers.exchange.matching import Matcher
from crm_desktop.controllers.exchange.plan import (
    SHOWN_ERRORS,
    ImportPreview,
    Mode,
    PlannedRow,
    Problem,
    UnknownValue,
)
from crm_desktop.controllers.exchange.sheets import Cancelled, OnProgress, Row, read_sheet
from crm_desktop.controllers.exchange.tables import Table, find_table
from crm_desktop.controllers.lookup import Lookup
from crm_desktop.errors import FieldError, ImportRefused, ValidationError
from crm_desktop.models import Entity
from crm_desktop.models.addresses import RegionIndex
from crm_desktop.models.fields import Choice

CONTACT = "contact."
PARTS_OF_REGION = ("region.province", "region.city", "region.county")
STEP = 200


def read(
    path: Path, entity: str, sheet: str | None, on_progress: OnProgress | None, cancelled: Cancelled | None
) -> Table:
    """The table inside a file's sheet."""
    table = find_table(read_sheet(path, sheet, on_progress, cancelled), entity)
    if not table.rows:
        raise ImportRefused("表里只有标题，没有可以导入的行。")
    return table


@dataclass
class Planner:
    """Plans one import of one table."""

    context: Context
    controller: EntityController
    contacts: EntityController
    table: Table
    mapping: headers.Mapping
    mode: Mode
    path: Path
    errors: list[Problem] = field(default_factory=list)
    error_count: int = 0
    unknown: dict[tuple[str, str], UnknownValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.entity = self.controller.entity
        self.lookup = Lookup(self.context.db)
        self.matcher = Matcher(self.context, self.entity, self.mode)
        self.cleaners = [
            (column.index, column.field, cells.cleaner(column.field, column.header)) for column in self.mapping.columns
        ]
        self.heading = {column.field: column.header for column in self.mapping.columns}

    def plan(self, on_progress: OnProgress | None, cancelled: Cancelled | None) -> ImportPreview:
        rows = []
        for done, row in enumerate(self.table.rows, 1):
            if done % STEP == 0:
                if cancelled and cancelled():
                    raise ImportRefused("已取消，没有导入任何内容。")
                if on_progress:
                    on_progress(done, len(self.table.rows))
            rows.append(self._plan_row(row))
        return ImportPreview(
            entity=self.entity.key,
            path=self.path,
            sheet=self.table.sheet,
            mode=self.mode,
            headers=list(self.table.headers),
            columns={column.index: column.field for column in self.mapping.columns},
            labels={column.field: headers.label(self.entity.key, column.field) for column in self.mapping.columns},
            rows=rows,
            errors=self.errors,
            error_count=self.error_count,
            unknown=list(self.unknown.values()),
            ignored=[f"{each.header}（{each.reason}）" for each in self.mapping.ignored],
            left_out=[(each.number, each.reason) for each in self.table.skipped],
        )

    def _plan_row(self, row: Row) -> PlannedRow:
        read = ((name, clean(row.cells[index])) for index, name, clean in self.cleaners if index < len(row.cells))
        planned = PlannedRow(row.number, {name: text for name, text in read if text}, row.cells)
        self._join_region(planned)
        own = {name: text for name, text in planned.values.items() if not name.startswith(CONTACT)}
        contact = {n.removeprefix(CONTACT): t for n, t in planned.values.items() if n.startswith(CONTACT)}
        is_new = self.matcher.settle(planned, has_contact=bool(contact))
        problems: dict[str, str] = {}
        if planned.fate != "skip" and (is_new or planned.target is not None) and planned.same_as is None:
            planned.record = self._accept(self.controller, own, "", planned, problems)
        if contact and planned.fate != "skip":
            planned.contact = self._accept_contact(contact, planned, problems)
        self._report(planned, problems)
        return planned

    # -- regions -------------------------------------------------------------------------------------------------

    def _join_region(self, planned: PlannedRow) -> None:
        """Province, city and county columns become one region, and complete the address that lacks them."""
        values = planned.values
        parts = [values.pop(name, "") for name in PARTS_OF_REGION]
        if any(parts):
            values.setdefault("region", places.region_text(*parts))
            if values.get("address"):
                values["address"] = places.full_address(*parts, values["address"])
        for prefix in ("", CONTACT):
            self._find_region(planned, prefix + "region", prefix + "address")

    def _find_region(self, planned: PlannedRow, region: str, address: str) -> None:
        """The code of the region named, or proposed from the address; what is unknown stays for the check."""
        values = planned.values
        if region in values:
            code = self.regions.propose(values[region])
            if code and not self._is_known_region(values[region]):
                values[region] = code
        elif values.get(address):
            code = self.regions.propose(values[address])
            if code:
                values[region] = code
                planned.notes.append(f"区域由地址推断：{self._region_name(code)}")

    def _is_known_region(self, text: str) -> bool:
        try:
            self.lookup.resolve(self.entity["region"], text)
        except FieldError:
            return False
        return True

    def _region_name(self, code: str) -> str:
        return str(self.context.db.value("SELECT full_name FROM regions WHERE code = ?", (code,)))

    @cached_property
    def regions(self) -> RegionIndex:
        rows = self.context.db.query("SELECT code, parent, level, name FROM regions WHERE is_active = 1 ORDER BY code")
        return RegionIndex((row["code"], row["parent"] or "", row["level"], row["name"]) for row in rows)

    # -- accepting -----------------------------------------------------------------------------------------------

    def _accept_contact(self, values: dict[str, str], planned: PlannedRow, problems: dict[str, str]) -> dict[str, Any]:
        if not values.get("name"):
            problems[CONTACT + "name"] = "填了联系人的电话等内容，却没有联系人姓名。"
            return {}
        owner = self.contacts.entity.owner_reference
        assert owner is not None
        return self._accept(self.contacts, values, CONTACT, planned, problems, leave_out=owner.name)

    def _accept(
        self,
        controller: EntityController,
        values: dict[str, str],
        prefix: str,
        planned: PlannedRow,
        problems: dict[str, str],
        leave_out: str = "",
    ) -> dict[str, Any]:
        """Raw values of what the row says about one record; sets aside words that no dictionary has yet."""
        known = {
            name: text for name, text in values.items() if not self._is_unknown(controller.entity, prefix, name, text, planned)
        }
        existing = self.matcher.existing(planned.target) if planned.target is not None and not prefix else None
        try:
            return controller._accept(known, existing, self.lookup, leave_out)
        except ValidationError as error:
            problems.update({prefix + name: sentence for name, sentence in error.fields.items()})
            return {}

    def _is_unknown(self, entity: Entity, prefix: str, name: str, text: str, planned: PlannedRow) -> bool:
        choice = entity.writable.get(name)
        if not isinstance(choice, Choice):
            return False
        path = prefix + name
        if (path, text) not in self.unknown:
            try:
                self.lookup.resolve(choice, text)
                return False
            except FieldError:
                self.unknown[path, text] = UnknownValue(path, choice.label, choice.kind, text, 0)
        self.unknown[path, text].count += 1
        planned.pending[path] = text
        return True

    def _report(self, planned: PlannedRow, problems: dict[str, str]) -> None:
        if not problems:
            return
        planned.fate = "bad"
        self.error_count += len(problems)
        for name, sentence in problems.items():
            planned.problems.append(sentence)
            if len(self.errors) < SHOWN_ERRORS:
                label = self.heading.get(name) or self._label(name)
                self.errors.append(Problem(planned.number, label, sentence))

    def _label(self, path: str) -> str:
        entity = self.contacts.entity if path.startswith(CONTACT) else self.entity
        return entity[path.removeprefix(CONTACT)].label

