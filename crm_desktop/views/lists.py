"""客户信息列表, 联系人信息列表, 省份邮编信息: lists of a fixed layout, for paper, PDF and workbooks."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.reports import LISTS
from crm_desktop.events import RecordsChanged
from crm_desktop.models import ENTITIES, Query
from crm_desktop.views.actions import Action, Toolbar, put_beside
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import export_list, save_report
from crm_desktop.views.list_design import DesignBar
from crm_desktop.views.list_footer import size_of
from crm_desktop.views.printing import PDF_FILES, preview_report
from crm_desktop.views.sources import EntitySource
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.drop_list import PickItem
from crm_desktop.views.widgets.picker import ChoiceInput
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

REGION_COLUMNS = (
    TableColumn("code", "代码", 8), TableColumn("full_name", "全称", 36), TableColumn("area_code", "区号", 7),
    TableColumn("postcode", "邮政编码", 9), TableColumn("pinyin", "拼音", 24),
)  # fmt: skip


class ReportScreen(ttk.Frame):
    """Toolbar, what is chosen, the table as it will be printed, footer. Subclasses choose and fill."""

    report: str
    title: str
    columns: tuple[TableColumn, ...]

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name=self.report)
        self.desk = desk
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.choice = self.make_choice(top)
        self.actions = self.make_actions()
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, self.choice)
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.table = VirtualTable(self, self.columns, background=desk.background, on_loaded=self._show_footer)
        self.table.pack(fill="both", expand=True)

    def make_actions(self) -> list[Action]:
        """The toolbar; made after the choice, which may bring actions of its own."""
        return [
            Action("print", "预览打印", self.print, "print", "printer", self.may_print, style="primary"),
            Action("save", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", self.may_print),
            Action("export", "导出 Excel", self.export, "export", "box-arrow-up", self.may_export),
        ]  # fmt: skip

    def make_choice(self, parent: Misc) -> Any:
        """The input at the right of the toolbar that says what is listed."""
        raise NotImplementedError

    def parameters(self) -> dict[str, Any]:
        """What the report is run with."""
        raise NotImplementedError

    def export(self) -> None:
        raise NotImplementedError

    def may_print(self) -> bool:
        return self.desk.office.may("customers", "print")

    def may_export(self) -> bool:
        return self.may_print()

    def print(self) -> None:
        preview_report(self.desk, self, self.report, self.parameters(), self.title)

    def save_pdf(self) -> None:
        save_report(self.desk, self, self.report, self.parameters(), self.title, PDF_FILES)

    def focus_set(self) -> None:
        self.choice.focus_set()

    def _show_footer(self) -> None:
        self.footer.configure(text=f"{size_of(self.table)}　{self.paper()}")

    def paper(self) -> str:
        """On what it will be printed."""
        return "A4 纸，横向还是纵向按内容自动选择"


class ListReportScreen(ReportScreen):
    """``kind`` is a list of ``office.reports``: the records that the quick search finds, as the design wants them."""

    def __init__(self, parent: Misc, desk: Desk, kind: str) -> None:
        self.report = kind
        self.title, key, _ = LISTS[kind]
        self.entity = ENTITIES[key]
        self._text = ""
        self.columns = ()
        super().__init__(parent, desk)
        self._show_design()
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")

    def make_choice(self, parent: Misc) -> Any:
        """The design at the left, the search at the right."""
        both = ttk.Frame(parent)
        self.design = DesignBar(both, self.desk, self.entity, self._show_design)
        self.design.pack(side="left")
        self.search = SearchBox(both, self.find, placeholder=f"要打印的{self.entity.label}…", width=22,
                                on_leave=lambda: self.table.focus_set())  # fmt: skip
        self.search.pack(side="left")
        return both

    def make_actions(self) -> list[Action]:
        return [*super().make_actions(), *self.design.actions()]

    def find(self, text: str) -> None:
        """List what matches."""
        self._text = text
        names = self.design.design.names
        self.table.show(EntitySource(getattr(self.desk.office, self.entity.key), Query(text), names))

    def parameters(self) -> dict[str, Any]:
        return {"query": self._query(), "design": self.design.design}

    def export(self) -> None:
        export_list(self.desk, self, self.entity, (self._query(), None), self.design.design.names)

    def focus_set(self) -> None:
        self.search.focus_set()

    def paper(self) -> str:
        return self.design.summary()

    def may_print(self) -> bool:
        return super().may_print() and self.desk.office.may(self.entity.key, "print")

    def may_export(self) -> bool:
        return self.desk.office.may(self.entity.key, "export")

    def _show_design(self) -> None:
        """The table with the design's columns, in its order; groups are made on paper."""
        fields = [self.entity[name] for name in self.design.design.names]
        self.columns = tuple(TableColumn(each.name, each.label, each.width, each.align) for each in fields)
        self.table.destroy()
        self.table = VirtualTable(
            self, self.columns, background=self.desk.background, on_loaded=self._show_footer,
            order=self.design.design.order or self.entity.order,
        )  # fmt: skip
        self.table.pack(fill="both", expand=True)
        self.table.set_empty_text(f"没有符合条件的{self.entity.label}。")
        self.find(self._text)
        self.toolbar.refresh()

    def _query(self) -> Query:
        return Query(self._text, order=self.table.order)

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == self.entity.key:
            self.table.refresh()


class PostcodeListScreen(ReportScreen):
    """A province's cities and counties with area code and postcode."""

    report = "postcodes"
    columns = REGION_COLUMNS

    def __init__(self, parent: Misc, desk: Desk) -> None:
        self.provinces = [row for row in desk.office.regions.children(None) if row["is_active"]]
        super().__init__(parent, desk)
        home = str(desk.office.company.profile().get("region") or "")[:2]
        codes = [row["code"] for row in self.provinces]
        self.choice.set(next((code for code in codes if home and code.startswith(home)), codes[0]))
        self.fill()

    @property
    def title(self) -> str:  # type: ignore[override]
        """As the paper will be called."""
        return f"{self.choice.chosen.text}邮政编码信息" if self.choice.chosen else "省份邮编信息"

    def make_choice(self, parent: Misc) -> ChoiceInput:
        items = [PickItem(row["code"], row["name"], initials=row["initials"]) for row in self.provinces]
        choice = ChoiceInput(parent, items, width=22)
        choice.bind("<<InputChanged>>", lambda event: self.fill())
        return choice

    def fill(self) -> None:
        """Show the chosen province; while a name is being typed, what was there stays."""
        if self.choice.chosen:
            rows = self.desk.office.regions.branch(self.choice.get())
            self.table.show(ListSource({**row, "id": row["code"]} for row in rows))
            self.toolbar.refresh()

    def parameters(self) -> dict[str, Any]:
        return {"province": self.choice.get()}

    def may_print(self) -> bool:
        return self.desk.office.may("regions", "print") and self.choice.chosen is not None

    def may_export(self) -> bool:
        return self.may_print() and self.desk.office.may("regions", "export")

    def export(self) -> None:
        save_report(self.desk, self, self.report, self.parameters(), self.title)
