"""国内城市区号邮编查询: a place by name or pinyin, or the places of an area code or a postcode."""

from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.views.desk import Desk
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.search_box import SearchBox
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

COLUMNS = (
    TableColumn("full_name", "地名", 40),
    TableColumn("area_code", "区号", 10),
    TableColumn("postcode", "邮政编码", 12),
    TableColumn("code", "行政区划代码", 14),
    TableColumn("pinyin", "拼音", 30),
)
MOST = 500
HINT = "输入城市或区县的名称、拼音、首字母，或者输入区号、邮编反查。"


class RegionQueryScreen(ttk.Frame):
    """Type, and the table follows; Ctrl+C copies a row."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name="postcodes")
        self.desk = desk
        gap = pixels(self, 6)
        self.search = SearchBox(
            self, self.find, placeholder="长春、cc、0431、130012…", width=40, on_leave=lambda: self.table.focus_set()
        )
        self.search.pack(anchor="w", pady=(0, gap))
        self.footer = ttk.Label(self, style="Muted.TLabel", text=HINT)
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.table = VirtualTable(self, COLUMNS, empty_text=HINT)
        self.table.pack(fill="both", expand=True)

    def find(self, text: str) -> None:
        rows = self.desk.office.regions.find(text, MOST)
        self.table.set_empty_text("没有找到这个地方。" if text.strip() else HINT)
        self.table.show(ListSource([{**row, "id": row["code"]} for row in rows]))
        self.footer.configure(text=f"共 {len(rows)} 条" if text.strip() else HINT)

    def show(self, text: str) -> None:
        self.search.text.set(text)
        self.find(text)

    def focus_set(self) -> None:
        self.search.focus_set()
