"""新手引导: the first things a new office does, each ticked once it was done, each a key away from its screen."""

from tkinter import Misc

import ttkbootstrap as ttk

from crm_desktop.controllers.first_steps import CLOSED, STEPS
from crm_desktop.views.actions import Action, Toolbar
from crm_desktop.views.desk import Desk
from crm_desktop.views.modules import BY_KEY
from crm_desktop.views.theme import pixels
from crm_desktop.views.widgets.table_rows import ListSource, TableColumn
from crm_desktop.views.widgets.virtual_table import VirtualTable

KEY = "first_steps"
COLUMNS = (
    TableColumn("state", "状态", 8, is_sortable=False),
    TableColumn("title", "要做的事", 20, is_sortable=False),
    TableColumn("hint", "说明", 48, is_sortable=False),
)
DONE, TO_DO = "✓ 已完成", "未完成"
HINT = "选一件，按 Enter 打开要去的界面；做完回到这里，就打上勾。F1 看新手入门。"
ALL_DONE = "都做完了，可以开始日常工作。"


class FirstStepsScreen(ttk.Frame):
    """Looks again whenever it comes to the front."""

    def __init__(self, parent: Misc, desk: Desk) -> None:
        super().__init__(parent, padding=pixels(parent, 8), name=KEY)
        self.desk = desk
        self._steps = [step for step in STEPS if BY_KEY[step.screen].is_allowed(desk)]
        gap = pixels(self, 6)
        self.actions = [
            Action("go", "打开", self.go, None, "box-arrow-up-right", lambda: bool(self._steps), style="primary"),
            Action("start", "新手入门", lambda: self.desk.open("help", page="start"), None, "book"),
            Action("refresh", "刷新", self.refresh, "refresh", "arrow-clockwise", group="look"),
        ]
        self.toolbar = Toolbar(self, self.actions)
        self.toolbar.pack(fill="x", pady=(0, gap))
        self._is_closed = ttk.BooleanVar(self, value=desk.office.settings.preference(CLOSED, False))
        self.closing = ttk.Checkbutton(
            self, text="以后不再自动显示", variable=self._is_closed, command=self._remember, name="closed"
        )
        self.closing.pack(side="bottom", anchor="w", pady=(gap, 0))
        self.footer = ttk.Label(self, style="Muted.TLabel", name="footer")
        self.footer.pack(side="bottom", fill="x", pady=(gap, 0))
        self.table = VirtualTable(self, COLUMNS, on_open=lambda screen: self.go(), empty_text="没有您可以做的事。")
        self.table.pack(fill="both", expand=True)
        self.table.show(ListSource(self._rows()))
        self.bind("<Map>", lambda event: self.refresh() if event.widget is self else None)

    def focus_set(self) -> None:
        self.table.focus_set()

    def refresh(self) -> None:
        """Ask the database again; the cursor stays."""
        rows = self._rows()
        chosen = self.table.current_id
        self.table.show(ListSource(rows))
        if chosen is not None:
            self.table.go_to(chosen)
        is_done = all(row["state"] == DONE for row in rows)
        self.footer.configure(text=ALL_DONE if rows and is_done else HINT)

    def go(self) -> None:
        """Open the screen of the step with the cursor."""
        screen = self.table.current_id
        if screen is not None:
            self.desk.open(screen)

    def _rows(self) -> list[dict[str, str]]:
        done = self.desk.office.first_steps.done()
        return [
            {"id": step.screen, "state": DONE if done[step.screen] else TO_DO, "title": step.title, "hint": step.hint}
            for step in self._steps
        ]

    def _remember(self) -> None:
        settings, is_closed = self.desk.office.settings, bool(self._is_closed.get())
        self.desk.run(lambda job: settings.set_preference(CLOSED, is_closed), is_saving=True)
