"""国内城市区号邮编查询: a place by name or pinyin, or the places of an area code, a postcode or a telephone number."""

from tkinter import Misc
from typing import Any

import ttkbootstrap as ttk

from crm_desktop.controllers.regions import Answered
from crm_desktop.events import RecordsChanged
from crm_desktop.views.actions import Action, Toolbar, context_menu, put_beside
from crm_desktop.views.desk import Desk
from crm_desktop.views.exporting import save_report
from crm_desktop.views.keys import bind_key
from crm_desktop.views.printing import PDF_FILES, preview_report
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import ListSource, Row, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("full_name", "地名", 34),
    TableColumn("area_code", "区号", 8),
    TableColumn("postcode", "邮政编码", 10),
    TableColumn("code", "行政区划代码", 14),
    TableColumn("pinyin", "拼音", 22),
)
ANSWER, PROVINCE = "postcode_answer", "postcodes"
"""The lists of ``office.reports``: what was found, and all of a province."""
TITLE = "区号邮编查询结果"
HINT = "输入地名（可以连上省市）、拼音、首字母，或者输入区号、邮编、电话号码反查。"
KEYS_HINT = "↓ 到表中　Enter 复制邮编　Ctrl+C 复制整行　Esc 回到输入框"
NOT_FOUND = "没有找到，请少输几个字，或换拼音、区号、邮编试试。"
COPIED_NAMES = {"postcode": "邮编", "area_code": "区号"}


class RegionQueryScreen(ttk.Frame):
    """Type, and the table follows; what was found is copied, printed or saved."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="postcodes")
        self.desk = desk
        self._answered = Answered([], 0)
        self._text = ""
        self.actions = self._make_actions()
        self._build()
        self._show()
        unsubscribe = desk.office.bus.subscribe(RecordsChanged, self._records_changed)
        self.bind("<Destroy>", lambda event: unsubscribe() if event.widget is self else None, add="+")

    def _make_actions(self) -> list[Action]:
        can_change = lambda: self._has_row() and self._may("update")  # noqa: E731
        return [
            Action("print", "打印查询结果", self.print, "print", "printer", self._may_print, style="primary"),
            Action("print_province", "打印本省", self.print_province, "paper", "mailbox", self._may_print),
            Action("save", "存为 PDF", self.save_pdf, "save", "file-earmark-pdf", self._may_print),
            Action("export", "导出 Excel", self.export, "export", "box-arrow-up", self._may_export),
            Action("edit", "修改区域", self.edit, "edit", "pencil", can_change, group="change"),
        ]

    def _copying(self) -> list[Action]:
        """In the menu of the table only: in the search box these keys are the box's own."""
        return [
            Action("copy_postcode", "复制邮编", lambda: self.copy_one("postcode"), "enter", available=self._has_row),
            Action("copy_area", "复制区号", lambda: self.copy_one("area_code"), available=self._has_row),
            Action("copy", "复制整行", self.copy, "copy", available=self._has_row),
        ]

    def _build(self) -> None:
        gap = pixels(self, 6)
        top = ttk.Frame(self)
        top.pack(fill="x", pady=(0, gap))
        self.note = ttk.Label(self, style="Hint.TLabel", padding=gap, name="note")
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.table = self._make_table()
        self.table.pack(fill="both", expand=True)
        self.search = SearchBox(
            top, self.find, placeholder="长春朝阳、cc、0431、130012…", width=30, on_leave=self.enter_table
        )
        self.toolbar = Toolbar(top, self.actions)
        put_beside(self.toolbar, self.search)

    def _make_table(self) -> VirtualTable:
        table = VirtualTable(
            self,
            COLUMNS,
            row_tags=lambda row: () if row["is_active"] else ("inactive",),
            on_open=lambda code: self.copy_one("postcode"),
            on_select=lambda: self.toolbar.refresh(),
            on_menu=context_menu(self, [*self._copying(), *self.actions]),
        )
        bind_key(table.tree, "copy", self.copy)
        bind_key(table.tree, "close", self.focus_set)
        return table

    # -- asking ----------------------------------------------------------------------------------------------------

    def find(self, text: str) -> None:
        """Answer what is typed; the same text again changes nothing."""
        if text.strip() != self._text:
            self._text = text.strip()
            self._show()

    def show(self, text: str) -> None:
        """Asked by another screen."""
        self.search.set(text)
        self.find(text)

    def _show(self) -> None:
        self._answered = answered = self.desk.office.regions.ask(self._text)
        self.table.set_empty_text(NOT_FOUND if self._text else HINT)
        self.table.show(self._source())
        self.note.configure(text=answered.note)
        if answered.note:
            self.note.pack(fill="x", pady=(0, pixels(self, 6)), before=self.table)
        else:
            self.note.pack_forget()
        self.footer.configure(text=self._told())
        self.toolbar.refresh()

    def _told(self) -> str:
        shown, total = len(self._answered.rows), self._answered.total
        if not self._text:
            return KEYS_HINT
        listed = f"共 {total:,} 条" if shown == total else f"共 {total:,} 条，只列出前 {shown} 条，请再多输几个字"
        return f"{listed}　{KEYS_HINT}" if total else listed

    def _source(self) -> ListSource:
        return ListSource({**row, "id": row["code"]} for row in self._answered.rows)

    def _records_changed(self, event: RecordsChanged) -> None:
        if event.entity == "regions" and self.desk.office.may("regions", "view"):
            chosen = self.table.current_id
            self._show()
            self.table.go_to(chosen)

    # -- moving ----------------------------------------------------------------------------------------------------

    def focus_set(self) -> None:
        self.search.focus_set()

    def enter_table(self) -> None:
        """To the best answer; without any the question stays to be changed."""
        if self.table.go_to(self.table.current_id):
            self.table.focus_set()

    def edit(self) -> None:
        """The region of the row in 区域信息."""
        code = self.table.current_id
        self.desk.open("regions").go_to(code)

    # -- copying ---------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """The selected rows whole, as Excel takes them."""
        copied = self.table.copy()
        if copied:
            self.desk.say(f"已复制 {copied} 行，可以粘贴到 Excel。")

    def copy_one(self, field: str) -> None:
        """The postcode or the area code of the row at the cursor."""
        row = self.table.current_row
        if row is None:
            return
        if not row[field]:
            self.desk.say(f"{row['full_name']}没有登记{COPIED_NAMES[field]}。")
            return
        self.clipboard_clear()
        self.clipboard_append(row[field])
        self.desk.say(f"已复制{COPIED_NAMES[field]} {row[field]}（{row['full_name']}）。")

    # -- paper and files -------------------------------------------------------------------------------------------

    def print(self) -> None:
        preview_report(self.desk, self, ANSWER, self.parameters(), TITLE)

    def print_province(self) -> None:
        """All of the province in which the row at the cursor lies."""
        row: Row = self.table.current_row or {}
        name = self.desk.office.regions.get(row["province"])["name"]
        preview_report(self.desk, self, PROVINCE, {"province": row["province"]}, f"{name}邮政编码信息")

    def save_pdf(self) -> None:
        save_report(self.desk, self, ANSWER, self.parameters(), TITLE, PDF_FILES)

    def export(self) -> None:
        save_report(self.desk, self, ANSWER, self.parameters(), TITLE)

    def parameters(self) -> dict[str, Any]:
        """What was asked, and the rows in the order shown; several selected rows mean just those."""
        shown = [row["id"] for row in self._source().first_page(self.table.order)]
        codes = self.table.selected_ids() if self.table.selected_count > 1 else shown
        return {"text": self._text, "codes": codes}

    def _has_row(self) -> bool:
        return self.table.current_row is not None

    def _may(self, verb: str) -> bool:
        return self.desk.office.may("regions", verb)

    def _may_print(self) -> bool:
        return self._has_row() and self._may("print")

    def _may_export(self) -> bool:
        return self._may_print() and self._may("export")
