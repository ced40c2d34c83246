"""导入与导出: the controller that reads files into the office and writes its records out."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from crm_desktop.controllers.backups import secure_before
from crm_desktop.controllers.backups.making import BEFORE_IMPORT
from crm_desktop.controllers.base import Controller
from crm_desktop.controllers.context import Context
from crm_desktop.controllers.dictionaries import Dictionaries
from crm_desktop.controllers.entity import EntityController
from crm_desktop.controllers.exchange import bad_rows, headers, layout, planning, running, words
from crm_desktop.controllers.exchange.layout import SheetLayout
from crm_desktop.controllers.exchange.plan import ImportPreview, ImportResult, Mode
from crm_desktop.controllers.exchange.planned_row import CONTACT
from crm_desktop.controllers.exchange.sheets import Cancelled, OnProgress, sheet_names
from crm_desktop.controllers.exchange.tables import Table
from crm_desktop.controllers.listings import around
from crm_desktop.controllers.records import record_table, save_table
from crm_desktop.controllers.rights import ANYONE, requires
from crm_desktop.controllers.settings import Settings
from crm_desktop.errors import ImportRefused
from crm_desktop.models import Query

BAD_ROWS = "有 {count} 行不能导入（第 {row} 行“{column}”：{reason}）。请改正后再试，或选择“跳过错误行，导入其余”。"
Chosen = Mapping[int | str, str | None]


class Exchange(Controller):
    """Each call names its entity, and needs that entity's right."""

    area = "customers"

    def __init__(
        self,
        context: Context,
        records: Mapping[str, EntityController],
        dictionaries: Dictionaries,
        settings: Settings,
    ) -> None:
        super().__init__(context)
        self._controllers = records
        self._dictionaries = dictionaries
        self._settings = settings

    # -- import ----------------------------------------------------------------------------------------------------

    @requires(ANYONE)
    def sheets(self, path: Path | str) -> list[str]:
        """The sheets of a file to choose from; ImportRefused says why it cannot be read."""
        return sheet_names(Path(path))

    @requires(ANYONE)
    def columns(
        self,
        entity: str,
        path: Path | str,
        sheet: str | None = None,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> SheetLayout:
        """The columns of a sheet with sample values, and the fields they were or would be mapped to."""
        self._demand(entity, "import")
        table = planning.read(Path(path), entity, sheet, on_progress, cancelled)
        remembered = self._remembered(entity, table)
        mapping = remembered or headers.recognise(table.headers, entity)
        return layout.layout(table, mapping, remembered is not None)

    @requires(ANYONE)
    def fields(self, entity: str) -> Sequence[tuple[str, str]]:
        """(field path, label) of everything a column of a sheet may be mapped to."""
        self._demand(entity, "import")
        return layout.fields(entity)

    @requires(ANYONE)
    def preview(
        self,
        entity: str,
        path: Path | str,
        sheet: str | None = None,
        mapping: Chosen | None = None,
        mode: Mode = "add",
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportPreview:
        """What importing this file would do, row by row; nothing is written.

        ``mapping`` is column number (from 0) or heading → field path; without it the one remembered for these
        headings, else the one recognised. ``mode`` says what happens to records that exist already.
        """
        self._demand(entity, "import")
        table = planning.read(Path(path), entity, sheet, on_progress, cancelled)
        if mapping is not None:
            columns = headers.choose(table.headers, entity, mapping)
        else:
            columns = self._remembered(entity, table) or headers.recognise(table.headers, entity)
        self._demand_writing(entity, columns, mode)
        return self._planner(entity, table, columns, mode, Path(path)).plan(on_progress, cancelled)

    @requires(ANYONE)
    def choices(self, kind: str) -> list[tuple[int, str]]:
        """(id, name) of what an unknown word of this kind may be mapped to."""
        return words.choices(self._context, self._dictionaries, kind)

    @requires(ANYONE)
    def run(
        self,
        preview: ImportPreview,
        skip_bad: bool = False,
        on_progress: OnProgress | None = None,
        cancelled: Cancelled | None = None,
    ) -> ImportResult:
        """Do what the preview showed, all or nothing; bad rows refuse it unless ``skip_bad`` leaves them out.

        When the office's data has changed since, the rows are planned again: ImportRefused asks for a new preview
        unless that comes to the same. A backup comes first, if the office's plan has it so.
        """
        self._demand_writing(preview.entity, preview.mapping, preview.mode)
        if preview.error_count and not skip_bad:
            raise ImportRefused(BAD_ROWS.format(count=preview.count("bad"), **preview.errors[0]._asdict()))
        current = self._brought_up_to_date(preview, on_progress, cancelled)
        secure_before(self._context, BEFORE_IMPORT, cancelled)
        controllers = (self._controllers[preview.entity], self._controllers["contacts"])

        def remember() -> None:
            self._remember(preview.entity, preview.headers, preview.columns)

        with self._db.roomy(len(current.rows)):
            return running.run(
                self._context, *controllers, self._dictionaries, current, on_progress, cancelled, remember=remember
            )

    @requires(ANYONE)
    def save_bad_rows(self, preview: ImportPreview, path: Path | str) -> int:
        """Write the rows that cannot be imported, with the reasons, to a workbook; returns how many.

        Mended, that workbook can be imported as it is: its columns are remembered, too.
        """
        self._demand(preview.entity, "import")
        table = bad_rows.table(preview)
        save_table(table, Path(path), **around(self._context))
        shifted = {column + bad_rows.COLUMNS_BEFORE: field for column, field in preview.columns.items()}
        self._remember(preview.entity, [column.label for column in table.columns], shifted)
        with self._context.operation("export", f"导出错误行 {preview.count('bad')} 行：{Path(path).name}"):
            pass
        return preview.count("bad")

    # -- export ----------------------------------------------------------------------------------------------------

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
        """Write records to ``.xlsx`` or ``.csv``, by the name's ending; returns how many.

        Without ``columns`` everything that an import needs to bring them back.
        """
        controller = self._demand(entity, "export")
        names = columns or layout.exported(entity)
        chosen = list(ids) if ids is not None else list(controller.ids(query or Query()))
        table = record_table(controller, controller.entity.label, Query(), names, chosen)
        save_table(table, Path(path), on_progress, cancelled, **around(self._context))
        with self._context.operation("export", f"导出{controller.entity.label} {len(chosen)} 条：{Path(path).name}"):
            pass
        return len(chosen)

    # -- inside ----------------------------------------------------------------------------------------------------

    def _demand(self, entity: str, verb: str) -> EntityController:
        if entity not in self._controllers:
            raise ImportRefused(f"没有“{entity}”这种资料，不能导入导出。")
        self.demand(entity, verb)
        return self._controllers[entity]

    def _demand_writing(self, entity: str, mapping: headers.Mapping, mode: Mode) -> None:
        """Importing is creating, and perhaps updating: whoever may not do it by hand may not do it by a file."""
        self._demand(entity, "import")
        has_contacts = any(field.startswith(CONTACT) for field in mapping.fields)
        for area in (entity, "contacts") if has_contacts else (entity,):
            self.demand(area, "create")
            if mode == "update":
                self.demand(area, "update")

    def _planner(self, entity: str, table: Table, mapping: headers.Mapping, mode: Mode, path: Path) -> planning.Planner:
        controllers = (self._controllers[entity], self._controllers["contacts"])
        return planning.Planner(self._context, *controllers, table, mapping, mode, path)

    def _brought_up_to_date(
        self, preview: ImportPreview, on_progress: OnProgress | None, cancelled: Cancelled | None
    ) -> ImportPreview:
        """The same plan made from the data of now, with the clerk's decisions about unknown words."""
        if planning.newest_change(self._db) == preview.seen:
            return preview
        planner = self._planner(preview.entity, preview.table, preview.mapping, preview.mode, preview.path)
        later = planner.plan(on_progress, cancelled)
        if not preview.agrees_with(later):
            raise ImportRefused(running.CHANGED)
        decided = {(word.kind, word.value): word for word in preview.unknown}
        later.unknown = [decided[word.kind, word.value] for word in later.unknown]
        return later

    def _remembered(self, entity: str, table: Table) -> headers.Mapping | None:
        """The mapping used last time for these headings, unless it no longer fits."""
        stored = self._settings.preference(memory_key(entity, table.headers))
        if not stored:
            return None
        try:
            return headers.choose(table.headers, entity, {int(column): field for column, field in stored.items()})
        except ImportRefused:
            return None

    def _remember(self, entity: str, names: Sequence[str], columns: Mapping[int, str]) -> None:
        remembered = {str(column): field for column, field in columns.items()}
        self._settings.set_preference(memory_key(entity, names), remembered)


def memory_key(entity: str, names: Sequence[str]) -> str:
    """Where an operator's mapping for these headings is remembered."""
    return f"import.{entity}.{headers.signature(names)}"
