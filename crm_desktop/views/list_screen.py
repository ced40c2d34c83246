"""The list of any entity: toolbar, quick search, table, details of the row, footer."""

from collections.abc import Mapping
from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.entity import EntityController
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES, Entity, Query
from crm_desktop.models.fields import Field, Note
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.attachments import attachment_facts
from crm_desktop.views.deleting import ask_and_delete
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import export_list
from crm_desktop.views.form_dialog import open_form
from crm_desktop.views.history import history_of_row
from crm_desktop.views.list_filter import FROM_ELSEWHERE, Conditions, ListFilter
from crm_desktop.views.list_footer import ListFooter
from crm_desktop.views.printing import preview_list
from crm_desktop.views.record_picker import search_hint
from crm_desktop.views.record_tools import attachment_actions, paper_actions, whole_record
from crm_desktop.views.sources import EntitySource
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.detail_pane import DetailPane
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

WIDE_ENOUGH = 800
"""For a table with details beside it, at 100 %."""


class ListScreen(ttk.Frame):
    """``key`` names the entity, unless a subclass does; subclasses add their own actions.

    Nothing here knows a particular entity.
    """

    entity: Entity
    placeholder = ""
    prefix = ""
    """Of the widget's name, where the same entity has another screen."""

    def __init__(self, parent: Misc, desk: Desk, key: str = "") -> None:
        if key:
            self.entity = ENTITIES[key]
        super().__init__(parent, padding=pixels(parent, 8), name=f"{self.prefix}{self.entity.key}")
        self.desk = desk
        self.controller: EntityController = getattr(desk.office, self.entity.key)
        self._text = ""
        self._just_saved: int | None = None
        self.actions = self.make_actions()
        self._build()
        self._unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", self._destroyed, add="+")
        self.reload()

    # -- what subclasses change ------------------------------------------------------------------------------------

    def make_actions(self) -> list[Action]:
        """The toolbar, the context menu and the keys."""
        may = self.desk.office.may
        area = self.entity.key
        return [
            Action("new", "新增", self.create, "new", "plus-lg", lambda: may(area, "create"), style="primary"),
            Action("edit", "修改", self.edit, "edit", "pencil", lambda: self._has_one() and may(area, "update")),
            Action("delete", "删除", self.delete, "delete", "trash",
                   lambda: self._has_any() and may(area, "delete"), style="danger"),
            *attachment_actions(self.desk, self.entity, self._current),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
            *history_of_row(self.desk, self, self.entity, self._current),
            Action("import", "导入", self.import_file, None, "box-arrow-in-down",
                   lambda: may(area, "import"), group="out"),
            Action("export", "导出", self.export, "export", "box-arrow-up", lambda: may(area, "export"), group="out"),
            Action("print", "打印", self.print, "print", "printer", lambda: may(area, "print"), group="out"),
            *paper_actions(self.desk, self, self.entity, self._current),
        ]  # fmt: skip

    def open_form(self, record: int | None) -> Any:
        """Show the form of a record, or of a new one; None when it cannot be shown."""
        return open_form(self.desk, self.entity, record, neighbours=self.table, on_saved=self._saved)

    def filters(self) -> Mapping[str, Conditions]:
        """The usual ways of looking at the list besides 全部, each with its conditions; without any, no choice."""
        return {}

    def sums(self, query: Query) -> str:
        """What the footer says about all that the list holds; called in a worker thread."""
        totals = self.controller.totals(query)
        return "　".join(f"{self.entity[name].label}合计 {self.entity[name].format(n)}" for name, n in totals.items())

    def row_tags(self, row: dict[str, Any]) -> tuple[str, ...]:
        """How a row stands out: "overdue", "inactive"."""
        return ()

    # -- building --------------------------------------------------------------------------------------------------

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.footer = ListFooter(self, self.desk)
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        finding = ttk.Frame(top)
        self.filter = ListFilter(finding, self.filters, self.reload)
        if self.filters():
            self.filter.pack(side="left", padx=(0, gap))
        hint = self.placeholder or search_hint(self.entity)
        self.search = SearchBox(finding, self.find, placeholder=hint, width=30, on_leave=self.focus_table)
        self.search.pack(side="left", fill="x", expand=True)
        split = ttk.Panedwindow(self, orient="horizontal")
        split.pack(fill="both", expand=True)
        self.table = self._make_table(split)
        split.add(self.table, weight=4)
        self.detail = DetailPane(split, width=32)
        split.add(self.detail, weight=1)
        split.bind("<Configure>", lambda event: self._make_room(split, event.width))
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, finding)

    def _make_room(self, split: ttk.Panedwindow, width: int) -> None:
        """Beside a narrow table the details would be a column of single characters."""
        is_wide, is_shown = width >= pixels(self, WIDE_ENOUGH), str(self.detail) in split.panes()
        if is_wide and not is_shown:
            split.add(self.detail, weight=1)
        elif is_shown and not is_wide:
            split.forget(self.detail)

    def _make_table(self, parent: Misc) -> VirtualTable:
        table = VirtualTable(
            parent,
            self._columns(),
            background=self.desk.background,
            order=self.entity.order,
            row_tags=self.row_tags,
            on_open=self.open_form,
            on_select=self._selected,
            on_loaded=self._loaded,
            on_layout_changed=self._remember_layout,
            on_menu=context_menu(self, self.actions),
        )
        layout = self.desk.office.settings.preference(f"layout.{self.entity.key}")
        if layout:
            table.set_layout(layout)
        return table

    def _columns(self) -> list[TableColumn]:
        shown = self.entity.list_columns
        others = [name for name in self.entity.by_name if name not in shown and not isinstance(self.entity[name], Note)]
        return [self._column(self.entity[name], name in shown) for name in (*shown, *others)]

    def _column(self, field: Field, is_visible: bool) -> TableColumn:
        return TableColumn(field.name, field.label, width=field.width, align=field.align, is_visible=is_visible)

    # -- finding ---------------------------------------------------------------------------------------------------

    @property
    def conditions(self) -> Conditions:
        """What the list is limited to besides the quick search."""
        return self.filter.conditions

    @property
    def query(self) -> Query:
        """What the list shows now, in the order it shows it."""
        return Query(text=self._text, conditions=self.conditions, order=self.table.order)

    def find(self, text: str) -> None:
        self._text = text
        self.reload()

    def show(self, text: str = "", conditions: Conditions = (), record: int | None = None) -> None:
        """Come to the front with a search, or with one record selected."""
        self.filter.take(conditions)
        self.search.text.set(text)
        self.find(text)
        if record is not None:
            self.table.go_to(record)

    def reload(self) -> None:
        """Ask again from the top."""
        names = [column.key for column in self._columns()]
        self.table.set_empty_text(self._empty_text())
        self.table.show(EntitySource(self.controller, Query(self._text, self.conditions), names))

    def refresh(self) -> None:
        self.table.refresh()

    def _empty_text(self) -> str:
        if self.conditions and not self._text and self.filter.word != FROM_ELSEWHERE:
            return f"没有“{self.filter.word}”的{self.entity.label}。"
        if self._text or self.conditions:
            return f"没有找到符合条件的{self.entity.label}。按 Esc 清空查找。"
        return f"还没有{self.entity.label}。按 F2 新增，或从 Excel 导入。"

    def focus_set(self) -> None:
        self.search.focus_set()

    def focus_table(self) -> None:
        self.table.focus_set()

    # -- acting ----------------------------------------------------------------------------------------------------

    def create(self) -> None:
        self.open_form(None)

    def edit(self) -> None:
        if self.table.current_id is not None:
            self.open_form(self.table.current_id)

    def delete(self) -> None:
        """Ask, saying what goes along, then move to the recycle bin."""
        name = str((self.table.current_row or {}).get(self.entity.title, ""))
        ask_and_delete(self.desk, self, self.controller, self.table.selected_ids(), name)

    def import_file(self) -> None:
        self.desk.open("import", entity=self.entity.key)

    def export(self) -> None:
        """What is on screen, to a workbook or CSV."""
        columns = [column.key for column in self.table.columns.shown]
        export_list(self.desk, self, self.entity, self._query_or_selection(), columns)

    def print(self) -> None:
        """What is on screen, as a list on paper."""
        columns = [column.key for column in self.table.columns.shown]
        preview_list(self.desk, self, self.entity, self._query_or_selection(), columns, self.entity.list_title)

    def _query_or_selection(self) -> tuple[Query, list[int] | None]:
        """Several selected rows mean just those; otherwise the whole list."""
        several = self.table.selected_count > 1
        return self.query, self.table.selected_ids() if several else None

    # -- telling ---------------------------------------------------------------------------------------------------

    def _has_any(self) -> bool:
        return bool(self.table.total) and self.table.selected_count > 0

    def _current(self) -> dict[str, Any] | None:
        return self.table.current_row if self._has_one() else None

    def _has_one(self) -> bool:
        return self.table.current_id is not None

    def _selected(self) -> None:
        self.toolbar.refresh()
        self.footer.show(self.table)
        row = self.table.current_row
        if row is None:
            self.detail.clear()
        else:
            self.detail.show(str(row.get(self.entity.title, "")), self.facts(whole_record(self.controller, row)))

    def facts(self, row: dict[str, Any]) -> list[tuple[str, str]]:
        """Label and words of every filled field, in the order of the form."""
        fields = [field for field in self.entity.fields if field.name != self.entity.title and not field.is_hidden]
        told = [(field.label, str(row.get(f"{field.name}_text") or "")) for field in fields]
        return told + attachment_facts(self.desk, self.entity, row["id"])

    def _saved(self, record: int) -> None:
        """A new record is gone to once the list has it."""
        if not self.table.go_to(record):
            self._just_saved = record

    def _loaded(self) -> None:
        if self._just_saved is not None and self.table.is_complete:
            self.table.go_to(self._just_saved)
            self._just_saved = None
        is_given = self.filter.word == FROM_ELSEWHERE
        self.footer.ask(self.query, self.sums, *([self.controller.sentence] if is_given else ()))
        self.footer.show(self.table)

    def _remember_layout(self) -> None:
        key, layout = f"layout.{self.entity.key}", self.table.layout()
        self.desk.run(lambda job: self.desk.office.settings.set_preference(key, layout), is_saving=True)

    def _records_changed(self, event: RecordsChanged) -> None:
        is_shown = event.entity in (self.entity.key, "dictionary_items", "regions")
        if is_shown and self.desk.office.may(self.entity.key, "view"):
            self.refresh()

    def _destroyed(self, event: Any) -> None:
        if event.widget is self:
            self._unsubscribe()
