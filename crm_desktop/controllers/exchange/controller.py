"""导入与导出: the controller that reads files into the office and writes its records out."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.exchange import headers, planning, running
from crm_desktop.controllers.exchange.cells import text
from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult, Mode
from crm_desktop.controllers.exchange.sheets import Cancelled, OnProgress, sheet_names
from crm_desktop.controllers.records import record_table, save_table
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import Settings
from crm_desktop.errors import ImportRefused
from crm_desktop.models import Query
from crm_desktop.reports import Column, Table

IMPORTED = ("customers", "contacts")


class Exchange(Controller):
    """Each call names its entity, and needs that entity's right."""

    area = "customers"

    def __init__(
        self,
        context: Context,
        customers: EntityController,
        contacts: EntityController,
        dictionaries: Dictionaries,
        settings: Settings,
    ) -> None:
        super().__init__(context)
        self._controllers = {"customers": customers, "contacts": contacts}
        self._dictionaries = dictionaries
        self._settings = settings

    @requires(ANYONE)
    def sheets(self, path: Path | str) -> list[str]:
        """The sheets of a file to choose from; ImportRefused says why it cannot be read."""
        return sheet_names(Path(path))

    @requires(ANYONE)
    def preview(
        self,
        entity: str,
        path: Path | str,
        sheet: str | None = None,
        mapping: Mapping[int | str, str | None] | None = None,
        mode: Mode = "add",
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportPreview:
        """What importing this file would do, row by row; nothing is written.

        ``mapping`` is column number or heading → field path; without it the one remembered for these headings,
        else the one recognised. ``mode`` says what happens to records that exist already.
        """
        controller = self._controller(entity, "import")
        table = planning.read(Path(path), entity, sheet, on_progress, cancelled)
        remembered = self._settings.preference(memory_key(entity, table.headers))
        chosen: Any = mapping if mapping is not None else remembered and {int(k): v for k, v in remembered.items()}
        columns = headers.choose(table.headers, entity, chosen) if chosen else headers.recognise(table.headers, entity)
        planner = planning.Planner(
            self._context, controller, self._controllers["contacts"], table, columns, mode, Path(path)
        )
        return planner.plan(on_progress, cancelled)

    @requires(ANYONE)
    def run(
        self,
        preview: ImportPreview,
        skip_bad: bool = False,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportResult:
        """Do what the preview showed, all or nothing; bad rows refuse it unless ``skip_bad`` leaves them out."""
        controller = self._controller(preview.entity, "import")
        if preview.error_count and not skip_bad:
            bad = preview.count("bad")
            raise ImportRefused(f"有 {bad} 行不能导入。请改正后再试，或选择“跳过错误行，导入其余”。")
        result = running.run(
            self._context, controller, self._controllers["contacts"], self._dictionaries, preview, on_progress, cancelled
        )
        remembered = {str(column): field for column, field in preview.columns.items()}
        self._settings.set_preference(memory_key(preview.entity, preview.headers), remembered)
        return result

    @requires(ANYONE)
    def save_bad_rows(self, preview: ImportPreview, path: Path | str) -> int:
        """Write the rows that cannot be imported, with the reasons, to a workbook; returns how many."""
        self._controller(preview.entity, "import")
        bad = [row for row in preview.rows if row.fate == "bad"]
        columns = [Column("行号", kind="integer"), *(Column(header) for header in preview.headers), Column("不能导入的原因")]
        cells = [[row.number, *(text(cell) for cell in row.cells), "；".join(row.problems)] for row in bad]
        save_table(Table("不能导入的行", columns, cells), Path(path))
        return len(bad)

    @requires(ANYONE)
    def export(
        self,
        entity: str,
        query: Query | None = None,
        path: Path | str = "",
        columns: Sequence[str] | None = None,
        ids: Sequence[int] | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> int:
        """Write records to ``.xlsx`` or ``.csv``, by the name's ending; returns how many."""
        controller = self._controller(entity, "export")
        names = columns or [field.name for field in controller.entity.fields]
        chosen = list(ids) if ids is not None else list(controller.ids(query or Query()))
        table = record_table(controller, controller.entity.label, Query(), names, chosen)
        save_table(table, Path(path), on_progress, cancelled)
        with self._context.operation("export", f"导出{controller.entity.label} {len(chosen)} 条"):
            pass
        return len(chosen)

    def _controller(self, entity: str, verb: str) -> EntityController:
        if entity not in self._controllers:
            raise ImportRefused("目前可以导入导出的是客户和联系人。")
        self.demand(entity, verb)
        return self._controllers[entity]


def memory_key(entity: str, names: Sequence[str]) -> str:
    return f"import.{entity}.{headers.signature(names)}"
